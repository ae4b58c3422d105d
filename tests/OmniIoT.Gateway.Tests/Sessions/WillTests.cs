using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Sessions;

public sealed class WillTests
{
    private static readonly WillMessage Gone = new("w", "gone"u8.ToArray()) { Qos = QualityOfService.AtLeastOnce };

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-8", V5), Statement("MQTT-3.1.2-8", V311)]
    public async Task A_broken_connection_publishes_the_will(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient watcher = await WireClient.ConnectAsync(host, version, "watcher");
        await watcher.SubscribeAsync("w", qos: 1);
        WireClient client = await WireClient.ConnectAsync(host, version, "c", with: packet => packet with { Will = Gone });

        client.Break();

        Assert.Equal(("gone", 1), (await watcher.ReceivePublishAsync()) is var received ? (received.Payload, received.Qos) : default);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.14.4-3", V5), Statement("MQTT-3.14.4-3", V311), Statement("MQTT-3.1.2-10", V5), Statement("MQTT-3.1.2-10", V311)]
    public async Task A_goodbye_drops_the_will(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient watcher = await WireClient.ConnectAsync(host, version, "watcher");
        await watcher.SubscribeAsync("w");
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c", with: packet => packet with { Will = Gone });

        await client.DisconnectAsync();
        await client.ExpectClosedAsync();

        await watcher.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(V311, true)]
    [InlineData(V311, false)]
    [InlineData(V5, true)]
    [InlineData(V5, false)]
    public async Task Subscribers_see_the_will_of_a_connection_that_is_taken_over_before_the_birth_of_the_next(
        ProtocolVersion version,
        bool isLaboratory
    )
    {
        const int Rounds = 20;
        await using GatewayHost host = isLaboratory ? await GatewayHost.LaboratoryAsync() : await GatewayHost.StartAsync();
        WillMessage will = new("devices/press-7/state", "gone"u8.ToArray()) { Qos = QualityOfService.AtLeastOnce, Retain = true };
        await using WireClient watcher = await WireClient.DeviceAsync(host, version, "watcher");
        await watcher.SubscribeAsync("devices/press-7/state", qos: 1);
        List<WireClient> clients = [];
        List<string> seen = [];

        for (int round = 0; round < Rounds; round++)
        {
            WireClient client = await WireClient.DeviceAsync(host, version, "c", clean: false, with: packet => packet with { Will = will });
            clients.Add(client);
            await client.PublishAsync("devices/press-7/state", "born", qos: 1, identifier: 1, retain: true);
            await client.ExpectAsync(PacketType.PubAck);
        }
        for (int i = 0; i < (2 * Rounds) - 1; i++)
        {
            Received received = await watcher.ReceivePublishAsync();
            await watcher.AcknowledgeAsync(PacketType.PubAck, received.Identifier);
            seen.Add(received.Payload);
        }

        Assert.Equal(Enumerable.Range(0, (2 * Rounds) - 1).Select(i => i % 2 == 0 ? "born" : "gone"), seen);
        foreach (WireClient client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task A_goodbye_with_the_will_publishes_it_in_5()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");
        await watcher.SubscribeAsync("w");
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c", with: packet => packet with { Will = Gone });

        await client.DisconnectAsync(ReasonCode.DisconnectWithWillMessage);

        Assert.Equal("gone", (await watcher.ReceivePublishAsync()).Payload);
    }

    [Fact]
    [Statement("MQTT-3.1.2-15", V5), Statement("MQTT-3.1.2-17", V311)]
    public async Task A_retained_will_is_retained()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        WireClient client = await WireClient.ConnectAsync(
            host,
            V5,
            "c",
            with: packet => packet with { Will = Gone with { Retain = true } }
        );
        client.Break();
        await host.ConnectionsAsync(0); // Its will is published by then.
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");

        await watcher.SubscribeAsync("w");

        Assert.True((await watcher.ReceivePublishAsync()).Retain);
    }

    [Fact]
    [Statement("MQTT-3.1.3-9", V5)]
    public async Task A_delayed_will_is_published_when_its_delay_is_over_and_not_earlier()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");
        await watcher.SubscribeAsync("w");
        await BreakWithDelayedWillAsync(host);

        time.Advance(TimeSpan.FromMilliseconds(2999));
        await host.BeatAsync();
        await watcher.ExpectNothingAsync();
        time.Advance(TimeSpan.FromMilliseconds(1));
        await host.BeatAsync();

        Assert.Equal("gone", (await watcher.ReceivePublishAsync()).Payload);
    }

    [Fact]
    public async Task A_client_that_is_back_in_time_keeps_its_delayed_will_from_being_published()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");
        await watcher.SubscribeAsync("w");
        await BreakWithDelayedWillAsync(host);

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "c", clean: false);
        time.Advance(TimeSpan.FromSeconds(10));
        await host.BeatAsync();

        await watcher.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_device_s_will_goes_the_way_of_its_messages()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WillMessage will = new("devices/press-7/events", "{}"u8.ToArray());
        WireClient device = await WireClient.DeviceAsync(host, V311, with: packet => packet with { Will = will });

        device.Break();

        await host.Ingress.MessagesAsync(1);
        Assert.Equal("devices/press-7/events", Assert.Single(host.Ingress.Messages).Topic);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_will_outside_the_root_is_refused_at_CONNECT(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            version,
            "c",
            with: packet => packet with { UserName = "press-7", Password = Encoding.UTF8.GetBytes("s3cret"), Will = Gone }
        );

        Assert.Equal(ReasonCode.NotAuthorized, answer.ReasonCode);
        await client.ExpectClosedAsync();
    }

    private static async Task BreakWithDelayedWillAsync(GatewayHost host)
    {
        WillMessage will = Gone with { Properties = new PacketProperties { WillDelayIntervalSeconds = 3 } };
        WireClient client = await WireClient.ConnectAsync(host, V5, "c", clean: false, with: packet => packet with { Will = will });
        client.Break();
        await Poll.UntilAsync(() => host.Store.AllSessions is [{ DisconnectedAt: not null }], "the broken connection noticed");
    }
}
