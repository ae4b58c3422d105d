using System.Net;

namespace OmniIoT.Gateway.Listening;

/// <summary>Where MQTT over TCP is listened for.</summary>
/// <param name="Address">Port 0 picks a free one.</param>
/// <param name="Proxies">The load balancers that connections come through, see <see cref="ProxyProtocol"/>; null: they come
/// directly.</param>
public sealed record MqttEndpoint(IPEndPoint Address, TrustedProxies? Proxies = null)
{
    /// <summary>Connections that are open at once; more are closed as soon as they are accepted. At least 1.</summary>
    public int MaximumConnections { get; init; } = int.MaxValue;

    /// <summary>The port that is listened on; 0 before the start.</summary>
    public int Port { get; internal set; }
}
