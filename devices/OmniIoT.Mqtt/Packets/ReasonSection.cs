using System.Buffers;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>What DISCONNECT and AUTH share: an optional reason code, then optional properties.</summary>
internal static class ReasonSection
{
    public static (ReasonCode Reason, PacketProperties Properties) Read(ref WireReader reader, PacketType type)
    {
        if (reader.IsEmpty)
            return (ReasonCode.Success, PacketProperties.None); // MQTT5 sections 3.14.2.1, 3.15.2.1
        ReasonCode reason = (ReasonCode)reader.ReadByte();
        if (!reason.IsAllowedIn(type))
            // MQTT5 [MQTT-3.14.2-1] [MQTT-3.15.2-1]
            MqttProtocolException.ThrowProtocolError($"Reason code 0x{(byte)reason:X2} in {type}.");
        return (reason, reader.IsEmpty ? PacketProperties.None : PacketProperties.Read(ref reader, ProtocolVersion.V5, type));
    }

    public static void WritePacket(
        IBufferWriter<byte> output,
        ProtocolVersion version,
        PacketType type,
        ReasonCode reason,
        PacketProperties properties
    )
    {
        byte[] section = version == ProtocolVersion.V5 ? properties.Encode(type) : [];
        WireWriter writer = new(8 + section.Length);
        if (version == ProtocolVersion.V5 && (reason != ReasonCode.Success || section.Length > 0))
            writer.WriteByte((byte)reason);
        if (section.Length > 0)
        {
            writer.WriteVariableByteInteger(section.Length);
            writer.WriteBytes(section);
        }

        writer.CompletePacket(type, output);
    }
}
