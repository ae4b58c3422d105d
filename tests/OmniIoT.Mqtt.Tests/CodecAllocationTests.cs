using System.Buffers;

namespace OmniIoT.Mqtt.Tests;

public sealed class CodecAllocationTests
{
    private const int Rounds = 10_000;

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public void Publish_and_acknowledgement_decode_and_encode_without_allocation(
        ProtocolVersion version
    )
    {
        byte[] properties =
            version == ProtocolVersion.V5
                ? new PacketProperties { TopicAlias = 3, UserProperties = [new("a", "b")] }.Encode(
                    PacketType.Publish
                )
                : [];
        var input = new ArrayBufferWriter<byte>();
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
        var packets = input.WrittenMemory.ToArray();
        var output = new ArrayBufferWriter<byte>(packets.Length * 2);
        RoundTrip(version, packets, output);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
            RoundTrip(version, packets, output);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(packets, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void Matching_a_topic_allocates_nothing()
    {
        var filter = TopicFilter.Parse("omni/+/devices/#");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var matches = 0;
        for (var round = 0; round < Rounds; round++)
            matches += filter.Matches("omni/v1/devices/press-7/telemetry"u8) ? 1 : 0;

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Rounds, matches);
    }

    private static void RoundTrip(
        ProtocolVersion version,
        byte[] packets,
        ArrayBufferWriter<byte> output
    )
    {
        output.ResetWrittenCount();
        var buffer = new ReadOnlySequence<byte>(packets);
        while (PacketFramer.TryReadFrame(ref buffer, version, 1 << 20, out var frame))
        {
            using var body = frame.GetContiguousBody();
            if (frame.Type == PacketType.Publish)
                Copy(PublishView.Decode(version, frame.Header.Flags, body.Span), version, output);
            else
                AckWriter.Write(
                    output,
                    version,
                    frame.Type,
                    AckView.Decode(version, frame.Type, body.Span).PacketIdentifier
                );
        }
    }

    private static void Copy(
        PublishView publish,
        ProtocolVersion version,
        ArrayBufferWriter<byte> output
    ) =>
        PublishWriter.Write(
            output,
            version,
            publish.Topic,
            publish.Payload,
            publish.Qos,
            publish.Retain,
            publish.PacketIdentifier,
            publish.Dup,
            publish.Properties.Bytes
        );
}
