using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Incoming;

/// <summary>An acknowledgement that waits for its batch.</summary>
/// <param name="MessageIndex">The message whose outcome decides the reason code; -1 when nobody wants it or <see cref="Reason"/> is
/// decided.</param>
/// <param name="IsFirst">A QoS 2 message that was taken in, not a repetition of one.</param>
internal readonly record struct PendingAck(PacketType Type, ushort PacketIdentifier, int MessageIndex, ReasonCode Reason, bool IsFirst);
