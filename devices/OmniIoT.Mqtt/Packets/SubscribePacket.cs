using System.Buffers;
using System.Collections.Immutable;

namespace OmniIoT.Mqtt;

/// <summary>A client's request for one or more subscriptions.</summary>
public sealed record SubscribePacket(
    ushort PacketIdentifier,
    ImmutableArray<Subscription> Subscriptions
)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static SubscribePacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var identifier = reader.ReadPacketIdentifier();
        var properties = PacketProperties.Read(ref reader, version, PacketType.Subscribe);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("SUBSCRIBE without a filter."); // MQTT5 [MQTT-3.8.3-2], MQTT311 [MQTT-3.8.3-3]
        var subscriptions = ImmutableArray.CreateBuilder<Subscription>(1);
        while (!reader.IsEmpty)
            subscriptions.Add(Subscription.Decode(version, ref reader));
        return new SubscribePacket(identifier, subscriptions.ToImmutable())
        {
            Properties = properties,
        };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(PacketIdentifier);
        if (Subscriptions.IsDefaultOrEmpty)
            throw new ArgumentException("SUBSCRIBE needs a filter.", nameof(version));
        var writer = new WireWriter(256);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.Subscribe);
            foreach (var subscription in Subscriptions)
                subscription.Encode(version, ref writer);
            writer.CompletePacket(PacketType.Subscribe, output);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
