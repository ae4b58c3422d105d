using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Sessions;

/// <summary>What goes wrong with one session or dialect costs the others nothing.</summary>
public sealed class FaultTests
{
    private const string Topic = "devices/press-7/twin/desired";

    private const int ConnectionFailed = 2005;
    private const int HeartbeatFailed = 2006;
    private const int DialectFailed = 2014;
    private const int WillFailed = 2015;
    private const int DeliveryFailed = 2016;

    [Fact]
    public async Task A_session_that_fails_loses_its_connection_and_the_others_get_their_messages()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.ExpectedErrors.Add(DeliveryFailed);
        await using WireClient broken = await WireClient.DeviceAsync(host, V5, "broken");
        await using WireClient sound = await WireClient.DeviceAsync(host, V5, "sound");
        Dictionary<string, Session> sessions = host
            .Connections.All()
            .ToDictionary(connection => connection.Session.ClientId, connection => connection.Session);
        PublishBatch batch = host.Batches.Open(sessions["sound"].Scope, null);
        batch.Inbound.Add("devices/press-7/x"u8, "hello"u8, 0, 0);
        MessageExtras extras = new([], null, null);
        DeliveryTerms terms = new(0, false, []);
        batch.AddDelivery(new Delivery(sessions["broken"], MessageIndex: 99, null, extras, terms)); // There is no such message.
        batch.AddDelivery(new Delivery(sessions["sound"], MessageIndex: 0, null, extras, terms));

        batch.Complete();

        Assert.Equal("hello", (await sound.ReceivePublishAsync()).Payload);
        await broken.ExpectEndAsync(ReasonCode.UnspecifiedError);
    }

    [Fact]
    public async Task A_session_that_cannot_take_a_downlink_loses_its_connection_and_the_others_get_it()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(dialect: new BrokenDialect { FindsWords = true });
        host.ExpectedErrors.UnionWith([DialectFailed, HeartbeatFailed, DeliveryFailed]);
        await using WireClient broken = await WireClient.DeviceAsync(host, V5, "broken");
        await broken.SubscribeAsync("broken/said");
        await using WireClient sound = await WireClient.DeviceAsync(host, V5, "sound");
        await sound.SubscribeAsync(Topic, qos: 1);

        Assert.Equal(1, await host.Downlinks.PublishAsync(Desired("{}"), CancellationToken.None));

        Assert.Equal("{}", (await sound.ReceivePublishAsync()).Payload);
        await broken.ExpectEndAsync(ReasonCode.UnspecifiedError);
    }

    [Fact]
    public async Task A_dialect_that_fails_costs_nobody_a_downlink()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(dialect: new BrokenDialect());
        host.ExpectedErrors.UnionWith([DialectFailed, HeartbeatFailed]);
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await device.SubscribeAsync(Topic, qos: 1);

        Assert.Equal(1, await host.Downlinks.PublishAsync(Desired("{}"), CancellationToken.None));

        Assert.Equal("{}", (await device.ReceivePublishAsync()).Payload);
    }

    [Fact]
    public async Task A_dialect_that_fails_does_not_keep_the_heart_from_beating()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(time: time, dialect: new BrokenDialect());
        host.ExpectedErrors.UnionWith([DialectFailed, HeartbeatFailed]);
        await using (WireClient device = await WireClient.DeviceAsync(host, V5, clean: false))
        {
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
        }
        await host.ConnectionsAsync(0);
        Assert.Single(host.Store.AllSessions);

        time.Advance(TimeSpan.FromHours(1));
        await host.BeatAsync();

        await Poll.UntilAsync(() => host.Store.AllSessions.Count == 0, "no session");
    }

    [Fact]
    public async Task A_dialect_that_fails_at_the_end_does_not_keep_the_grain_from_being_told()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(dialect: new BrokenDialect());
        host.ExpectedErrors.UnionWith([DialectFailed, HeartbeatFailed, WillFailed]);
        WireClient device = await WireClient.DeviceAsync(
            host,
            V5,
            with: packet => packet with { Will = new("broken/will", "gone"u8.ToArray()) }
        );

        device.Break();

        Assert.Equal("c1", (await host.Ingress.NextAsync<SessionClosed>()).Notice.ClientId);
        await host.ConnectionsAsync(0);
        Assert.Equal(0, host.Counters.Connections);
    }

    [Fact]
    public async Task What_broke_off_within_a_burst_promised_nothing_to_anybody()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(dialect: new BrokenDialect());
        host.ExpectedErrors.UnionWith([DialectFailed, HeartbeatFailed, ConnectionFailed]);
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SendAsync(output =>
        {
            PublishWriter.Write(
                output,
                V5,
                "devices/press-7/x"u8,
                "kept"u8,
                new PublishFlags(QualityOfService.AtMostOnce, Retain: true),
                0,
                PacketProperties.None.Encode(PacketType.Publish)
            );
            PublishWriter.Write(
                output,
                V5,
                "broken/y"u8,
                "breaks"u8,
                QualityOfService.AtMostOnce,
                0,
                PacketProperties.None.Encode(PacketType.Publish)
            );
        });
        await device.ExpectEndAsync(ReasonCode.UnspecifiedError);

        await host.ConnectionsAsync(0);
        await using WireClient back = await WireClient.DeviceAsync(host, V5);
        await back.SubscribeAsync("devices/press-7/#");
        await back.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_retained_message_that_could_not_be_written_is_not_kept_in_memory()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Store.IsFull = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await host.Downlinks.PublishAsync(Desired("1"), CancellationToken.None)
        );
        host.Store.IsFull = false;
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SubscribeAsync(Topic, qos: 1);

        await device.ExpectNothingAsync();
    }

    [Theory, InlineData("2"), InlineData("")]
    public async Task A_retained_message_whose_successor_could_not_be_written_is_still_there(string successor)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await host.Downlinks.PublishAsync(Desired("1"), CancellationToken.None);
        host.Store.IsFull = true;
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await host.Downlinks.PublishAsync(Desired(successor), CancellationToken.None)
        );
        host.Store.IsFull = false;
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SubscribeAsync(Topic, qos: 1);

        Assert.Equal("1", (await device.ReceivePublishAsync()).Payload);
    }

    private static Downlink Desired(string payload) =>
        new()
        {
            Id = "1",
            Target = EntityId.Device("press-7"),
            Topic = Topic,
            Payload = Encoding.UTF8.GetBytes(payload),
            Retain = true,
            Reference = "desired:1",
            CreatedAt = new Instant(0),
            ExpiresAt = null,
        };
}
