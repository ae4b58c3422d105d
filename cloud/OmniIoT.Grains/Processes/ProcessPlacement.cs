using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OmniIoT.Grains.Processes;

/// <summary>Places a grain in the process that its key names.</summary>
[Serializable]
internal sealed class ProcessPlacement : PlacementStrategy
{
    public static readonly ProcessPlacement Instance = new();
}

/// <inheritdoc cref="ProcessPlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ProcessPlacementAttribute() : PlacementAttribute(ProcessPlacement.Instance);

/// <inheritdoc cref="ProcessPlacement"/>
internal sealed class ProcessPlacementDirector : IPlacementDirector
{
    /// <exception cref="SiloUnavailableException">The process is no member of the cluster any more.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress process = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(process)
            ? Task.FromResult(process)
            : Task.FromException<SiloAddress>(new SiloUnavailableException($"The process {process} ended."));
    }
}
