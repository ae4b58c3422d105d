using Microsoft.Extensions.Time.Testing;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Sessions;

public sealed class SessionTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-5", V5), Statement("MQTT-3.1.2-4", V311), Statement("MQTT-3.2.2-3", V5), Statement("MQTT-3.2.2-2", V311)]
    [Statement("MQTT-3.1.2-5", V311)]
    public async Task A_kept_session_survives_a_restart_with_subscriptions_and_queued_messages(ProtocolVersion version)
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.LaboratoryAsync(store: store))
        {
            await using WireClient client = await WireClient.ConnectAsync(host, version, "s", clean: false);
            await client.SubscribeAsync("t/+", qos: 2, identifier: version == V5 ? 7u : 0);
            await client.DisconnectAsync();
            await client.ExpectClosedAsync();
            await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
            await publisher.PublishAsync("t/1", "one", qos: 1, identifier: 1);
            await publisher.ExpectAsync(PacketType.PubAck);
            Assert.Single(store.AllMessages); // Committed before the publisher was told.
            await publisher.PublishAsync("t/2", "two", qos: 2, identifier: 2, properties: new PacketProperties { ContentType = "x/y" });
            await publisher.ExpectAsync(PacketType.PubRec);
        }
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: store);

        (WireClient back, ConnAckPacket answer) = await WireClient.TryConnectAsync(restarted, version, "s", clean: false);
        Received one = await back.ReceivePublishAsync();
        Received two = await back.ReceivePublishAsync();
        await using WireClient later = await WireClient.ConnectAsync(restarted, V5, "p");
        await later.PublishAsync("t/3", "three");
        Received three = await back.ReceivePublishAsync();

        Assert.True(answer.SessionPresent);
        Assert.Equal(("one", 1, false), (one.Payload, one.Qos, one.Dup));
        Assert.Equal(("two", 2, false), (two.Payload, two.Qos, two.Dup));
        Assert.Equal("three", three.Payload);
        Assert.Equal(version == V5 ? [7] : [], two.Properties.SubscriptionIdentifiers);
        Assert.Equal(version == V5 ? "x/y" : null, two.Properties.ContentType);
        await back.DisposeAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.4.0-1", V5), Statement("MQTT-4.4.0-1", V311), Statement("MQTT-3.3.1-1", V5)]
    [Statement("MQTT-4.6.0-1", V5), Statement("MQTT-3.3.1-1", V311), Statement("MQTT-4.6.0-1", V311)]
    public async Task What_was_not_acknowledged_is_sent_again_with_DUP_after_a_reconnect(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        WireClient client = await WireClient.ConnectAsync(host, version, "s", clean: false);
        await client.SubscribeAsync("t", qos: 2);
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await publisher.PublishAsync("t", "one", qos: 1, identifier: 1);
        await publisher.PublishAsync("t", "two", qos: 2, identifier: 2);
        await publisher.PublishAsync("t", "three", qos: 2, identifier: 3);
        Received[] first = [await client.ReceivePublishAsync(), await client.ReceivePublishAsync(), await client.ReceivePublishAsync()];
        await client.AcknowledgeAsync(PacketType.PubRec, first[1].Identifier);
        await client.ExpectAsync(PacketType.PubRel);
        client.Break();

        await using WireClient back = await WireClient.ConnectAsync(host, version, "s", clean: false);
        Received one = await back.ReceivePublishAsync();
        Packet release = await back.ExpectAsync(PacketType.PubRel);
        Received three = await back.ReceivePublishAsync();

        Assert.Equal(("one", true, first[0].Identifier), (one.Payload, one.Dup, one.Identifier));
        Assert.Equal(first[1].Identifier, release.Identifier);
        Assert.Equal(("three", true, first[2].Identifier), (three.Payload, three.Dup, three.Identifier));
        await back.AcknowledgeAsync(PacketType.PubAck, one.Identifier);
        await back.AcknowledgeAsync(PacketType.PubComp, release.Identifier);
        await back.AcknowledgeAsync(PacketType.PubRec, three.Identifier);
        await back.ExpectAsync(PacketType.PubRel);
        await back.AcknowledgeAsync(PacketType.PubComp, three.Identifier);
        await Poll.UntilAsync(() => host.Store.AllMessages.Count == 0, "an empty store");
    }

    [Fact]
    public async Task In_flight_messages_survive_a_restart_with_their_packet_identifiers()
    {
        MemoryStore store = new();
        Received before;
        await using (GatewayHost host = await GatewayHost.LaboratoryAsync(store: store))
        {
            await using WireClient client = await WireClient.ConnectAsync(host, V311, "s", clean: false);
            await client.SubscribeAsync("t", qos: 2);
            await client.PublishAsync("t", "one", qos: 2, identifier: 1);
            await client.ExpectAsync(PacketType.PubRec);
            before = await client.ReceivePublishAsync();
        }
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: store);

        await using WireClient back = await WireClient.ConnectAsync(restarted, V311, "s", clean: false);
        Received after = await back.ReceivePublishAsync();

        Assert.Equal((before.Identifier, "one", true), (after.Identifier, after.Payload, after.Dup));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-4", V5), Statement("MQTT-3.1.2-6", V311)]
    public async Task A_clean_start_forgets_everything(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s", clean: false);
        await client.SubscribeAsync("t", qos: 1);

        (WireClient clean, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, version, "s");
        await clean.PublishAsync("t", "x");
        await clean.ExpectNothingAsync();

        Assert.False(answer.SessionPresent);
        Assert.Empty(host.Store.AllSessions);
        await clean.DisposeAsync();
    }

    [Fact]
    [Statement("MQTT-4.1.0-1", V311)]
    public async Task A_session_of_a_clean_client_ends_with_its_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        WireClient client = await WireClient.ConnectAsync(host, V311, "s");
        await client.SubscribeAsync("t", qos: 1);
        client.Break();

        await Poll.UntilAsync(() => host.Sessions.Count == 0, "no session");
        Assert.Equal(0, host.Store.Commits);
    }

    [Fact]
    [Statement("MQTT-3.1.2-23", V5)]
    [Statement("MQTT-4.1.0-2", V5)]
    public async Task A_session_ends_when_its_expiry_is_over_and_not_earlier()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            V5,
            "s",
            clean: false,
            with: packet => packet with { Properties = new PacketProperties { SessionExpiryIntervalSeconds = 3 } }
        );
        await client.DisconnectAsync();
        await client.ExpectClosedAsync();

        time.Advance(TimeSpan.FromMilliseconds(2999));
        await host.BeatAsync();
        Assert.Single(host.Store.AllSessions);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await host.BeatAsync();

        await Poll.UntilAsync(() => host.Store.AllSessions.Count == 0, "no session");
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.1.0-1", V5), Statement("MQTT-4.1.0-2", V311)]
    public async Task A_session_lasts_as_long_as_its_connection_whatever_its_expiry(ProtocolVersion version)
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            version,
            "s",
            clean: true,
            with: packet => version == V5 ? packet with { Properties = new PacketProperties { SessionExpiryIntervalSeconds = 1 } } : packet
        );
        await client.SubscribeAsync("t", qos: 1);

        time.Advance(TimeSpan.FromDays(1));
        await host.BeatAsync();
        await client.PublishAsync("t", "x");

        Assert.Equal("x", (await client.ReceivePublishAsync()).Payload);
    }

    [Fact]
    public async Task A_session_expiry_beyond_the_maximum_is_shortened_and_told()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(
            MqttGatewayOptions.Laboratory with
            {
                MaximumSessionExpiry = TimeSpan.FromDays(7),
            }
        );

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "s",
            with: packet => packet with { Properties = new PacketProperties { SessionExpiryIntervalSeconds = uint.MaxValue } }
        );

        Assert.Equal(7u * 24 * 3600, answer.Properties.SessionExpiryIntervalSeconds);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task DISCONNECT_can_end_a_kept_session_but_not_begin_one()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient kept = await WireClient.ConnectAsync(host, V5, "kept", clean: false);
        await using WireClient unkept = await WireClient.ConnectAsync(host, V5, "unkept");

        await kept.SendAsync(output =>
            new DisconnectPacket { Properties = new PacketProperties { SessionExpiryIntervalSeconds = 0 } }.Encode(V5, output)
        );
        await kept.ExpectClosedAsync();
        await unkept.SendAsync(output =>
            new DisconnectPacket { Properties = new PacketProperties { SessionExpiryIntervalSeconds = 5 } }.Encode(V5, output)
        );

        await unkept.ExpectEndAsync(ReasonCode.ProtocolError);
        Assert.Empty(host.Store.AllSessions);
    }

    [Fact]
    public async Task A_full_queue_drops_what_comes_and_keeps_what_was_accepted()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(MqttGatewayOptions.Laboratory with { MaximumQueuedMessages = 3 });
        await using WireClient client = await WireClient.ConnectAsync(host, V311, "s", clean: false);
        await client.SubscribeAsync("t", qos: 1);
        await client.DisconnectAsync();
        await client.ExpectClosedAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V311, "p");
        for (ushort i = 1; i <= 5; i++)
        {
            await publisher.PublishAsync("t", $"{i}", qos: 1, identifier: i);
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        await using WireClient back = await WireClient.ConnectAsync(host, V311, "s", clean: false);
        for (int i = 1; i <= 3; i++)
            Assert.Equal($"{i}", (await back.ReceivePublishAsync()).Payload);
        await back.ExpectNothingAsync();
    }

    [Fact]
    public async Task QoS_0_messages_do_not_wait_for_a_client_that_is_away()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V311, "s", clean: false);
        await client.SubscribeAsync("t", qos: 1);
        await client.DisconnectAsync();
        await client.ExpectClosedAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V311, "p");
        await publisher.PublishAsync("t", "x");
        await publisher.ExpectNothingAsync();

        await using WireClient back = await WireClient.ConnectAsync(host, V311, "s", clean: false);
        await back.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-4.8.0-2", V311)]
    public async Task While_storage_is_full_a_kept_session_is_refused_and_later_accepted()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        host.Store.IsFull = true;

        (WireClient refused, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, V5, "s", clean: false);
        await refused.ExpectClosedAsync();
        host.Store.IsFull = false;
        await using WireClient accepted = await WireClient.ConnectAsync(host, V5, "s", clean: false);

        Assert.Equal(ReasonCode.ServerUnavailable, answer.ReasonCode);
        await accepted.ExpectNothingAsync();
    }

    [Fact]
    public async Task Retained_messages_survive_a_restart()
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.StartAsync(store: store))
        {
            await using WireClient device = await WireClient.DeviceAsync(host, V5);
            await device.PublishAsync("devices/press-7/state", "on", qos: 1, identifier: 1, retain: true);
            await device.ExpectAsync(PacketType.PubAck);
        }
        await using GatewayHost restarted = await GatewayHost.StartAsync(store: store);
        await using WireClient back = await WireClient.DeviceAsync(restarted, V311);

        await back.SubscribeAsync("devices/press-7/#");

        Assert.Equal(("on", true), ((await back.ReceivePublishAsync()) is var received) ? (received.Payload, received.Retain) : default);
    }
}
