using System.Buffers;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>What the client does when a server breaks off or breaks the rules.</summary>
public sealed class MqttClientRecoveryTests
{
    private static readonly ConnAckPacket NewSession = new(ReasonCode.Success);
    private static readonly ConnAckPacket OldSession = new(ReasonCode.Success, SessionPresent: true);

    [Fact]
    [
        Statement("MQTT-2.2.1-5", ProtocolVersion.V5),
        Statement("MQTT-4.3.2-2", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-2", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-4", ProtocolVersion.V5),
        Statement("MQTT-4.4.0-2", ProtocolVersion.V5),
        Statement("MQTT-2.3.1-6", ProtocolVersion.V311)
    ]
    public async Task What_the_cut_connection_did_not_acknowledge_is_sent_again()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options);
        client.Start();
        ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);
        Task<ReasonCode> first = client.PublishAsync("a", Clients.Text("1"), QualityOfService.AtLeastOnce);
        Task<ReasonCode> second = client.PublishAsync("a", Clients.Text("2"), QualityOfService.ExactlyOnce);
        await peer.ExpectAsync("PUBLISH topic=a qos=1 id=1");
        await peer.ExpectAsync("PUBLISH topic=a qos=2 id=2");
        await peer.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubRec, 2));
        await peer.ExpectAsync("PUBREL id=2");
        peer.Dispose();

        using ScriptedServer.Peer again = await server.AcceptAsync(OldSession);
        await again.ExpectAsync("PUBLISH topic=a qos=1 dup id=1");
        await again.ExpectAsync("PUBREL id=2 Success");
        await again.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubAck, 1, ReasonCode.QuotaExceeded));
        await again.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubComp, 2));

        Assert.Equal(ReasonCode.QuotaExceeded, await Clients.WithPatience(first, "PUBACK"));
        Assert.Equal(ReasonCode.Success, await Clients.WithPatience(second, "PUBCOMP"));
        client.Abort();
    }

    [Fact]
    [
        Statement("MQTT-3.14.4-1", ProtocolVersion.V5),
        Statement("MQTT-3.14.4-2", ProtocolVersion.V5),
        Statement("MQTT-4.13.2-1", ProtocolVersion.V5)
    ]
    public async Task A_malformed_packet_is_answered_with_its_reason_and_the_end()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { Reconnect = false });
        Task<ConnectionLoss> lost = Clients.NextLoss(client);
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);

        await peer.SendAsync(output => output.Write<byte>([0x36, 0x03, 0x00, 0x01, (byte)'a']));

        await peer.ExpectAsync("DISCONNECT MalformedPacket");
        await peer.ExpectAsync("(closed)");
        Assert.Equal(ReasonCode.MalformedPacket, Assert.IsType<MqttProtocolException>((await lost).Error).ReasonCode);
    }

    [Fact]
    public async Task The_servers_goodbye_is_reported_with_its_reason()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { Reconnect = false });
        Task<ConnectionLoss> lost = Clients.NextLoss(client);
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);

        await peer.SendAsync(output => new DisconnectPacket(ReasonCode.SessionTakenOver).Encode(ProtocolVersion.V5, output));

        Assert.Equal(new ConnectionLoss(false, ReasonCode.SessionTakenOver, null), await lost);
    }

    [Fact]
    public async Task A_subscription_fails_when_the_connection_is_lost_before_the_answer()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { Reconnect = false });
        Task<ConnAckPacket> connected = Clients.NextConnection(client);
        client.Start();
        ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);
        await connected;

        Task<ReasonCode> subscribed = client.SubscribeAsync("a");
        await peer.ExpectAsync("SUBSCRIBE");
        peer.Dispose();

        await Assert.ThrowsAsync<MqttClientException>(() => Clients.WithPatience(subscribed, "the failure"));
    }

    [Fact]
    [
        Statement("MQTT-3.2.2-11", ProtocolVersion.V5),
        Statement("MQTT-3.2.2-14", ProtocolVersion.V5),
        Statement("MQTT-3.2.2-15", ProtocolVersion.V5)
    ]
    public async Task The_servers_limits_are_kept()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options);
        Task<ConnAckPacket> connected = Clients.NextConnection(client);
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(
            NewSession with
            {
                Properties = new PacketProperties
                {
                    MaximumQos = QualityOfService.AtLeastOnce,
                    RetainAvailable = false,
                    MaximumPacketSize = 50,
                },
            }
        );
        await connected;

        MqttClientException[] refusals = new[]
        {
            await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("a", default, QualityOfService.ExactlyOnce)),
            await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("a", default, retain: true)),
            await Assert.ThrowsAsync<MqttClientException>(() => client.PublishAsync("a", new byte[50])),
        };

        Assert.Equal(
            [ReasonCode.QosNotSupported, ReasonCode.RetainNotSupported, ReasonCode.PacketTooLarge],
            refusals.Select(refusal => refusal.ReasonCode)
        );
        client.Abort();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(100) });

        MqttClientException error = await Assert.ThrowsAsync<MqttClientException>(() => client.ConnectAsync());

        Assert.Equal("No connection within 00:00:00.1000000.", error.Message);
    }

    [Fact]
    public async Task A_server_that_does_not_close_after_a_goodbye_is_left_in_time()
    {
        using ScriptedServer server = new();
        MqttClient client = Clients.Create(
            server.Options with
            {
                DisconnectTimeout = TimeSpan.FromMilliseconds(100),
                ConnectTimeout = TimeSpan.FromMinutes(10),
            }
        );
        Task<ConnAckPacket> connected = client.ConnectAsync();
        using ScriptedServer.Peer silent = await server.AcceptAsync(NewSession);
        await connected;

        await Clients.WithPatience(LeaveAsync(), "the end of the goodbye");

        await silent.ExpectAsync("DISCONNECT");

        async Task<bool> LeaveAsync()
        {
            await client.DisposeAsync();
            return true;
        }
    }
}
