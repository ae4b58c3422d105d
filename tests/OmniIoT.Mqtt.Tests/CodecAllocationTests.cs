using System.Buffers;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Mqtt.Tests;

public sealed class CodecAllocationTests
{
    private const int Rounds = 10_000;

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public void Publish_and_acknowledgement_decode_and_encode_without_allocation(ProtocolVersion version)
    {
        byte[] properties =
            version == ProtocolVersion.V5
                ? new PacketProperties { TopicAlias = 3, UserProperties = [new("a", "b")] }.Encode(PacketType.Publish)
                : [];
        ArrayBufferWriter<byte> input = new();
        PublishWriter.Write(
            input,
            version,
            "omni/v1/devices/press-7/telemetry"u8,
            new byte[200],
            QualityOfService.AtLeastOnce,
            packetIdentifier: 7,
            properties: properties
        );
        AckWriter.Write(input, version, PacketType.PubAck, 7, ReasonCode.Success);
        byte[] packets = input.WrittenMemory.ToArray();
        ArrayBufferWriter<byte> output = new(packets.Length * 2);
        RoundTrip(version, packets, output);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < Rounds; round++)
            RoundTrip(version, packets, output);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(packets, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void Matching_a_topic_allocates_nothing()
    {
        TopicFilter filter = TopicFilter.Parse("omni/+/devices/#");
        long before = GC.GetAllocatedBytesForCurrentThread();

        int matches = 0;
        for (int round = 0; round < Rounds; round++)
            matches += filter.Matches("omni/v1/devices/press-7/telemetry"u8) ? 1 : 0;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Rounds, matches);
    }

    private static void RoundTrip(ProtocolVersion version, byte[] packets, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        ReadOnlySequence<byte> buffer = new(packets);
        while (PacketFramer.TryReadFrame(ref buffer, version, 1 << 20, out PacketFrame frame))
        {
            using ContiguousBody body = frame.GetContiguousBody();
            if (frame.Type == PacketType.Publish)
                Copy(PublishView.Decode(version, frame.Header.Flags, body.Span), version, output);
            else
                AckWriter.Write(output, version, frame.Type, AckView.Decode(version, frame.Type, body.Span).PacketIdentifier);
        }
    }

    private static void Copy(PublishView publish, ProtocolVersion version, ArrayBufferWriter<byte> output) =>
        PublishWriter.Write(
            output,
            version,
            publish.Topic,
            publish.Payload,
            new PublishFlags(publish.Qos, publish.Retain, publish.Dup),
            publish.PacketIdentifier,
            publish.Properties.Bytes
        );
}
