using System.Net;
using System.Net.Sockets;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>One packet from the gateway, as bytes.</summary>
internal sealed record Packet(byte First, byte[] Body, ProtocolVersion Version)
{
    public PacketType Type => (PacketType)(First >> 4);

    public byte Flags => (byte)(First & 0x0F);

    public ConnAckPacket AsConnAck() => ConnAckPacket.Decode(Version, Body);

    public SubAckPacket AsSubAck() => SubAckPacket.Decode(Version, Body);

    public ReasonCode DisconnectReason => DisconnectPacket.Decode(Version, Body).ReasonCode;

    public ushort Identifier => AckView.Decode(Version, Type, Body).PacketIdentifier;

    public ReasonCode Reason => AckView.Decode(Version, Type, Body).ReasonCode;

    public Received AsPublish()
    {
        PublishView view = PublishView.Decode(Version, Flags, Body);
        return new Received(
            Encoding.UTF8.GetString(view.Topic),
            Encoding.UTF8.GetString(view.Payload),
            (int)view.Qos,
            view.Retain,
            view.Dup,
            view.PacketIdentifier,
            PacketProperties.Decode(view.Properties)
        );
    }
}

internal sealed record Received(
    string Topic,
    string Payload,
    int Qos,
    bool Retain,
    bool Dup,
    ushort Identifier,
    PacketProperties Properties
);

