using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>Refusals in words, where the client wants them and its limits allow them.</summary>
public sealed class ReasonStringTests
{
    private const string Elsewhere = "devices/press-8/telemetry";

    [Fact]
    public async Task A_refused_sign_in_says_why_but_not_which_part_was_wrong()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        List<string?> reasons = [];
        foreach (string user in (string[])["press-7", "nobody"])
        {
            (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
                host,
                V5,
                "c",
                with: packet => packet with { UserName = user, Password = "wrong"u8.ToArray() }
            );
            reasons.Add(answer.Properties.ReasonString);
            await client.DisposeAsync();
        }

        Assert.All(reasons, reason => Assert.Equal("The user name or the password is wrong.", reason));
    }

    [Theory, InlineData(1, PacketType.PubAck), InlineData(2, PacketType.PubRec)]
    public async Task A_refused_message_says_why(int qos, PacketType answer)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.PublishAsync(Elsewhere, "{}", qos, identifier: 1);
        Packet packet = await device.ExpectAsync(answer);

        Assert.Contains("root", ReasonOf(packet), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_subscription_names_the_filter()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SendRawAsync("82 ( 0001 ( ) s:devices/press-7/# 00 s:devices/+/x 00 )");
        SubAckPacket answer = (await device.ExpectAsync(PacketType.SubAck)).AsSubAck();

        Assert.Equal([ReasonCode.Success, ReasonCode.NotAuthorized], answer.ReasonCodes);
        Assert.Equal("'devices/+/x' reaches beyond 'devices/press-7/'.", answer.Properties.ReasonString);
    }

    [Fact]
    [Statement("MQTT-3.14.2-2", V5)]
    public async Task A_DISCONNECT_by_the_gateway_says_why()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SendRawAsync("36 ( s:a 0001 00 )");
        DisconnectPacket goodbye = DisconnectPacket.Decode(V5, (await device.ExpectAsync(PacketType.Disconnect)).Body);

        Assert.Equal((ReasonCode.MalformedPacket, "QoS 3."), (goodbye.ReasonCode, goodbye.Properties.ReasonString));
        Assert.Null(goodbye.Properties.SessionExpiryIntervalSeconds);
    }

    [Fact]
    [Statement("MQTT-3.1.2-29", V5)]
    public async Task Who_asks_for_no_problem_information_gets_none()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(
            host,
            V5,
            with: packet => packet with { Properties = new PacketProperties { RequestProblemInformation = false } }
        );

        await device.PublishAsync(Elsewhere, "{}", qos: 1, identifier: 1);
        Packet acknowledgement = await device.ExpectAsync(PacketType.PubAck);
        await device.SendRawAsync("82 ( 0001 ( ) s:# 00 )");
        SubAckPacket subscription = (await device.ExpectAsync(PacketType.SubAck)).AsSubAck();
        await device.SendRawAsync("36 ( s:a 0001 00 )");
        Packet goodbye = await device.ExpectAsync(PacketType.Disconnect);

        Assert.Equal([0, 1, (byte)ReasonCode.NotAuthorized], acknowledgement.Body);
        Assert.Equal(PacketProperties.None, subscription.Properties);
        Assert.Equal([(byte)ReasonCode.MalformedPacket], goodbye.Body);
    }

    [Fact]
    [
        Statement("MQTT-3.4.2-2", V5),
        Statement("MQTT-3.5.2-2", V5),
        Statement("MQTT-3.9.2-1", V5),
        Statement("MQTT-3.14.2-3", V5),
        Statement("MQTT-3.1.2-24", V5)
    ]
    [Statement("MQTT-3.14.4-1", V5), Statement("MQTT-3.14.4-2", V5)]
    public async Task A_reason_string_is_left_out_where_the_packet_would_exceed_the_client_s_maximum()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(
            host,
            V5,
            with: packet => packet with { Properties = new PacketProperties { MaximumPacketSize = 24 } }
        );

        await device.PublishAsync(Elsewhere, "{}", qos: 1, identifier: 1);
        await device.PublishAsync(Elsewhere, "{}", qos: 2, identifier: 2);
        await device.SendRawAsync("82 ( 0001 ( ) s:# 00 )");
        await device.SendRawAsync("8f ( 0001 ( ) s:a 00 )");
        IReadOnlyList<Packet> packets = await device.ReceiveToEndAsync();

        Assert.Equal(
            [PacketType.PubAck, PacketType.PubRec, PacketType.SubAck, PacketType.Disconnect],
            packets.Select(packet => packet.Type)
        );
        Assert.Equal([3, 3, 4, 1], packets.Select(packet => packet.Body.Length));
    }

    [Fact]
    [Statement("MQTT-3.2.2-19", V5)]
    public async Task A_refusing_CONNACK_leaves_its_reason_out_where_the_client_s_maximum_is_small()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c",
            with: packet =>
                packet with
                {
                    UserName = "press-7",
                    Properties = new PacketProperties { MaximumPacketSize = 20 },
                }
        );

        Assert.Equal((ReasonCode.NotAuthorized, null), (answer.ReasonCode, answer.Properties.ReasonString));
        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.2-24", V5), Statement("MQTT-3.14.0-1", V5)]
    public async Task A_client_that_takes_no_packet_as_large_as_CONNACK_is_not_connected()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.SendAsync(
            new ConnectPacket(V5, "c")
            {
                UserName = "press-7",
                Password = "s3cret"u8.ToArray(),
                Properties = new PacketProperties { MaximumPacketSize = 10 },
            }.Encode
        );

        Assert.Empty(await client.ReceiveToEndAsync());
    }

    [Fact]
    [Statement("MQTT-3.1.2-24", V5)]
    public async Task An_answer_that_cannot_be_made_small_enough_ends_the_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            V5,
            "c",
            with: packet => packet with { Properties = new PacketProperties { MaximumPacketSize = 20 } }
        );

        await client.SendAsync(output =>
            new SubscribePacket(
                1,
                [.. Enumerable.Range(0, 30).Select(i => new Subscription(TopicFilter.Parse($"{i}"), QualityOfService.AtMostOnce))]
            ).Encode(V5, output)
        );

        await client.ExpectEndAsync(ReasonCode.PacketTooLarge);
    }

    private static string? ReasonOf(Packet packet) =>
        PacketProperties.Decode(AckView.Decode(V5, packet.Type, packet.Body).Properties).ReasonString;
}
