using System.Net;

namespace OmniIoT.Gateway.Listening;

/// <summary>Where MQTT over TCP is listened for.</summary>
/// <param name="Address">Port 0 picks a free one.</param>
/// <param name="UsesProxyProtocol">Whether connections come through a load balancer; see <see cref="ProxyProtocol"/>.</param>
public sealed record MqttEndpoint(IPEndPoint Address, bool UsesProxyProtocol = false)
{
    /// <summary>The port that is listened on; 0 before the start.</summary>
    public int Port { get; internal set; }
}
