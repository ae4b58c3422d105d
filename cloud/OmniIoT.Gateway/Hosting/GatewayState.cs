namespace OmniIoT.Gateway.Hosting;

/// <summary>Whether the gateway takes connections; part of the host's readiness.</summary>
public sealed class GatewayState
{
    private readonly GatewayCore _gateway;

    internal GatewayState(GatewayCore gateway) => _gateway = gateway;

    /// <summary>Sessions are loaded and the gateway is not stopping.</summary>
    public bool IsReady => _gateway.IsReady;

    /// <summary>Connections that are signed in.</summary>
    public long Connections => _gateway.Counters.Connections;
}
