using Orleans.Serialization.Cloning;

namespace OmniIoT.Grains.Silo;

/// <summary>
/// Lets our own types pass between grains of a process by reference. The domain's records are not changed once they were handed
/// over, and a batch of messages changes its owner.
/// </summary>
internal sealed class SharedRecords : IGeneralizedCopier
{
    private const string Ours = "OmniIoT.";

    public bool IsSupportedType(Type type) => Contains(type);

    public object? DeepCopy(object? input, CopyContext context) => input;

    public static bool Contains(Type type) =>
        type.FullName?.StartsWith(Ours, StringComparison.Ordinal) == true && !typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(type);
}
