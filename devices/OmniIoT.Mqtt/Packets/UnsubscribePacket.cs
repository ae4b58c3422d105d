using System.Buffers;
using System.Collections.Immutable;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>A client's request to end subscriptions.</summary>
public sealed record UnsubscribePacket(ushort PacketIdentifier, ImmutableArray<TopicFilter> Filters)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static UnsubscribePacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        ushort identifier = reader.ReadPacketIdentifier();
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.Unsubscribe);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("UNSUBSCRIBE without a filter."); // MQTT5 [MQTT-3.10.3-2], MQTT311 [MQTT-3.10.3-2]
        ImmutableArray<TopicFilter>.Builder filters = ImmutableArray.CreateBuilder<TopicFilter>(1);
        while (!reader.IsEmpty)
            filters.Add(Subscription.ReadFilter(ref reader));
        return new UnsubscribePacket(identifier, filters.ToImmutable()) { Properties = properties };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(PacketIdentifier);
        if (Filters.IsDefaultOrEmpty)
            throw new ArgumentException("UNSUBSCRIBE needs a filter.", nameof(version));
        WireWriter writer = new(256);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.Unsubscribe);
            foreach (TopicFilter filter in Filters)
                writer.WriteBinary(filter.Utf8.Span);
            writer.CompletePacket(PacketType.Unsubscribe, output);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