/// <summary>A client that sends and receives packets and does nothing by itself.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly ArrayBufferWriter<byte> _out = new();

    private WireClient(Socket socket, ProtocolVersion version)
    {
        (_socket, Version) = (socket, version);
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public ProtocolVersion Version { get; }

    /// <summary>What the operating system keeps for a client that does not read, which else may be tens of megabytes.</summary>
    public int ReceiveBufferBytes
    {
        set => _socket.ReceiveBufferSize = value;
    }

    /// <summary>Opens a TCP connection; nothing is sent.</summary>
    public static async Task<WireClient> OpenAsync(GatewayHost host, ProtocolVersion version)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, host.Port);
        return new WireClient(socket, version);
    }

    /// <summary>Connects in laboratory mode and expects to be accepted.</summary>
    public static async Task<WireClient> ConnectAsync(
        GatewayHost host,
        ProtocolVersion version,
        string clientId,
        bool clean = true,
        Func<ConnectPacket, ConnectPacket>? with = null
    )
    {
        (WireClient client, ConnAckPacket answer) = await TryConnectAsync(host, version, clientId, clean, with);
        Assert.Equal(ReasonCode.Success, answer.ReasonCode);
        return client;
    }

    /// <summary>Connects as the device <c>press-7</c>, or another with the same secret.</summary>
    public static Task<WireClient> DeviceAsync(
        GatewayHost host,
        ProtocolVersion version,
        string clientId = "c1",
        bool clean = true,
        string device = "press-7",
        Func<ConnectPacket, ConnectPacket>? with = null
    ) =>
        ConnectAsync(
            host,
            version,
            clientId,
            clean,
            packet =>
            {
                packet = packet with { UserName = device, Password = "s3cret"u8.ToArray() };
                return with is null ? packet : with(packet);
            }
        );

    public static async Task<(WireClient Client, ConnAckPacket Answer)> TryConnectAsync(
        GatewayHost host,
        ProtocolVersion version,
        string clientId,
        bool clean = true,
        Func<ConnectPacket, ConnectPacket>? with = null
    )
    {
        WireClient client = await OpenAsync(host, version);
        ConnectPacket packet = new(version, clientId) { CleanStart = clean };
        if (!clean && version == ProtocolVersion.V5)
            packet = packet with { Properties = new PacketProperties { SessionExpiryIntervalSeconds = 3600 } };
        if (with is not null)
            packet = with(packet);
        await client.SendAsync(packet.Encode);
        Packet answer = await client.ReceiveAsync();
        Assert.Equal(PacketType.ConnAck, answer.Type);
        return (client, answer.AsConnAck());
    }

    /// <summary>Sends what <see cref="WireCase.Notation"/> can write down.</summary>
    public Task SendRawAsync(string notation) => SendAsync(new WireCase("", Version, Sender.Client, notation, null, null).Bytes());

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public async Task SendAsync(Action<IBufferWriter<byte>> encode)
    {
        _out.ResetWrittenCount();
        encode(_out);
        await _stream.WriteAsync(_out.WrittenMemory);
    }

    public Task PublishAsync(
        string topic,
        string payload,
        int qos = 0,
        ushort identifier = 0,
        bool retain = false,
        bool dup = false,
        PacketProperties? properties = null
    ) =>
        SendAsync(output =>
            PublishWriter.Write(
                output,
                Version,
                Encoding.UTF8.GetBytes(topic),
                Encoding.UTF8.GetBytes(payload),
                new PublishFlags((QualityOfService)qos, retain, dup),
                identifier,
                (properties ?? PacketProperties.None).Encode(PacketType.Publish)
            )
        );

    public Task AcknowledgeAsync(PacketType type, ushort identifier, ReasonCode reason = ReasonCode.Success) =>
        SendAsync(output => AckWriter.Write(output, Version, type, identifier, reason));

    public Task DisconnectAsync(ReasonCode reason = ReasonCode.Success) =>
        SendAsync(output => new DisconnectPacket(reason).Encode(Version, output));

    /// <summary>Subscribes and expects the answer next; its reason codes.</summary>
    public Task<ReasonCode[]> SubscribeAsync(string filter, int qos = 0, uint identifier = 0) =>
        SubscribeAsync(new Subscription(TopicFilter.Parse(filter), (QualityOfService)qos), identifier);

    public async Task<ReasonCode[]> SubscribeAsync(Subscription subscription, uint identifier = 0)
    {
        PacketProperties properties =
            identifier == 0 ? PacketProperties.None : new PacketProperties { SubscriptionIdentifiers = [(int)identifier] };
        await SendAsync(output => new SubscribePacket(77, [subscription]) { Properties = properties }.Encode(Version, output));
        Packet answer = await ReceiveAsync();
        Assert.Equal(PacketType.SubAck, answer.Type);
        return [.. answer.AsSubAck().ReasonCodes];
    }

    public async Task<Received> ReceivePublishAsync()
    {
        Packet packet = await ReceiveAsync();
        Assert.Equal(PacketType.Publish, packet.Type);
        return packet.AsPublish();
    }

    public async Task<Packet> ExpectAsync(PacketType type)
    {
        Packet packet = await ReceiveAsync();
        Assert.Equal(type, packet.Type);
        return packet;
    }

    /// <summary>Proves that nothing else is on its way: the answer to a ping comes next.</summary>
    public async Task ExpectNothingAsync()
    {
        await SendAsync(PingPacket.EncodeRequest);
        await ExpectAsync(PacketType.PingResp);
    }

    /// <summary>All packets up to the connection's end.</summary>
    public async Task<IReadOnlyList<Packet>> ReceiveToEndAsync()
    {
        List<Packet> packets = [];
        while (await TryReceiveAsync() is { } packet)
            packets.Add(packet);
        return packets;
    }

    /// <summary>The gateway ends the connection, after a DISCONNECT with this reason in 5.0.</summary>
    public async Task ExpectEndAsync(ReasonCode reason)
    {
        if (Version == ProtocolVersion.V5)
            Assert.Equal(reason, (await ExpectAsync(PacketType.Disconnect)).DisconnectReason);
        await ExpectClosedAsync();
    }

    public async Task ExpectClosedAsync() => Assert.Null(await TryReceiveAsync());

    public async Task<Packet> ReceiveAsync()
    {
        Packet? packet = await TryReceiveAsync();
        Assert.True(packet is not null, "The gateway closed the connection.");
        return packet;
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    /// <summary>Breaks the connection without a word.</summary>
    public void Break()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    private async Task<Packet?> TryReceiveAsync()
    {
        byte[] one = new byte[1];
        if (await ReadAsync(one) == 0)
            return null;
        byte first = one[0];
        int length = 0;
        int shift = 0;
        do
        {
            await ReadAsync(one);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        } while (one[0] >= 0x80);
        byte[] body = new byte[length];
        await Within.LimitAsync(_stream.ReadExactlyAsync(body).AsTask(), "the body of a packet");
        return new Packet(first, body, Version);
    }

    private async Task<int> ReadAsync(byte[] one)
    {
        try
        {
            return await Within.LimitAsync(_stream.ReadAsync(one).AsTask(), "a packet from the gateway");
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
