using System.Buffers;
using System.Collections.Immutable;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>A client's request for one or more subscriptions.</summary>
public sealed record SubscribePacket(ushort PacketIdentifier, ImmutableArray<Subscription> Subscriptions)
{
    public PacketProperties Properties { get; init; } = PacketProperties.None;

    public static SubscribePacket Decode(ProtocolVersion version, ReadOnlySpan<byte> body)
    {
        WireReader reader = new(body);
        ushort identifier = reader.ReadPacketIdentifier();
        PacketProperties properties = PacketProperties.Read(ref reader, version, PacketType.Subscribe);
        if (reader.IsEmpty)
            MqttProtocolException.ThrowProtocolError("SUBSCRIBE without a filter."); // MQTT5 [MQTT-3.8.3-2], MQTT311 [MQTT-3.8.3-3]
        ImmutableArray<Subscription>.Builder subscriptions = ImmutableArray.CreateBuilder<Subscription>(1);
        while (!reader.IsEmpty)
            subscriptions.Add(Subscription.Decode(version, ref reader));
        return new SubscribePacket(identifier, subscriptions.ToImmutable()) { Properties = properties };
    }

    public void Encode(ProtocolVersion version, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfZero(PacketIdentifier);
        if (Subscriptions.IsDefaultOrEmpty)
            throw new ArgumentException("SUBSCRIBE needs a filter.", nameof(version));
        WireWriter writer = new(256);
        try
        {
            writer.WriteUInt16(PacketIdentifier);
            Properties.Write(ref writer, version, PacketType.Subscribe);
            foreach (Subscription subscription in Subscriptions)
                subscription.Encode(version, ref writer);
            writer.CompletePacket(PacketType.Subscribe, output);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
