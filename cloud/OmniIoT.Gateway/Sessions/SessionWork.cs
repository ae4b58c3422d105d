using OmniIoT.Domain.Effects;

namespace OmniIoT.Gateway.Sessions;

/// <summary>What a burst of the client's acknowledgements left to be done once the burst is read.</summary>
internal sealed class SessionWork
{
    /// <summary>To be committed before anything else of this.</summary>
    public List<Effect> Effects { get; private set; } = [];

    /// <summary>PUBREL to be sent after the commit: whoever sends it must not forget that it did.</summary>
    public List<ushort> Releases { get; } = [];

    /// <summary>Downlinks that the client acknowledged.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>Whether something was acknowledged, so that what waits can move up.</summary>
    public bool HasProgress { get; set; }

    public bool IsPending => HasProgress || Effects.Count > 0 || Releases.Count > 0;

    public List<Effect> TakeEffects()
    {
        List<Effect> taken = Effects;
        if (taken.Count > 0)
            Effects = [];
        return taken;
    }
}
