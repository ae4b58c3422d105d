using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>
/// A PUBLISH where it lies in the receive buffer: nothing is copied or allocated. Everything has been validated;
/// what remains to the receiver is what depends on its state (aliases, quotas, rights) and on the direction
/// (<see cref="HasSubscriptionIdentifier"/>).
/// </summary>
public readonly ref struct PublishView
{
    /// <summary>The RETAIN bit of the first byte.</summary>
    internal const byte RetainFlag = 0x01;

    /// <summary>The DUP bit of the first byte.</summary>
    internal const byte DupFlag = 0x08;

    private PublishView(ProtocolVersion version, byte flags, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        Dup = (flags & DupFlag) != 0;
        Retain = (flags & RetainFlag) != 0;
        Qos = (QualityOfService)((flags >> 1) & 0b11);
        if (Qos > QualityOfService.ExactlyOnce)
            MqttProtocolException.ThrowMalformed("QoS 3."); // MQTT5 [MQTT-3.3.1-4], MQTT311 [MQTT-3.3.1-4]
        if (Dup && Qos == QualityOfService.AtMostOnce)
            MqttProtocolException.ThrowMalformed("DUP with QoS 0."); // MQTT5 [MQTT-3.3.1-2], MQTT311 [MQTT-3.3.1-2]
        Topic = reader.ReadUtf8(); // MQTT5 [MQTT-3.3.2-1], MQTT311 [MQTT-3.3.2-1]
        if (Qos != QualityOfService.AtMostOnce)
            PacketIdentifier = reader.ReadUInt16(); // MQTT5 [MQTT-2.2.1-2], MQTT311 [MQTT-2.3.1-5]
        if (Qos != QualityOfService.AtMostOnce && PacketIdentifier == 0)
            // MQTT5 [MQTT-2.2.1-3], MQTT311 [MQTT-2.3.1-1]: a protocol error to other brokers as well.
            MqttProtocolException.ThrowProtocolError("Packet identifier 0.");
        if (version == ProtocolVersion.V5)
        {
            Properties = new PropertySection(reader.ReadProperties());
            TopicAlias = ValidateProperties(Properties, out bool hasIdentifier);
            HasSubscriptionIdentifier = hasIdentifier;
        }

        RequireTopic(Topic, TopicAlias);
        Payload = reader.Rest;
    }

    public bool Dup { get; }

    public QualityOfService Qos { get; }

    public bool Retain { get; }

    /// <summary>UTF-8 without wildcards; empty only when <see cref="TopicAlias"/> is not 0.</summary>
    public ReadOnlySpan<byte> Topic { get; }

    /// <summary>1 to 65,535; 0 for QoS 0, which has none.</summary>
    public ushort PacketIdentifier { get; }

    /// <summary>Empty in 3.1.1.</summary>
    public PropertySection Properties { get; }

    /// <summary>1 to 65,535; 0 when absent.</summary>
    public ushort TopicAlias { get; }

    /// <summary>A server closes on one from a client: MQTT5 [MQTT-3.3.4-6].</summary>
    public bool HasSubscriptionIdentifier { get; }

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Decodes a frame's body.</summary>
    /// <param name="flags">The lower four bits of the first byte, as in <see cref="FixedHeader.Flags"/>.</param>
    /// <exception cref="MqttProtocolException">The packet breaks a rule of its version.</exception>
    public static PublishView Decode(ProtocolVersion version, byte flags, ReadOnlySpan<byte> body) => new(version, flags, body);

    private static ushort ValidateProperties(PropertySection section, out bool hasSubscriptionIdentifier)
    {
        ulong present = PropertyRules.Validate(section.Bytes, PacketType.Publish);
        hasSubscriptionIdentifier = PropertyRules.Has(present, PropertyId.SubscriptionIdentifier);
        if (!PropertyRules.Has(present, PropertyId.TopicAlias))
            return 0;
        foreach (PropertyView property in section)
        {
            if (property.Id == PropertyId.TopicAlias)
                return (ushort)property.Number;
        }

        return 0;
    }

    private static void RequireTopic(ReadOnlySpan<byte> topic, ushort alias)
    {
        if (topic.IsEmpty && alias != 0)
            return;
        if (topic.IsEmpty)
            MqttProtocolException.ThrowProtocolError("An empty topic without an alias."); // MQTT5 section 3.3.2.1, MQTT311 [MQTT-4.7.3-1]
        if (!TopicName.IsValid(topic))
            // MQTT5 [MQTT-3.3.2-2], MQTT311 [MQTT-3.3.2-2]
            MqttProtocolException.ThrowMalformed("A topic name with a wildcard or a control character.");
    }
}
