using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>What a sound CONNECT may look like, and what its answer must be.</summary>
public sealed class ConnectPayloadTests
{
    [Theory]
    [InlineData(V311, "10 ( s:MQTT 04 ee 000a s:c s:devices/press-7/w s:bye s:press-7 s:s3cret )")]
    [InlineData(V5, "10 ( s:MQTT 05 ee 000a ( ) s:c ( ) s:devices/press-7/w s:bye s:press-7 s:s3cret )")]
    [
        Statement("MQTT-3.1.3-1", V311),
        Statement("MQTT-3.1.2-9", V311),
        Statement("MQTT-3.1.3-1", V5),
        Statement("MQTT-3.1.2-7", V5),
        Statement("MQTT-3.1.2-9", V5)
    ]
    [Statement("MQTT-3.1.4-4", V311), Statement("MQTT-3.1.4-5", V5)]
    public async Task A_CONNECT_with_everything_is_read_in_its_order(ProtocolVersion version, string notation)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendRawAsync(notation);
        Packet answer = await client.ExpectAsync(PacketType.ConnAck);
        client.Break();
        await host.Ingress.MessagesAsync(1);

        Assert.Equal([0, 0], answer.Body[..2]);
        Assert.Equal(
            ("devices/press-7/w", "bye", 1),
            Assert.Single(host.Ingress.Messages) is var will ? (will.Topic, Encoding.UTF8.GetString(will.Payload), will.Qos) : default
        );
    }

    [Theory]
    [InlineData(V311, "a"), InlineData(V5, "a")]
    [InlineData(V311, "0123456789abcdefghijklm"), InlineData(V5, "0123456789abcdefghijklm")]
    [InlineData(V311, "nopqrstuvwxyzABCDEFGHIJ"), InlineData(V5, "KLMNOPQRSTUVWXYZ")]
    [Statement("MQTT-3.1.3-5", V311), Statement("MQTT-3.1.3-5", V5)]
    public async Task Client_ids_that_every_server_must_take_are_taken(ProtocolVersion version, string clientId)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, clientId);
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.3-9", V311), Statement("MQTT-3.1.3-8", V5)]
    public async Task A_client_id_that_is_too_long_is_refused(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, version, new string('x', 257));

        Assert.Equal(ReasonCode.ClientIdentifierNotValid, answer.ReasonCode);
        await client.ExpectClosedAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task In_laboratory_mode_a_client_id_may_be_as_long_as_text_can_be(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, new string('x', 65_535));
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.4-5", V311), Statement("MQTT-3.1.4-6", V5), Statement("MQTT-3.2.2-4", V311), Statement("MQTT-3.2.2-6", V5)]
    public async Task What_follows_a_refused_CONNECT_has_no_effect(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendAsync(output =>
        {
            new ConnectPacket(version, "c") { UserName = "press-7", Password = "wrong"u8.ToArray() }.Encode(output);
            PublishWriter.Write(output, version, "devices/press-7/telemetry"u8, "{}"u8);
            PingPacket.EncodeRequest(output);
        });
        Packet answer = Assert.Single(await client.ReceiveToEndAsync());

        Assert.Equal((PacketType.ConnAck, 0), (answer.Type, answer.Body[0]));
        Assert.Empty(host.Ingress.Messages);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.2.0-2", V5),
        Statement("MQTT-3.2.2-1", V5),
        Statement("MQTT-3.2.0-1", V311),
        Statement("MQTT-3.2.0-1", V5),
        Statement("MQTT-3.1.4-5", V5)
    ]
    public async Task What_comes_with_CONNECT_is_answered_after_the_one_CONNACK(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendAsync(output =>
        {
            new ConnectPacket(version, "c").Encode(output);
            new SubscribePacket(1, [new Subscription(TopicFilter.Parse("t"), QualityOfService.AtMostOnce)]).Encode(version, output);
            PublishWriter.Write(output, version, "t"u8, "x"u8);
            PingPacket.EncodeRequest(output);
            new DisconnectPacket().Encode(version, output);
        });
        IReadOnlyList<Packet> packets = await client.ReceiveToEndAsync();

        Assert.Equal(PacketType.ConnAck, packets[0].Type);
        Assert.Equal([PacketType.Publish, PacketType.SubAck, PacketType.PingResp], packets.Skip(1).Select(packet => packet.Type).Order());
        Assert.Equal(0, packets[0].Body[0] & 0xFE);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.2.2-1", V311),
        Statement("MQTT-3.2.2-3", V311),
        Statement("MQTT-3.2.2-2", V5),
        Statement("MQTT-3.2.2-3", V5),
        Statement("MQTT-3.1.2-6", V5),
        Statement("MQTT-3.1.3-2", V5),
        Statement("MQTT-3.1.3-2", V311),
        Statement("MQTT-3.1.4-3", V311),
        Statement("MQTT-3.1.4-4", V5)
    ]
    public async Task Session_present_tells_whether_there_is_one_of_this_client_id(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        List<bool> present = [];
        foreach ((string id, bool clean) in ((string, bool)[])[("a", false), ("a", false), ("b", false), ("a", true), ("a", false)])
        {
            (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, version, id, clean);
            present.Add(answer.SessionPresent);
            await client.DisconnectAsync();
            await client.ExpectClosedAsync();
        }

        Assert.Equal([false, true, false, false, false], present);
    }

    [Fact]
    [Statement("MQTT-3.1.3-6", V5), Statement("MQTT-3.1.3-7", V5), Statement("MQTT-3.2.2-16", V5)]
    public async Task Assigned_client_ids_differ_and_can_be_used_to_come_back()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        (WireClient first, ConnAckPacket one) = await WireClient.TryConnectAsync(host, V5, "", clean: false);
        (WireClient second, ConnAckPacket two) = await WireClient.TryConnectAsync(host, V5, "");
        await first.DisconnectAsync();
        await first.ExpectClosedAsync();

        (WireClient back, ConnAckPacket again) = await WireClient.TryConnectAsync(
            host,
            V5,
            one.Properties.AssignedClientIdentifier!,
            clean: false
        );

        Assert.NotEqual(one.Properties.AssignedClientIdentifier, two.Properties.AssignedClientIdentifier);
        Assert.True(again.SessionPresent);
        await back.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.2-28", V5)]
    public async Task Response_information_is_given_to_who_asks_for_it_only()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        List<string?> given = [];
        foreach (bool? asked in (bool?[])[null, false, true])
        {
            (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
                host,
                V5,
                "c",
                with: packet =>
                    packet with
                    {
                        UserName = "press-7",
                        Password = "s3cret"u8.ToArray(),
                        Properties = new PacketProperties { RequestResponseInformation = asked },
                    }
            );
            given.Add(answer.Properties.ResponseInformation);
            await client.DisposeAsync();
        }

        Assert.Equal([null, null, "devices/press-7/"], given);
    }

    [Fact]
    [Statement("MQTT-4.12.0-6", V5), Statement("MQTT-4.12.0-7", V5)]
    public async Task AUTH_without_a_method_ends_the_connection_and_none_is_ever_sent()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, V5, "c");

        await client.SendAsync(output =>
            new AuthPacket(ReasonCode.ReAuthenticate) { Properties = new PacketProperties { AuthenticationMethod = "m" } }.Encode(output)
        );

        Assert.Null(answer.Properties.AuthenticationMethod);
        await client.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task CONNACK_stands_byte_by_byte_as_conformance_suites_expect()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.SendRawAsync("10 ( s:MQTT 05 02 003d ( ) s:c )");
        Packet answer = await client.ExpectAsync(PacketType.ConnAck);

        Assert.Equal("0000" + "0e" + "13003c" + "22000a" + "27001e8480" + "210014", Convert.ToHexStringLower(answer.Body));
    }
}
