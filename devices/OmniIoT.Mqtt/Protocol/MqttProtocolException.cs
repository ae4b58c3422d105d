using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Mqtt.Protocol;

/// <summary>
/// The peer broke the protocol. <see cref="ReasonCode"/> is what a 5.0 server puts in its DISCONNECT (or CONNACK)
/// before it closes; a 3.1.1 connection is closed without a word.
/// </summary>
public sealed class MqttProtocolException(ReasonCode reasonCode, string message) : Exception(message)
{
    /// <summary>Why the packet is refused; always 0x80 or above.</summary>
    public ReasonCode ReasonCode { get; } = reasonCode;

    [DoesNotReturn]
    internal static void ThrowMalformed(string message) => throw new MqttProtocolException(ReasonCode.MalformedPacket, message);

    [DoesNotReturn]
    internal static void ThrowProtocolError(string message) => throw new MqttProtocolException(ReasonCode.ProtocolError, message);

    [DoesNotReturn]
    internal static void Throw(ReasonCode reasonCode, string message) => throw new MqttProtocolException(reasonCode, message);
}
