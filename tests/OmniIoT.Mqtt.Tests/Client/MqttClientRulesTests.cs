using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>What the statement asks of a client, against a server that says what the test tells it.</summary>
public sealed class MqttClientRulesTests
{
    private static readonly ConnAckPacket NewSession = new(ReasonCode.Success);
    private static readonly ConnAckPacket OldSession = new(ReasonCode.Success, SessionPresent: true);

    [Fact]
    [Statement("MQTT-3.1.2-21", ProtocolVersion.V5), Statement("MQTT-3.2.2-21", ProtocolVersion.V5)]
    public async Task The_servers_keep_alive_replaces_ones_own()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { KeepAlive = TimeSpan.FromHours(1) });
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(
            NewSession with
            {
                Properties = new PacketProperties { ServerKeepAliveSeconds = 1 },
            }
        );

        await peer.ExpectAsync("PINGREQ");
        client.Abort();
    }

    [Fact]
    [
        Statement("MQTT-3.2.2-4", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-4", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-6", ProtocolVersion.V311)
    ]
    public async Task A_session_that_the_client_does_not_have_ends_the_connection()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { CleanStart = true, Reconnect = false });
        Task<ConnAckPacket> connecting = client.ConnectAsync();
        using ScriptedServer.Peer peer = await server.AcceptAsync(OldSession);

        await Assert.ThrowsAnyAsync<Exception>(() => Clients.WithPatience(connecting, "the failure"));
        await peer.ExpectAsync("(closed)");
    }

    [Fact]
    [Statement("MQTT-3.3.4-6", ProtocolVersion.V5)]
    public async Task A_subscription_identifier_is_not_published()
    {
        await using MqttClient client = Clients.Create(new MqttClientOptions { Host = "127.0.0.1", ClientId = "c" });

        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.PublishAsync("a", default, properties: new PacketProperties { SubscriptionIdentifiers = [1] })
        );
    }

    [Fact]
    [Statement("MQTT-3.3.4-8", ProtocolVersion.V5), Statement("MQTT-4.9.0-3", ProtocolVersion.V5)]
    public async Task A_full_window_delays_nothing_but_PUBLISH()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options);
        Task<ConnAckPacket> connected = Clients.NextConnection(client);
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(
            NewSession with
            {
                Properties = new PacketProperties { ReceiveMaximum = 1 },
            }
        );
        await connected;
        Task<ReasonCode> first = client.PublishAsync("a", Clients.Text("1"), QualityOfService.AtLeastOnce);
        Task<ReasonCode> second = client.PublishAsync("a", Clients.Text("2"), QualityOfService.AtLeastOnce);
        await peer.ExpectAsync("PUBLISH topic=a qos=1 id=1");

        Task<ReasonCode> subscribed = client.SubscribeAsync("b");
        await peer.ExpectAsync("SUBSCRIBE");
        await peer.SendAsync(output =>
            PublishWriter.Write(output, ProtocolVersion.V5, "b"u8, default, QualityOfService.AtLeastOnce, packetIdentifier: 9)
        );
        await peer.ExpectAsync("PUBACK id=9 Success");
        await peer.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubAck, 1));
        await peer.ExpectAsync("PUBLISH topic=a qos=1 id=");

        Assert.Equal(ReasonCode.Success, await Clients.WithPatience(first, "PUBACK"));
        Assert.False(second.IsCompleted);
        Assert.False(subscribed.IsCompleted);
        client.Abort();
    }

    [Fact]
    [
        Statement("MQTT-4.6.0-2", ProtocolVersion.V5),
        Statement("MQTT-4.6.0-3", ProtocolVersion.V5),
        Statement("MQTT-4.6.0-4", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-4.6.0-2", ProtocolVersion.V311),
        Statement("MQTT-4.6.0-3", ProtocolVersion.V311),
        Statement("MQTT-4.6.0-4", ProtocolVersion.V311)
    ]
    public async Task Acknowledgements_come_in_the_order_of_what_they_answer()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options);
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);
        foreach (QualityOfService qos in new[] { QualityOfService.ExactlyOnce, QualityOfService.ExactlyOnce })
            _ = client.PublishAsync("a", default, qos);
        await peer.ExpectAsync("PUBLISH topic=a qos=2 id=1");
        await peer.ExpectAsync("PUBLISH topic=a qos=2 id=2");

        foreach (ushort identifier in (ushort[])[2, 1])
            await peer.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubRec, identifier));
        await peer.ExpectAsync("PUBREL id=2");
        await peer.ExpectAsync("PUBREL id=1");
        await peer.SendAsync(output =>
        {
            foreach (ushort identifier in (ushort[])[8, 5, 7])
                PublishWriter.Write(
                    output,
                    ProtocolVersion.V5,
                    "b"u8,
                    default,
                    identifier == 5 ? QualityOfService.AtLeastOnce : QualityOfService.ExactlyOnce,
                    packetIdentifier: identifier
                );
        });

        foreach (string? expected in new[] { "PUBREC id=8", "PUBACK id=5", "PUBREC id=7" })
            await peer.ExpectAsync(expected);
        client.Abort();
    }

    [Fact]
    [
        Statement("MQTT-4.3.2-5", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-9", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-12", ProtocolVersion.V5)
    ]
    public async Task After_the_exchange_an_identifier_means_a_new_message()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options with { AcknowledgeAutomatically = false });
        int received = 0;
        client.MessageHandler = (message, _) =>
        {
            received++;
            message.Acknowledge(received == 3 ? ReasonCode.QuotaExceeded : ReasonCode.Success);
            return ValueTask.CompletedTask;
        };
        client.Start();
        using ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);

        foreach (
            (int qos, string? answer) in new[]
            {
                (1, "PUBACK id=4 Success"),
                (1, "PUBACK id=4 Success"),
                (2, "PUBREC id=4 QuotaExceeded"),
                (2, "PUBREC id=4 Success"),
            }
        )
        {
            await peer.SendAsync(output =>
                PublishWriter.Write(
                    output,
                    ProtocolVersion.V5,
                    "b"u8,
                    default,
                    new PublishFlags((QualityOfService)qos, Dup: true),
                    packetIdentifier: 4
                )
            );
            await peer.ExpectAsync(answer);
        }

        Assert.Equal(4, received);
        client.Abort();
    }

    [Fact]
    [Statement("MQTT-4.3.3-7", ProtocolVersion.V5), Statement("MQTT-4.3.3-13", ProtocolVersion.V5)]
    public async Task What_was_sent_is_sent_again_however_short_its_expiry()
    {
        using ScriptedServer server = new();
        await using MqttClient client = Clients.Create(server.Options);
        client.Start();
        ScriptedServer.Peer peer = await server.AcceptAsync(NewSession);
        _ = client.PublishAsync(
            "a",
            default,
            QualityOfService.ExactlyOnce,
            properties: new PacketProperties { MessageExpiryIntervalSeconds = 0 }
        );
        await peer.ExpectAsync("PUBLISH topic=a qos=2 id=1");
        peer.Dispose();

        using ScriptedServer.Peer again = await server.AcceptAsync(OldSession);
        await again.ExpectAsync("PUBLISH topic=a qos=2 dup id=1");
        await again.SendAsync(output => AckWriter.Write(output, ProtocolVersion.V5, PacketType.PubRec, 1));
        await again.ExpectAsync("PUBREL id=1");
        client.Abort();
    }
}
