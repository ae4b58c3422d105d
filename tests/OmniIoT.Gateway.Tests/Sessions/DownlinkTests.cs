using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Sessions;

public sealed class DownlinkTests
{
    private const string Topic = "devices/press-7/commands/42/request";

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_downlink_reaches_the_device_and_its_acknowledgement_reaches_the_grain(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);
        (EntityId grain, _) = await host.Ingress.NextAsync<SessionOpened>();
        await device.SubscribeAsync("devices/press-7/commands/+/request", qos: 1);
        await host.Ingress.NextAsync<DownlinksWanted>();

        int sessions = await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None);
        Received received = await device.ReceivePublishAsync();
        await device.AcknowledgeAsync(PacketType.PubAck, received.Identifier);
        (_, DownlinkProgress progress) = await host.Ingress.NextAsync<DownlinkProgress>();

        Assert.Equal(EntityId.Device("press-7"), grain);
        Assert.Equal(1, sessions);
        Assert.Equal((Topic, "{}", 1), (received.Topic, received.Payload, received.Qos));
        Assert.Equal(("command:42", true), (progress.Reference, progress.Acknowledged));
    }

    [Fact]
    public async Task A_downlink_waits_in_a_kept_session_over_a_restart_with_its_reference()
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.StartAsync(store: store))
        {
            await using WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);
            await device.SubscribeAsync("devices/press-7/#", qos: 1);
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
            Assert.Equal(1, await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None));
        }
        await using GatewayHost restarted = await GatewayHost.StartAsync(store: store);
        await using WireClient back = await WireClient.DeviceAsync(restarted, V5, clean: false);

        Received received = await back.ReceivePublishAsync();
        Assert.Equal(["command:42"], (await restarted.Ingress.NextAsync<DownlinksWanted>()).Notice.Held);
        await back.AcknowledgeAsync(PacketType.PubAck, received.Identifier);

        Assert.Equal("command:42", (await restarted.Ingress.NextAsync<DownlinkProgress>()).Notice.Reference);
        Assert.Empty(store.AllMessages);
    }

    [Fact]
    public async Task A_hand_over_that_is_repeated_while_the_session_holds_the_downlink_changes_nothing()
    {
        MemoryStore store = new();
        await using GatewayHost host = await GatewayHost.StartAsync(store: store);
        await using (WireClient device = await WireClient.DeviceAsync(host, V5, clean: false))
        {
            await device.SubscribeAsync("devices/press-7/#", qos: 1);
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
        }

        int first = await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None);
        int second = await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None);

        Assert.Equal((1, 1), (first, second));
        Assert.Single(store.AllMessages);
        Assert.Equal(["1"], store.Dequeued); // In the commit of the hand-over, so that a crash repeats nothing.
    }

    [Fact]
    public async Task A_hand_over_that_is_repeated_before_the_device_acknowledged_it_changes_nothing()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        await device.SubscribeAsync("devices/press-7/#", qos: 1);

        int first = await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None);
        int second = await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None);

        Assert.Equal((1, 1), (first, second));
        await device.ReceivePublishAsync();
        await device.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_downlink_waits_until_sessions_are_restored()
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.StartAsync(store: store))
        {
            await using WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);
            await device.SubscribeAsync("devices/press-7/#", qos: 1);
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
        }

        Task<int>? early = null;
        await using GatewayHost restarted = await GatewayHost.StartAsync(
            store: store,
            beforeStart: host => early = host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None).AsTask()
        );

        Assert.Equal(1, await Within.LimitAsync(early!));
    }

    [Fact]
    public async Task A_downlink_that_nobody_wants_reaches_no_session()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        Assert.Equal(0, await host.Downlinks.PublishAsync(Command(retain: false), CancellationToken.None));
        await device.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_retained_downlink_waits_for_who_subscribes_later()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await host.Downlinks.PublishAsync(Command(retain: true), CancellationToken.None);
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SubscribeAsync("devices/press-7/commands/#", qos: 1);

        Assert.True((await device.ReceivePublishAsync()).Retain);
    }

    [Fact]
    public async Task A_principal_whose_credentials_end_is_disconnected()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await using WireClient other = await WireClient.DeviceAsync(host, V5, device: "press-8");

        await host.Downlinks.DisconnectAsync(EntityId.Device("press-7"), "secret replaced");

        await device.ExpectEndAsync(ReasonCode.AdministrativeAction);
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_grain_is_told_when_a_connection_ends()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WireClient device = await WireClient.DeviceAsync(host, V5, "c1");
        device.Break();

        (EntityId grain, SessionClosed closed) = await host.Ingress.NextAsync<SessionClosed>();

        Assert.Equal((EntityId.Device("press-7"), "c1", "connection lost"), (grain, closed.ClientId, closed.Reason));
    }

    private static Downlink Command(bool retain) =>
        new()
        {
            Id = "1",
            Target = EntityId.Device("press-7"),
            Topic = Topic,
            Payload = Encoding.UTF8.GetBytes("{}"),
            Retain = retain,
            Reference = "command:42",
            CreatedAt = new Instant(0),
            ExpiresAt = null,
        };
}
