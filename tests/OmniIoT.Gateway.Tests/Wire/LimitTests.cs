using Microsoft.Extensions.Time.Testing;
using OmniIoT.Domain;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>What one client, one address and one principal may take of the gateway.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Connections_of_one_address_are_limited_and_make_room_as_they_end()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            new MqttGatewayOptions { MaximumConnectionsPerAddress = 2, LimitsLoopback = true }
        );
        await using WireClient first = await WireClient.DeviceAsync(host, V5, "c1");
        await using WireClient second = await WireClient.DeviceAsync(host, V5, "c2");

        await using (WireClient third = await WireClient.OpenAsync(host, V5))
            await third.ExpectClosedAsync();
        await second.DisconnectAsync();
        await second.ExpectClosedAsync();
        await host.ConnectionsAsync(1);
        await using WireClient fourth = await WireClient.DeviceAsync(host, V5, "c4");

        await fourth.ExpectNothingAsync();
    }

    [Fact]
    public async Task Connections_in_all_are_limited()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { MaximumConnections = 1 });
        await using WireClient first = await WireClient.DeviceAsync(host, V5, "c1");

        await using WireClient second = await WireClient.OpenAsync(host, V5);

        await second.ExpectClosedAsync();
        await first.ExpectNothingAsync();
    }

    [Fact]
    public async Task Loopback_is_not_limited_by_default()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            new MqttGatewayOptions { MaximumConnectionsPerAddress = 1, BadSignInsPerAddress = 1 }
        );
        await RefuseAsync(host, ReasonCode.BadUserNameOrPassword);
        await RefuseAsync(host, ReasonCode.BadUserNameOrPassword);
        await using WireClient first = await WireClient.DeviceAsync(host, V5, "c1");
        await using WireClient second = await WireClient.DeviceAsync(host, V5, "c2");
    }

    [Fact]
    public async Task After_ten_bad_sign_ins_the_address_is_closed_for_a_minute_even_to_the_right_secret()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { LimitsLoopback = true }, time: time);
        for (int i = 0; i < 10; i++)
            await RefuseAsync(host, ReasonCode.BadUserNameOrPassword);

        int lookUps = host.Credentials.LookUps;
        await RefuseAsync(host, ReasonCode.Banned, secret: "s3cret");
        Assert.Equal(lookUps, host.Credentials.LookUps); // It costs no look-up, and so no hashing.
        time.Advance(TimeSpan.FromSeconds(60));

        await using WireClient device = await WireClient.DeviceAsync(host, V5);
    }

    [Fact]
    public async Task A_wrong_secret_locks_out_neither_other_names_of_the_address_nor_who_is_known()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            new MqttGatewayOptions { LimitsLoopback = true },
            time: FakeTime.AtNoon()
        );
        await using (WireClient known = await WireClient.DeviceAsync(host, V5, "known"))
            await known.DisconnectAsync();
        for (int i = 0; i < 10; i++)
            await RefuseAsync(host, ReasonCode.BadUserNameOrPassword);
        await RefuseAsync(host, ReasonCode.Banned, secret: "another");

        await using WireClient device = await WireClient.DeviceAsync(host, V5, "c1");
        await using WireClient neighbour = await WireClient.DeviceAsync(host, V5, "c2", device: "press-8");
    }

    [Fact]
    public async Task After_a_hundred_wrong_secrets_for_all_names_together_the_address_is_closed_to_every_name()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(
            new MqttGatewayOptions { LimitsLoopback = true },
            time: FakeTime.AtNoon()
        );
        for (int i = 0; i < 100; i++)
            await RefuseAsync(host, ReasonCode.BadUserNameOrPassword, user: $"guessed-{i}");

        await RefuseAsync(host, ReasonCode.Banned, secret: "s3cret");
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_topic_that_is_too_deep_is_refused(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { MaximumTopicLevels = 5 });
        await using WireClient device = await WireClient.DeviceAsync(host, version);
        Assert.Equal([ReasonCode.GrantedQos1], await device.SubscribeAsync("devices/press-7/a/b/c", qos: 1));
        Assert.True(Assert.Single(await device.SubscribeAsync("devices/press-7/a/b/c/d", qos: 1)).IsFailure());

        await device.PublishAsync("devices/press-7/a/b/c/d", "x", qos: 1, identifier: 7);

        if (version == V5)
            Assert.Equal(ReasonCode.TopicNameInvalid, (await device.ExpectAsync(PacketType.PubAck)).Reason);
        else
            await device.ExpectClosedAsync();
        Assert.Empty(host.Ingress.Messages);
    }

    [Fact]
    public async Task A_principal_that_publishes_too_fast_is_read_later_and_loses_nothing()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { MaximumMessagesPerSecond = 10 }, time: time);
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        ArrayBufferWriter<byte> burst = new();
        for (ushort i = 1; i <= 20; i++)
            PublishWriter.Write(burst, V5, "devices/press-7/telemetry"u8, "{}"u8, QualityOfService.AtLeastOnce, i, []);
        await device.SendAsync(burst.WrittenMemory); // In one go, so that it is read in one go.
        await host.Ingress.MessagesAsync(20);
        await using WireClient twin = await WireClient.DeviceAsync(host, V5, "c2"); // Another connection of the same principal.
        await twin.PublishAsync("devices/press-7/telemetry", "{}", qos: 1, identifier: 1);
        await twin.ExpectAsync(PacketType.PubAck);

        await twin.PublishAsync("devices/press-7/telemetry", "{}", qos: 1, identifier: 2);
        await using WireClient other = await WireClient.DeviceAsync(host, V5, "c3", device: "press-8"); // Meanwhile others are served.
        await other.PublishAsync("devices/press-8/telemetry", "{}", qos: 1, identifier: 1);
        await other.ExpectAsync(PacketType.PubAck);
        Assert.Equal(21, host.Ingress.Messages.Count(message => message.Principal == EntityId.Device("press-7")));
        time.Advance(TimeSpan.FromSeconds(3));

        await twin.ExpectAsync(PacketType.PubAck);
        await host.Ingress.MessagesAsync(23);
    }

    [Fact]
    public async Task What_a_principal_publishes_at_other_processes_counts_with_what_it_publishes_here()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        EntityId press = EntityId.Device("press-7");
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { MaximumMessagesPerSecond = 10 }, time: time);
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        TimeSpan first = host.Downlinks.CountPublished(press, 10);
        TimeSpan second = host.Downlinks.CountPublished(press, 10);
        await device.PublishAsync("devices/press-7/telemetry", "{}", qos: 1, identifier: 1);
        await device.ExpectAsync(PacketType.PubAck);
        await device.PublishAsync("devices/press-7/telemetry", "{}", qos: 1, identifier: 2);
        await using WireClient other = await WireClient.DeviceAsync(host, V5, "other", device: "press-8"); // Meanwhile others are served.
        await other.PublishAsync("devices/press-8/telemetry", "{}", qos: 1, identifier: 1);
        await other.ExpectAsync(PacketType.PubAck);

        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(1)), (first, second));
        Assert.Single(host.Ingress.Messages, message => message.Principal == press);
        time.Advance(TimeSpan.FromSeconds(3));
        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal(TimeSpan.Zero, host.Downlinks.CountPublished(EntityId.Device("not here"), 1000));
    }

    [Fact]
    public void The_rate_lets_a_second_of_messages_through_at_once_and_then_one_after_the_other()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        PublishRate rate = new(messagesPerSecond: 10, time);

        Assert.Equal(TimeSpan.Zero, rate.Take(10));
        Assert.Equal(TimeSpan.FromMilliseconds(100), rate.Take(1));
        Assert.Equal(TimeSpan.FromMilliseconds(300), rate.Take(2));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, rate.Take(10));
    }

    [Fact]
    public async Task What_waits_for_all_sessions_together_is_limited_and_what_is_dropped_is_counted()
    {
        const int Message = 256 * 1024;
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(
            MqttGatewayOptions.Laboratory with
            {
                MaximumQueuedBytesInAll = 1024 * 1024,
            }
        );
        using DroppedCount dropped = new(host);
        foreach (string sleeper in (string[])["s1", "s2"])
        {
            await using WireClient client = await WireClient.ConnectAsync(host, V5, sleeper, clean: false);
            await client.SubscribeAsync("big", qos: 1);
            await client.DisconnectAsync();
            await client.ExpectClosedAsync();
        }
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");

        for (ushort i = 1; i <= 4; i++)
        {
            await publisher.PublishAsync("big", new string('x', Message - 100), qos: 1, identifier: i);
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        Assert.InRange(host.Counters.QueuedBytes, 1, 1024 * 1024);
        Assert.Equal(4, dropped.Value);
    }

    private static async Task RefuseAsync(GatewayHost host, ReasonCode expected, string user = "press-7", string secret = "wrong")
    {
        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c1",
            with: packet => packet with { UserName = user, Password = System.Text.Encoding.UTF8.GetBytes(secret) }
        );
        await using (client)
            Assert.Equal(expected, answer.ReasonCode);
    }
}
