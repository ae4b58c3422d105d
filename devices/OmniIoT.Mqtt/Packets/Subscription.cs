using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>One filter of a SUBSCRIBE with its options; all options but <see cref="MaximumQos"/> are 5.0's.</summary>
public sealed record Subscription(TopicFilter Filter, QualityOfService MaximumQos)
{
    private const byte NoLocalFlag = 0x04;
    private const byte RetainAsPublishedFlag = 0x08;

    /// <summary>Do not send me what I published myself.</summary>
    public bool NoLocal { get; init; }

    /// <summary>Keep the RETAIN flag as the publisher set it.</summary>
    public bool RetainAsPublished { get; init; }

    public RetainHandling RetainHandling { get; init; }

    internal static Subscription Decode(ProtocolVersion version, ref WireReader reader)
    {
        TopicFilter filter = ReadFilter(ref reader);
        byte options = reader.ReadByte();
        QualityOfService qos = (QualityOfService)(options & 0b11);
        if (qos > QualityOfService.ExactlyOnce)
            MqttProtocolException.ThrowProtocolError("A subscription with QoS 3."); // MQTT5 section 3.8.3.1, MQTT311 [MQTT-3-8.3-4]
        if (version == ProtocolVersion.V311)
        {
            if (options > 2)
                MqttProtocolException.ThrowMalformed("Reserved bits are set in a subscription."); // MQTT311 [MQTT-3-8.3-4]
            return new Subscription(filter, qos);
        }

        if ((options & 0xC0) != 0)
            MqttProtocolException.ThrowMalformed("Reserved bits are set in a subscription."); // MQTT5 [MQTT-3.8.3-5]
        RetainHandling handling = (RetainHandling)((options >> 4) & 0b11);
        if (handling > RetainHandling.DoNotSend)
            MqttProtocolException.ThrowProtocolError("Retain handling 3."); // MQTT5 section 3.8.3.1
        bool noLocal = (options & NoLocalFlag) != 0;
        if (noLocal && filter.IsShared)
            MqttProtocolException.ThrowProtocolError("No Local on a shared subscription."); // MQTT5 [MQTT-3.8.3-4]
        return new Subscription(filter, qos)
        {
            NoLocal = noLocal,
            RetainAsPublished = (options & RetainAsPublishedFlag) != 0,
            RetainHandling = handling,
        };
    }

    internal static TopicFilter ReadFilter(ref WireReader reader)
    {
        if (!TopicFilter.TryParse(reader.ReadBinary(), out TopicFilter? filter))
            // MQTT5 [MQTT-3.8.3-1] [MQTT-3.10.3-1], MQTT311 [MQTT-3.8.3-1] [MQTT-3.10.3-1]
            MqttProtocolException.ThrowMalformed("Not a topic filter.");
        return filter;
    }

    internal void Encode(ProtocolVersion version, ref WireWriter writer)
    {
        writer.WriteBinary(Filter.Utf8.Span);
        writer.WriteByte(
            version == ProtocolVersion.V311
                ? (byte)MaximumQos
                : (byte)(
                    (int)MaximumQos
                    | (NoLocal ? NoLocalFlag : 0)
                    | (RetainAsPublished ? RetainAsPublishedFlag : 0)
                    | ((int)RetainHandling << 4)
                )
        );
    }
}
