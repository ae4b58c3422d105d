using System.Buffers;
using System.Collections.Immutable;

namespace OmniIoT.Mqtt;

/// <summary>A client's request to end subscriptions.</summary>
public sealed record UnsubscribePacket(ushort PacketIdentifier, ImmutableArray<TopicFilter> Filters)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static UnsubscribePacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var identifier = reader.ReadPacketIdentifier();
        var properties = PacketProperties.Read(ref reader, version, PacketType.Unsubscribe);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("UNSUBSCRIBE without a filter."); // MQTT5 [MQTT-3.10.3-2], MQTT311 [MQTT-3.10.3-2]
        var filters = ImmutableArray.CreateBuilder<TopicFilter>(1);
        while (!reader.IsEmpty)
            filters.Add(Subscription.ReadFilter(ref reader));
        return new UnsubscribePacket(identifier, filters.ToImmutable()) { Properties = properties };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(PacketIdentifier);
        if (Filters.IsDefaultOrEmpty)
            throw new ArgumentException("UNSUBSCRIBE needs a filter.", nameof(version));
        var writer = new WireWriter(256);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.Unsubscribe);
            foreach (var filter in Filters)
                writer.WriteBinary(filter.Utf8.Span);
            writer.CompletePacket(PacketType.Unsubscribe, output);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
