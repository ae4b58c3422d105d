using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>The server refused, the connection was lost, or the client was stopped before an answer came.</summary>
public sealed class MqttClientException(ReasonCode reasonCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The server's reason where it gave one, else <see cref="ReasonCode.UnspecifiedError"/>.</summary>
    public ReasonCode ReasonCode { get; } = reasonCode;
}
