using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Mqtt.Properties;

internal enum PropertyType : byte
{
    None,
    Byte,
    TwoByteInteger,
    FourByteInteger,
    VariableByteInteger,
    Utf8String,
    BinaryData,
    Utf8StringPair,
}

/// <summary>Which property has which data type, may stand in which packet, and may take which value (MQTT5 table 2-4).</summary>
internal static class PropertyRules
{
    /// <summary>Will properties stand inside CONNECT but have their own list; they take the reserved type 0.</summary>
    public const PacketType Will = 0;

    private static readonly PropertyType[] Types = BuildTypes();
    private static readonly ushort[] Packets = BuildPackets();

    public static PropertyType TypeOf(byte id) => id < Types.Length ? Types[id] : PropertyType.None;

    /// <summary>Reads the section once from end to end and throws at the first thing 5.0 forbids.</summary>
    /// <returns>A bit per property that is there, by identifier.</returns>
    public static ulong Validate(ReadOnlySpan<byte> section, PacketType packet)
    {
        ulong seen = 0UL;
        foreach (PropertyView property in new PropertySection(section))
        {
            ulong bit = 1UL << (int)property.Id;
            if ((Packets[(int)property.Id] & (1 << (int)packet)) == 0)
                MqttProtocolException.ThrowMalformed($"{property.Id} is not a property of this packet."); // MQTT5 section 2.2.2.2
            if ((seen & bit) != 0 && !MayRepeat(property.Id, packet))
                MqttProtocolException.ThrowProtocolError($"{property.Id} stands twice."); // MQTT5 sections 3.x.2.3, "more than once"
            RequireAllowedValue(property);
            seen |= bit;
        }

        if (Has(seen, PropertyId.AuthenticationData) && !Has(seen, PropertyId.AuthenticationMethod))
            MqttProtocolException.ThrowProtocolError("Authentication data without a method."); // MQTT5 section 3.1.2.11.10
        return seen;
    }

    public static bool Has(ulong seen, PropertyId id) => (seen & (1UL << (int)id)) != 0;

    private static bool MayRepeat(PropertyId id, PacketType packet) =>
        id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && packet == PacketType.Publish);

    private static void RequireAllowedValue(in PropertyView property)
    {
        switch (property.Id)
        {
            case PropertyId.TopicAlias when property.Number == 0:
                MqttProtocolException.Throw(ReasonCode.TopicAliasInvalid, "Topic alias 0."); // MQTT5 [MQTT-3.3.2-8]
                break;
            case PropertyId.ReceiveMaximum or PropertyId.MaximumPacketSize or PropertyId.SubscriptionIdentifier when property.Number == 0:
                MqttProtocolException.ThrowProtocolError($"{property.Id} is 0."); // MQTT5 sections 3.1.2.11.3, 3.1.2.11.4, 3.8.2.1.2
                break;
            case PropertyId.ResponseTopic when !TopicName.IsValid(property.Value):
                MqttProtocolException.ThrowMalformed("The response topic is no topic name."); // MQTT5 [MQTT-3.3.2-14]
                break;
            default:
                if (TypeOf((byte)property.Id) == PropertyType.Byte && property.Number > 1)
                    MqttProtocolException.ThrowProtocolError($"{property.Id} is neither 0 nor 1."); // MQTT5 sections 3.1.2.11.6 ff.
                break;
        }
    }

    private static PropertyType[] BuildTypes()
    {
        PropertyType[] types = new PropertyType[(int)PropertyId.SharedSubscriptionAvailable + 1];
        foreach (PropertyId id in Enum.GetValues<PropertyId>())
        {
            types[(int)id] = id switch
            {
                PropertyId.MessageExpiryInterval
                or PropertyId.SessionExpiryInterval
                or PropertyId.WillDelayInterval
                or PropertyId.MaximumPacketSize => PropertyType.FourByteInteger,
                PropertyId.ServerKeepAlive or PropertyId.ReceiveMaximum or PropertyId.TopicAliasMaximum or PropertyId.TopicAlias =>
                    PropertyType.TwoByteInteger,
                PropertyId.SubscriptionIdentifier => PropertyType.VariableByteInteger,
                PropertyId.CorrelationData or PropertyId.AuthenticationData => PropertyType.BinaryData,
                PropertyId.UserProperty => PropertyType.Utf8StringPair,
                PropertyId.ContentType
                or PropertyId.ResponseTopic
                or PropertyId.AssignedClientIdentifier
                or PropertyId.AuthenticationMethod
                or PropertyId.ResponseInformation
                or PropertyId.ServerReference
                or PropertyId.ReasonString => PropertyType.Utf8String,
                _ => PropertyType.Byte,
            };
        }

        return types;
    }

    private static ushort[] BuildPackets()
    {
        ushort[] packets = new ushort[(int)PropertyId.SharedSubscriptionAvailable + 1];
        foreach (PropertyId id in Enum.GetValues<PropertyId>())
        {
            foreach (PacketType packet in PacketsOf(id))
                packets[(int)id] |= (ushort)(1 << (int)packet);
        }

        return packets;
    }

    private static PacketType[] PacketsOf(PropertyId id) =>
        id switch
        {
            PropertyId.PayloadFormatIndicator
            or PropertyId.MessageExpiryInterval
            or PropertyId.ContentType
            or PropertyId.ResponseTopic
            or PropertyId.CorrelationData => [PacketType.Publish, Will],
            PropertyId.SubscriptionIdentifier => [PacketType.Publish, PacketType.Subscribe],
            PropertyId.SessionExpiryInterval => [PacketType.Connect, PacketType.ConnAck, PacketType.Disconnect],
            PropertyId.AuthenticationMethod or PropertyId.AuthenticationData => [PacketType.Connect, PacketType.ConnAck, PacketType.Auth],
            PropertyId.RequestProblemInformation or PropertyId.RequestResponseInformation => [PacketType.Connect],
            PropertyId.WillDelayInterval => [Will],
            PropertyId.ServerReference => [PacketType.ConnAck, PacketType.Disconnect],
            PropertyId.ReasonString =>
            [
                PacketType.ConnAck,
                PacketType.PubAck,
                PacketType.PubRec,
                PacketType.PubRel,
                PacketType.PubComp,
                PacketType.SubAck,
                PacketType.UnsubAck,
                PacketType.Disconnect,
                PacketType.Auth,
            ],
            PropertyId.ReceiveMaximum or PropertyId.TopicAliasMaximum or PropertyId.MaximumPacketSize =>
            [
                PacketType.Connect,
                PacketType.ConnAck,
            ],
            PropertyId.TopicAlias => [PacketType.Publish],
            PropertyId.UserProperty =>
            [
                Will,
                PacketType.Connect,
                PacketType.ConnAck,
                PacketType.Publish,
                PacketType.PubAck,
                PacketType.PubRec,
                PacketType.PubRel,
                PacketType.PubComp,
                PacketType.Subscribe,
                PacketType.SubAck,
                PacketType.Unsubscribe,
                PacketType.UnsubAck,
                PacketType.Disconnect,
                PacketType.Auth,
            ],
            _ => [PacketType.ConnAck], // Assigned client identifier, server keep-alive, response information and what the server offers.
        };
}
