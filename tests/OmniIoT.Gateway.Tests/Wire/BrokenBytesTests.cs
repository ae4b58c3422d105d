using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>Mutated streams of the wire tables through real sockets.</summary>
public sealed class BrokenBytesTests
{
    private const int Streams = 400;

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task Mutated_streams_end_their_connection_and_nothing_else(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(); // Its end proves that no error was logged.
        await using WireClient witness = await WireClient.ConnectAsync(host, version, "witness");
        await witness.SubscribeAsync("witness", qos: 1);
        byte[][] corpus =
        [
            .. WireCases.Valid.Concat(WireCases.Refused).Where(wire => wire.Version == version).Select(wire => wire.Bytes()),
        ];
        Random random = new(11);
        for (int i = 0; i < Streams; i++)
        {
            // Half of them sign in first; some keep a session, so that what they leave behind is found again.
            await using WireClient client =
                i % 2 == 0
                    ? await WireClient.OpenAsync(host, version)
                    : await WireClient.ConnectAsync(host, version, $"c{i % 7}", clean: i % 3 == 0);
            await SendAsync(client, Mutant(corpus, random));
            if (i % 4 == 1)
                client.Break();
        }

        await host.ConnectionsAsync(1); // None leaks.
        await witness.PublishAsync("witness", "alive", qos: 1, identifier: 1);
        PacketType[] answers = [(await witness.ReceiveAsync()).Type, (await witness.ReceiveAsync()).Type];
        Assert.Equal([PacketType.Publish, PacketType.PubAck], answers.Order());
    }

    // The gateway may have closed already.
    private static async Task SendAsync(WireClient client, byte[] bytes)
    {
        try
        {
            await client.SendAsync(bytes);
        }
        catch (IOException)
        {
            return;
        }
    }

    private static byte[] Mutant(byte[][] corpus, Random random)
    {
        List<byte> bytes = [];
        for (int packets = random.Next(1, 6); packets > 0; packets--)
            bytes.AddRange(corpus[random.Next(corpus.Length)]);
        for (int changes = random.Next(0, 5); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            if (random.Next(3) == 0)
                bytes.Insert(at, (byte)random.Next(256));
            else
                bytes[at] ^= (byte)(1 << random.Next(8));
        }
        return [.. bytes];
    }
}
