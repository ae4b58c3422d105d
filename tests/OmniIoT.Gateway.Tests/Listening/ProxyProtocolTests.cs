using System.Buffers.Binary;
using System.Net;
using OmniIoT.Gateway.Listening;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Listening;

/// <summary>Behind a load balancer: PROXY protocol version 2, section 2.2.</summary>
public sealed class ProxyProtocolTests
{
    private static readonly byte[] Signature = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    [Theory]
    [InlineData("192.0.2.7", 0x11)]
    [InlineData("2001:db8::7", 0x21)]
    public void A_whole_header_names_the_client_and_what_follows_stays(string address, byte family)
    {
        ReadOnlySequence<byte> buffer = new([.. Header(IPAddress.Parse(address), family), 1, 2, 3]);

        Assert.Equal(ProxyHeaderState.Complete, ProxyHeader.TryRead(ref buffer, out IPEndPoint? source));

        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), 50_000), source);
        Assert.Equal([1, 2, 3], buffer.ToArray());
    }

    [Fact]
    public void Every_part_of_a_header_is_incomplete()
    {
        byte[] header = Header(IPAddress.Parse("192.0.2.7"), 0x11);
        for (int length = 0; length < header.Length; length++)
        {
            ReadOnlySequence<byte> buffer = new(header.AsMemory(0, length));
            Assert.Equal(ProxyHeaderState.Incomplete, ProxyHeader.TryRead(ref buffer, out _));
        }
    }

    [Theory]
    [InlineData(0, 0x0E)] // signature
    [InlineData(12, 0x11)] // version 1
    [InlineData(12, 0x22)] // unknown command
    [InlineData(14, 0xFF)] // endless
    public void A_broken_header_is_invalid(int at, byte value)
    {
        byte[] header = Header(IPAddress.Parse("192.0.2.7"), 0x11);
        header[at] = value;
        ReadOnlySequence<byte> buffer = new(header);

        Assert.Equal(ProxyHeaderState.Invalid, ProxyHeader.TryRead(ref buffer, out _));
    }

    [Fact]
    public void A_balancers_own_connection_names_no_client()
    {
        byte[] header = Header(IPAddress.Parse("192.0.2.7"), 0x11);
        header[12] = 0x20;
        ReadOnlySequence<byte> buffer = new(header);

        Assert.Equal(ProxyHeaderState.Complete, ProxyHeader.TryRead(ref buffer, out IPEndPoint? source));
        Assert.Null(source);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_address_in_the_header_is_the_clients(bool kestrel)
    {
        await using GatewayHost host = await StartAsync(kestrel);
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.SendAsync(Header(IPAddress.Parse("192.0.2.7"), 0x11));
        await client.SendAsync(new ConnectPacket(V5, "c1") { UserName = "press-7", Password = "s3cret"u8.ToArray() }.Encode);

        Assert.Equal(ReasonCode.Success, (await client.ReceiveAsync()).AsConnAck().ReasonCode);
        Assert.Equal("192.0.2.7", (await host.Ingress.NextAsync<SessionOpened>()).Notice.Address);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_connection_without_a_header_is_closed(bool kestrel)
    {
        await using GatewayHost host = await StartAsync(kestrel);
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.SendAsync(new ConnectPacket(V5, "c1").Encode);

        await client.ExpectClosedAsync();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Who_is_no_balancer_of_ours_cannot_choose_an_address(bool kestrel)
    {
        await using GatewayHost host = await StartAsync(kestrel, new TrustedProxies([IPNetwork.Parse("192.0.2.0/24")]));
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("192.0.2.7", false)]
    public void The_machine_itself_is_trusted_unless_it_is_told_otherwise(string address, bool isTrusted) =>
        Assert.Equal(isTrusted, TrustedProxies.Loopback.Contains(new IPEndPoint(IPAddress.Parse(address), 1)));

    private static Task<GatewayHost> StartAsync(bool kestrel, TrustedProxies? proxies = null)
    {
        TrustedProxies trusted = proxies ?? TrustedProxies.Loopback;
        return kestrel
            ? GatewayHost.StartAsync(listening: listen => listen.UseProxyProtocol(trusted))
            : GatewayHost.StartAsync(proxies: trusted);
    }

    private static byte[] Header(IPAddress source, byte family)
    {
        byte[] address = source.GetAddressBytes();
        byte[] header =
        [
            .. Signature,
            0x21,
            family,
            0,
            (byte)((2 * address.Length) + 4 + 3),
            .. address,
            .. address,
            0,
            0,
            0,
            0,
            0x04,
            0,
            0,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(16 + (2 * address.Length)), 50_000);
        return header;
    }
}
