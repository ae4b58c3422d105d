using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>A PUBACK, PUBREC, PUBREL or PUBCOMP where it lies in the receive buffer; allocates nothing.</summary>
public readonly ref struct AckView
{
    private AckView(PacketType type, ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        PacketIdentifier = reader.ReadPacketIdentifier();
        if (version == ProtocolVersion.V5 && !reader.IsEmpty) // MQTT5 section 3.4.2.1: two bytes mean success.
        {
            ReasonCode = (ReasonCode)reader.ReadByte();
            if (!ReasonCode.IsAllowedIn(type))
                // MQTT5 [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1]
                MqttProtocolException.ThrowProtocolError($"Reason code 0x{(byte)ReasonCode:X2} in {type}.");
            if (!reader.IsEmpty)
                Properties = new PropertySection(reader.ReadProperties());
            PropertyRules.Validate(Properties.Bytes, type);
        }

        reader.RequireEnd();
    }

    public ushort PacketIdentifier { get; }

    /// <summary>Always <see cref="ReasonCode.Success"/> in 3.1.1.</summary>
    public ReasonCode ReasonCode { get; }

    public PropertySection Properties { get; }

    /// <summary>Decodes the body of one of the four acknowledgements.</summary>
    public static AckView Decode(ProtocolVersion version, PacketType type, ReadOnlySpan<byte> body) => new(type, version, body);
}
