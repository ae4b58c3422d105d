using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>Why a connection is no more.</summary>
/// <param name="IsRequested">The application asked for it with <see cref="MqttClient.DisconnectAsync"/>.</param>
/// <param name="Reason">The server's DISCONNECT, when it sent one.</param>
/// <param name="Error">What broke, when something did; null when the server just closed.</param>
public sealed record ConnectionLoss(bool IsRequested, ReasonCode? Reason, Exception? Error);
