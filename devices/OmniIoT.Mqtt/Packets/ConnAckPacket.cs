using System.Buffers;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>The server's answer to CONNECT.</summary>
public sealed record ConnAckPacket(ReasonCode ReasonCode, bool SessionPresent = false)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    /// <summary>Whether the version has a code for this refusal; a 3.1.1 server closes without CONNACK where it has none.</summary>
    public static bool CanExpress(ProtocolVersion version, ReasonCode code) =>
        version == ProtocolVersion.V5 ? code.IsAllowedIn(PacketType.ConnAck) : ConnectReturnCode.FromReasonCode(code) is not null;

    public static ConnAckPacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        byte flags = reader.ReadByte();
        if (flags > 1)
            MqttProtocolException.ThrowMalformed("Reserved flags are set in CONNACK."); // MQTT5 [MQTT-3.2.2-1], MQTT311 section 3.2.2.1
        byte code = reader.ReadByte();
        ReasonCode reason = version == ProtocolVersion.V5 ? (ReasonCode)code : ConnectReturnCode.ToReasonCode(code);
        if (!reason.IsAllowedIn(PacketType.ConnAck))
            MqttProtocolException.ThrowProtocolError($"Reason code 0x{code:X2} in CONNACK."); // MQTT5 [MQTT-3.2.2-8]
        if (flags != 0 && reason != ReasonCode.Success)
            MqttProtocolException.ThrowProtocolError("A refusal with a session present."); // MQTT5 [MQTT-3.2.2-6], MQTT311 [MQTT-3.2.2-4]
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.ConnAck);
        reader.RequireEnd();
        return new ConnAckPacket(reason, flags != 0) { Properties = properties };
    }

    /// <exception cref="ArgumentException">A reason that the version cannot express.</exception>
    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        if (!CanExpress(version, ReasonCode))
            throw new ArgumentException($"{version} has no CONNACK for {ReasonCode}.", nameof(version));
        WireWriter writer = new(64);
        try
        {
            // MQTT5 [MQTT-3.2.2-6], MQTT311 [MQTT-3.2.2-4]
            writer.WriteByte(SessionPresent && ReasonCode == ReasonCode.Success ? (byte)1 : (byte)0);
            writer.WriteByte(version == ProtocolVersion.V5 ? (byte)ReasonCode : ConnectReturnCode.FromReasonCode(ReasonCode) ?? 0);
            Properties.Write(ref writer, version, PacketType.ConnAck);
            writer.CompletePacket(PacketType.ConnAck, output);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
