using OmniIoT.Domain.Audit;

namespace OmniIoT.Ports.Audit;

/// <summary>Who makes the call that is carried out, here and in whatever it calls, also in other processes.</summary>
public static class CallOrigin
{
    private static readonly AsyncLocal<Origin?> Known = new();

    /// <summary>Null: nobody whose deeds are on record.</summary>
    public static Origin? Current
    {
        get => Known.Value;
        set => Known.Value = value;
    }
}
