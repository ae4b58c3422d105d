using System.Buffers;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests;

public sealed class CodecTests
{
    private const int MaximumPacketSize = 1 << 20;

    public static TheoryData<WireCase> Valid => [.. WireCases.Valid];

    public static TheoryData<WireCase> Refused => [.. WireCases.Refused];

    [Theory]
    [MemberData(nameof(Valid))]
    [
        Statement("MQTT-1.5.4-3", ProtocolVersion.V5),
        Statement("MQTT-2.2.1-2", ProtocolVersion.V5),
        Statement("MQTT-2.2.2-1", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-9", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-11", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-12", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-3.1.2-13", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-16", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-17", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-18", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-19", ProtocolVersion.V5),
        Statement("MQTT-3.1.3-1", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-3.1.3-3", ProtocolVersion.V5),
        Statement("MQTT-3.1.3-4", ProtocolVersion.V5),
        Statement("MQTT-3.1.3-11", ProtocolVersion.V5),
        Statement("MQTT-3.1.3-12", ProtocolVersion.V5),
        Statement("MQTT-3.4.2-1", ProtocolVersion.V5),
        Statement("MQTT-3.5.2-1", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-3.6.2-1", ProtocolVersion.V5),
        Statement("MQTT-3.7.2-1", ProtocolVersion.V5),
        Statement("MQTT-3.8.3-1", ProtocolVersion.V5),
        Statement("MQTT-3.10.3-1", ProtocolVersion.V5),
        Statement("MQTT-3.10.3-2", ProtocolVersion.V5),
        Statement("MQTT-3.14.2-1", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-1.5.3-3", ProtocolVersion.V311),
        Statement("MQTT-2.2.2-1", ProtocolVersion.V311),
        Statement("MQTT-2.3.1-5", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-9", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-11", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-13", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-3.1.2-14", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-15", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-18", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-19", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-20", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-21", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-3.1.3-1", ProtocolVersion.V311),
        Statement("MQTT-3.1.3-3", ProtocolVersion.V311),
        Statement("MQTT-3.1.3-4", ProtocolVersion.V311),
        Statement("MQTT-3.1.3-10", ProtocolVersion.V311),
        Statement("MQTT-3.1.3-11", ProtocolVersion.V311),
        Statement("MQTT-3.8.3-1", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-3.8.3-3", ProtocolVersion.V311),
        Statement("MQTT-3.10.3-1", ProtocolVersion.V311),
        Statement("MQTT-3.10.3-2", ProtocolVersion.V311)
    ]
    public void A_valid_packet_decodes_to_what_it_says_and_encodes_to_the_same_bytes(WireCase wire)
    {
        byte[] bytes = wire.Bytes();

        (string? text, byte[]? encoded) = Read(wire.Version, new ReadOnlySequence<byte>(bytes));

        Assert.Equal(wire.Expected, text);
        Assert.Equal(Convert.ToHexStringLower(bytes), Convert.ToHexStringLower(encoded));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    [
        Statement("MQTT-1.5.4-1", ProtocolVersion.V5),
        Statement("MQTT-1.5.4-2", ProtocolVersion.V5),
        Statement("MQTT-1.5.5-1", ProtocolVersion.V5),
        Statement("MQTT-1.5.7-1", ProtocolVersion.V5),
        Statement("MQTT-2.1.3-1", ProtocolVersion.V5),
        Statement("MQTT-3.3.1-2", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-3.3.1-4", ProtocolVersion.V5),
        Statement("MQTT-3.3.2-1", ProtocolVersion.V5),
        Statement("MQTT-3.3.2-2", ProtocolVersion.V5),
        Statement("MQTT-3.3.2-8", ProtocolVersion.V5),
        Statement("MQTT-3.3.2-13", ProtocolVersion.V5),
        Statement("MQTT-3.3.2-14", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-3.3.2-19", ProtocolVersion.V5),
        Statement("MQTT-3.8.3-4", ProtocolVersion.V5),
        Statement("MQTT-3.14.1-1", ProtocolVersion.V5),
        Statement("MQTT-3.15.1-1", ProtocolVersion.V5),
        Statement("MQTT-4.7.0-1", ProtocolVersion.V5),
        Statement("MQTT-4.7.1-1", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-4.7.1-2", ProtocolVersion.V5),
        Statement("MQTT-4.7.3-1", ProtocolVersion.V5),
        Statement("MQTT-4.7.3-2", ProtocolVersion.V5),
        Statement("MQTT-4.8.2-1", ProtocolVersion.V5),
        Statement("MQTT-4.8.2-2", ProtocolVersion.V5),
        Statement("MQTT-1.5.3-1", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-1.5.3-2", ProtocolVersion.V311),
        Statement("MQTT-2.2.2-2", ProtocolVersion.V311),
        Statement("MQTT-2.3.1-1", ProtocolVersion.V311),
        Statement("MQTT-3.1.2-22", ProtocolVersion.V311),
        Statement("MQTT-3.3.1-2", ProtocolVersion.V311),
        Statement("MQTT-3.3.1-4", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-3.3.2-1", ProtocolVersion.V311),
        Statement("MQTT-3.3.2-2", ProtocolVersion.V311),
        Statement("MQTT-4.7.1-1", ProtocolVersion.V311),
        Statement("MQTT-4.7.1-2", ProtocolVersion.V311),
        Statement("MQTT-4.7.1-3", ProtocolVersion.V311),
        Statement("MQTT-4.7.3-1", ProtocolVersion.V311)
    ]
    [Statement("MQTT-4.7.3-2", ProtocolVersion.V311), Statement("MQTT-4.8.0-1", ProtocolVersion.V311)]
    public void A_malformed_packet_is_refused_with_its_reason(WireCase wire)
    {
        MqttProtocolException refusal = Assert.Throws<MqttProtocolException>(() =>
            Read(wire.Version, new ReadOnlySequence<byte>(wire.Bytes()))
        );

        Assert.Equal(wire.Refusal, refusal.ReasonCode);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_packet_split_at_any_byte_waits_for_its_rest_and_decodes_the_same(WireCase wire)
    {
        byte[] bytes = wire.Bytes();
        for (int split = 0; split <= bytes.Length; split++)
        {
            ReadOnlySequence<byte> part = new(bytes, 0, split);
            Assert.Equal(split == bytes.Length, PacketFramer.TryReadFrame(ref part, wire.Version, MaximumPacketSize, out _));

            (string? text, byte[] _) = Read(wire.Version, Segments.Split(bytes, split));
            Assert.Equal(wire.Expected, text);
        }
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_packet_in_segments_of_one_byte_decodes_the_same(WireCase wire)
    {
        (string? text, byte[] _) = Read(wire.Version, Segments.OneByteEach(wire.Bytes()));

        Assert.Equal(wire.Expected, text);
    }

    [Fact]
    public void Two_packets_in_one_buffer_come_one_after_the_other()
    {
        ReadOnlySequence<byte> buffer = new([0xC0, 0x00, 0xD0, 0x00, 0x30]);

        Assert.True(PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, MaximumPacketSize, out PacketFrame first));
        Assert.True(PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, MaximumPacketSize, out PacketFrame second));

        Assert.Equal((PacketType.PingReq, PacketType.PingResp), (first.Type, second.Type));
        Assert.False(PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, MaximumPacketSize, out _));
        Assert.Equal(1, buffer.Length);
    }

    [Fact]
    public void A_packet_of_exactly_the_maximum_size_passes_and_one_byte_more_is_refused()
    {
        byte[] largest = WireCases.Valid.First(wire => wire.Name == "publish, QoS 0").Bytes();
        ReadOnlySequence<byte> buffer = new(largest);

        Assert.True(PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V311, largest.Length, out _));

        ReadOnlySequence<byte> again = new(largest);
        MqttProtocolException refusal = Assert.Throws<MqttProtocolException>(() =>
            PacketFramer.TryReadFrame(ref again, ProtocolVersion.V311, largest.Length - 1, out _)
        );
        Assert.Equal(ReasonCode.PacketTooLarge, refusal.ReasonCode);
    }

    [Fact]
    public void The_table_reaches_every_reason_that_the_codec_gives()
    {
        IEnumerable<ReasonCode?> reached = WireCases.Refused.Select(wire => wire.Refusal).Distinct();

        Assert.Equal(
            [
                ReasonCode.MalformedPacket,
                ReasonCode.ProtocolError,
                ReasonCode.UnsupportedProtocolVersion,
                ReasonCode.TopicAliasInvalid,
                ReasonCode.PacketTooLarge,
            ],
            reached.Order()
        );
    }

    internal static (string Text, byte[] Encoded) Read(ProtocolVersion version, ReadOnlySequence<byte> buffer)
    {
        Assert.True(PacketFramer.TryReadFrame(ref buffer, version, MaximumPacketSize, out PacketFrame frame), "The packet is not whole.");
        return WireText.Describe(version, frame);
    }
}
