namespace OmniIoT.Gateway.Tests.Wire;

public sealed class BrokenBytesTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    public async Task Broken_packets_end_their_connection_and_nothing_else(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(); // Its end proves that no error was logged.
        await using WireClient witness = await WireClient.ConnectAsync(host, version, "witness");
        Random random = new(11);
        byte[][] corpus = Corpus(version);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = [.. corpus[random.Next(corpus.Length)], .. corpus[random.Next(corpus.Length)]];
            for (int flips = random.Next(1, 6); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await using WireClient client = await WireClient.ConnectAsync(host, version, $"c{i % 7}");
            await client.SendAsync(bytes);
            if (i % 2 == 0) client.Break();
        }
        await witness.ExpectNothingAsync();
    }

    private static byte[][] Corpus(ProtocolVersion version)
    {
        List<byte[]> packets = [];
        Add(output => PublishWriter.Write(output, version, "a/b"u8, "payload"u8, QualityOfService.ExactlyOnce, retain: true, packetIdentifier: 3));
        Add(output => PublishWriter.Write(output, version, "a/c"u8, default, QualityOfService.AtMostOnce));
        Add(output => new SubscribePacket(5, [new Subscription(TopicFilter.Parse("a/#"), QualityOfService.ExactlyOnce)]).Encode(version, output));
        Add(output => new UnsubscribePacket(6, [TopicFilter.Parse("a/#")]).Encode(version, output));
        Add(output => AckWriter.Write(output, version, PacketType.PubRel, 3));
        Add(output => AckWriter.Write(output, version, PacketType.PubAck, 1));
        Add(output => AckWriter.Write(output, version, PacketType.PubRec, 1));
        Add(PingPacket.EncodeRequest);
        Add(output => new ConnectPacket(version, "x").Encode(output));
        return [.. packets];

        void Add(Action<IBufferWriter<byte>> encode)
        {
            ArrayBufferWriter<byte> bytes = new();
            encode(bytes);
            packets.Add(bytes.WrittenSpan.ToArray());
        }
    }
}
