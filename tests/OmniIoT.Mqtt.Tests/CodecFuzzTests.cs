using System.Buffers;
using System.Globalization;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Mqtt.Tests;

public sealed class CodecFuzzTests
{
    private const int Seed = 20261122;
    private const int MaximumPacketSize = 1 << 20;

    // Decoded strings take two bytes a character, and every object its header: a filter of one character costs 45 bytes per byte.
    private const int AllocationPerByte = 64;

    // What a packet costs besides: the record and, when it is refused, the exception with its stack. In ten million packets it was
    // 2.5 KiB at most.
    private const int AllocationPerPacket = 8 * 1024;

    // Mutants of valid mutants reach further; half of all are still made of the table, because what stays valid grows plain.
    private const int CorpusSize = 4096;
    private const int LargestKept = 512;

    [Fact]
    public void Arbitrary_bytes_are_either_decoded_or_refused_within_the_packets_size()
    {
        Random random = new(Seed);
        List<(ProtocolVersion Version, byte[] Bytes)> corpus = WireCases
            .Valid.Concat(WireCases.Refused)
            .Select(wire => (wire.Version, Bytes: wire.Bytes()))
            .ToList();
        int originals = corpus.Count;
        long start = TimeProvider.System.GetTimestamp();
        long packets = long.Parse(Environment.GetEnvironmentVariable("OMNIIOT_FUZZ_PACKETS") ?? "200000", CultureInfo.InvariantCulture);
        long decoded = 0;
        long refused = 0;
        for (long count = 0L; count < packets; count++)
        {
            (ProtocolVersion version, byte[]? bytes) = corpus[random.Next(random.Next(2) == 0 ? originals : corpus.Count)];
            byte[] mutant = Mutate(bytes, random);
            bool isValid = TryDecode(version, mutant);
            if (isValid)
                decoded++;
            else
                refused++;
            if (!isValid || mutant.Length > LargestKept)
                continue;
            if (corpus.Count < CorpusSize)
                corpus.Add((version, mutant));
            else
                corpus[random.Next(originals, CorpusSize)] = (version, mutant);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{packets} packets in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:F1} s: {decoded} decoded, {refused} refused or incomplete."
        );

        Assert.Equal(packets, decoded + refused);
        Assert.True(decoded > packets / 20, $"Only {decoded} of {packets} packets were whole and valid: the mutations reach too little.");
    }

    [Fact]
    public void A_packet_full_of_properties_takes_no_more_than_its_size_allows()
    {
        byte[] properties = Enumerable
            .Repeat(new byte[] { 0x26, 0, 1, (byte)'k', 0, 1, (byte)'v' }, 20_000)
            .SelectMany(pair => pair)
            .ToArray();
        ArrayBufferWriter<byte> output = new();
        PublishWriter.Write(output, ProtocolVersion.V5, "a"u8, [], properties: properties);

        Assert.True(TryDecode(ProtocolVersion.V5, output.WrittenSpan.ToArray()));
    }

    [Fact]
    public void A_packet_full_of_filters_takes_no_more_than_its_size_allows()
    {
        ArrayBufferWriter<byte> output = new();
        new SubscribePacket(
            1,
            [.. Enumerable.Repeat(new Subscription(TopicFilter.Parse("a"), QualityOfService.AtMostOnce), 50_000)]
        ).Encode(ProtocolVersion.V311, output);

        Assert.True(TryDecode(ProtocolVersion.V311, output.WrittenSpan.ToArray()));
    }

    private static bool TryDecode(ProtocolVersion version, byte[] bytes)
    {
        (bool isValid, long allocated) = Measure(version, bytes);
        // The first of a kind also pays for what the runtime makes once for all of them; what a packet itself costs it costs again.
        if (allocated > AllowanceFor(bytes))
            allocated = Measure(version, bytes).Allocated;
        if (allocated > AllowanceFor(bytes))
            Assert.Fail(
                $"{allocated} bytes allocated for {bytes.Length}: {Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 512)))}"
            );
        return isValid;
    }

    private static long AllowanceFor(byte[] bytes) => AllocationPerPacket + (long)AllocationPerByte * bytes.Length;

    private static (bool IsValid, long Allocated) Measure(ProtocolVersion version, byte[] bytes)
    {
        ReadOnlySequence<byte> buffer = new(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            bool isWhole = PacketFramer.TryReadFrame(ref buffer, version, MaximumPacketSize, out PacketFrame frame);
            if (isWhole)
                Decode(version, frame);
            return (isWhole, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (MqttProtocolException refusal)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(refusal.ReasonCode.IsFailure());
            return (false, allocated);
        }
        catch (Exception crash) when (crash is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"{version} {Convert.ToHexStringLower(bytes)}", crash);
        }
    }

    private static void Decode(ProtocolVersion version, PacketFrame frame)
    {
        using ContiguousBody body = frame.GetContiguousBody();
        switch (frame.Type)
        {
            case PacketType.Connect:
                ConnectPacket.Decode(body.Span);
                break;
            case PacketType.ConnAck:
                ConnAckPacket.Decode(version, body.Span);
                break;
            case PacketType.Publish:
                PacketProperties.Decode(PublishView.Decode(version, frame.Header.Flags, body.Span).Properties);
                break;
            case PacketType.Subscribe:
                SubscribePacket.Decode(version, body.Span);
                break;
            case PacketType.SubAck:
                SubAckPacket.Decode(version, body.Span);
                break;
            case PacketType.Unsubscribe:
                UnsubscribePacket.Decode(version, body.Span);
                break;
            case PacketType.UnsubAck:
                UnsubAckPacket.Decode(version, body.Span);
                break;
            case PacketType.PingReq or PacketType.PingResp:
                PingPacket.Decode(body.Span);
                break;
            case PacketType.Disconnect:
                DisconnectPacket.Decode(version, body.Span);
                break;
            case PacketType.Auth:
                AuthPacket.Decode(body.Span);
                break;
            default:
                PacketProperties.Decode(AckView.Decode(version, frame.Type, body.Span).Properties);
                break;
        }
    }

    // Flips, overwrites, inserts, deletes and truncates; most mutants get a correct remaining length again, so
    // that they reach the decoders behind the framer.
    private static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = original.ToList();
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 or 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 4:
                    bytes.RemoveAt(at);
                    break;
                case 5:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(4)));
                    break;
                default:
                    bytes[at] = (byte)random.Next(4);
                    break;
            }
        }

        if (bytes.Count >= 2 && bytes.Count < 130 && random.Next(4) != 0)
            bytes[1] = (byte)(bytes.Count - 2);
        return [.. bytes];
    }
}
