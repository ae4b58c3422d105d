namespace OmniIoT.Gateway.Hosting;

/// <summary>Whether the gateway takes connections; part of the host's readiness.</summary>
public sealed class GatewayState
{
    private readonly GatewayLifecycle _lifecycle;
    private readonly GatewayCounters _counters;

    internal GatewayState(GatewayLifecycle lifecycle, GatewayCounters counters) => (_lifecycle, _counters) = (lifecycle, counters);

    /// <summary>Sessions are loaded and the gateway is not stopping.</summary>
    public bool IsReady => _lifecycle.IsReady;

    /// <summary>Connections that are signed in.</summary>
    public long Connections => _counters.Connections;
}
