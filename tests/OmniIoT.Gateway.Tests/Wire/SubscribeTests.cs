using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class SubscribeTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+/+", "/b", true)]
    [InlineData("/+", "/b", true)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a/b", "A/b", false)]
    [Statement("MQTT-4.7.2-1", V5), Statement("MQTT-4.7.2-1", V311)]
    public async Task A_message_goes_to_the_filters_it_matches(string filter, string topic, bool matches)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, V311, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await subscriber.SubscribeAsync(filter);
        await subscriber.SubscribeAsync("marker");

        await publisher.PublishAsync(topic, "x");
        await publisher.PublishAsync("marker", "m");

        Received first = await subscriber.ReceivePublishAsync();
        Assert.Equal(matches ? topic : "marker", first.Topic);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.8.4-7", V5), Statement("MQTT-3.8.4-6", V311)]
    public async Task The_granted_QoS_is_the_one_asked_for_and_bounds_what_is_sent(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s");

        for (int qos = 0; qos <= 2; qos++)
            Assert.Equal([(ReasonCode)qos], await client.SubscribeAsync($"q{qos}", qos));
        await client.PublishAsync("q1", "x", qos: 2, identifier: 1);
        await client.ExpectAsync(PacketType.PubRec);

        Assert.Equal(1, (await client.ReceivePublishAsync()).Qos);
    }

    [Theory, InlineData(V311, ReasonCode.UnspecifiedError), InlineData(V5, ReasonCode.NotAuthorized)]
    public async Task A_filter_that_reaches_beyond_the_root_is_refused(ProtocolVersion version, ReasonCode expected)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);

        foreach (
            string filter in (string[])
                ["#", "devices/#", "devices/+/telemetry", "devices/press-8/#", "devices/press-7", "$share/g/devices/+/telemetry"]
        )
            Assert.Equal([expected], await device.SubscribeAsync(filter));

        Assert.Equal([ReasonCode.Success], await device.SubscribeAsync("devices/press-7/#"));
        Assert.Equal([ReasonCode.GrantedQos1], await device.SubscribeAsync("$share/g/devices/press-7/+", qos: 1));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task In_laboratory_mode_one_filter_is_refused_with_0x80(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s");
        Assert.Equal([ReasonCode.UnspecifiedError], await client.SubscribeAsync("test/nosubscribe", qos: 2));
    }

    [Fact]
    public async Task A_device_s_second_connection_sees_what_the_first_publishes()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient watcher = await WireClient.DeviceAsync(host, V5, "watcher");
        await using WireClient device = await WireClient.DeviceAsync(host, V311, "device");
        await using WireClient other = await WireClient.DeviceAsync(host, V311, "other", device: "press-8");
        await watcher.SubscribeAsync("devices/press-7/#", qos: 1);

        await other.PublishAsync("devices/press-8/telemetry", "no", qos: 1, identifier: 1);
        await other.ExpectAsync(PacketType.PubAck);
        await device.PublishAsync("devices/press-7/telemetry", "yes", qos: 1, identifier: 1);
        await device.ExpectAsync(PacketType.PubAck);

        Assert.Equal("yes", (await watcher.ReceivePublishAsync()).Payload);
        Assert.Equal(2, host.Ingress.Messages.Count);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.3.4-2", V5), Statement("MQTT-3.3.4-3", V5), Statement("MQTT-3.3.4-4", V5), Statement("MQTT-3.3.5-1", V311)]
    public async Task Overlapping_subscriptions_get_one_delivery_with_the_highest_QoS_and_all_identifiers(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s");
        await client.SubscribeAsync("a/#", qos: 0, identifier: version == V5 ? 21u : 0);
        await client.SubscribeAsync("a/+", qos: 2, identifier: version == V5 ? 42u : 0);
        await client.SubscribeAsync("a/b", qos: 1);

        await client.PublishAsync("a/b", "x", qos: 2, identifier: 1);
        await client.ExpectAsync(PacketType.PubRec);
        Received received = await client.ReceivePublishAsync();

        Assert.Equal(2, received.Qos);
        Assert.Equal(version == V5 ? [21, 42] : [], received.Properties.SubscriptionIdentifiers.Order());
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.8.3-3", V5)]
    public async Task A_no_local_subscription_leaves_out_own_messages()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "s");
        await using WireClient other = await WireClient.ConnectAsync(host, V5, "o");
        await client.SubscribeAsync(new Subscription(TopicFilter.Parse("t"), QualityOfService.AtMostOnce) { NoLocal = true });

        await client.PublishAsync("t", "mine");
        await client.ExpectNothingAsync();
        await other.PublishAsync("t", "theirs");

        Assert.Equal("theirs", (await client.ReceivePublishAsync()).Payload);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.3.1-8", V5), Statement("MQTT-3.3.1-8", V311), Statement("MQTT-3.3.1-6", V5), Statement("MQTT-3.3.1-10", V311)]
    public async Task A_retained_message_is_sent_after_SUBACK_until_it_is_removed(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s");
        await client.PublishAsync("r/1", "kept", qos: 1, identifier: 1, retain: true);
        await client.ExpectAsync(PacketType.PubAck);

        await client.SubscribeAsync("r/+", qos: 2);
        Received received = await client.ReceivePublishAsync();
        await client.AcknowledgeAsync(PacketType.PubAck, received.Identifier);
        Assert.Equal(("kept", true, 1), (received.Payload, received.Retain, received.Qos));
        await client.PublishAsync("r/1", "", retain: true);
        // Live messages do not bear the flag: MQTT5 [MQTT-3.3.1-12], MQTT311 [MQTT-3.3.1-9].
        Assert.False((await client.ReceivePublishAsync()).Retain);
        await client.SubscribeAsync("r/1");

        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.3.1-9", V5), Statement("MQTT-3.3.1-10", V5), Statement("MQTT-3.3.1-11", V5), Statement("MQTT-3.3.1-13", V5)]
    public async Task Retain_options_of_5_are_kept()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "s");
        await client.PublishAsync("r", "kept", qos: 1, identifier: 1, retain: true);
        await client.ExpectAsync(PacketType.PubAck);
        Subscription never = new(TopicFilter.Parse("r"), QualityOfService.AtMostOnce)
        {
            RetainHandling = RetainHandling.DoNotSend,
            RetainAsPublished = true,
        };
        Subscription ifNew = new(TopicFilter.Parse("+"), QualityOfService.AtMostOnce)
        {
            RetainHandling = RetainHandling.SendAtSubscribeIfNew,
        };

        await client.SubscribeAsync(never);
        await client.ExpectNothingAsync();
        await client.SubscribeAsync(ifNew);
        Assert.Equal("kept", (await client.ReceivePublishAsync()).Payload);
        await client.SubscribeAsync(ifNew);
        await client.ExpectNothingAsync();
        await client.PublishAsync("r", "new", retain: true);

        Assert.True((await client.ReceivePublishAsync()).Retain);
    }

    [Fact]
    public async Task Members_of_a_shared_subscription_take_turns()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        List<WireClient> members = [];
        for (int i = 0; i < 3; i++)
        {
            members.Add(await WireClient.ConnectAsync(host, V5, $"m{i}"));
            await members[i].SubscribeAsync("$share/g/t", qos: 1);
        }

        for (int i = 0; i < 6; i++)
            await publisher.PublishAsync("t", $"{i}");

        List<string> all = [];
        foreach (WireClient member in members)
        {
            for (int i = 0; i < 2; i++)
                all.Add((await member.ReceivePublishAsync()).Payload);
            await member.ExpectNothingAsync();
            await member.DisposeAsync();
        }
        Assert.Equal(["0", "1", "2", "3", "4", "5"], all.Order());
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.10.4-4", V5), Statement("MQTT-3.10.4-1", V5), Statement("MQTT-3.10.4-5", V311)]
    public async Task After_UNSUBACK_nothing_more_comes(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "s");
        await client.SubscribeAsync("t");

        await client.SendAsync(output =>
            new UnsubscribePacket(9, [TopicFilter.Parse("t"), TopicFilter.Parse("u")]).Encode(version, output)
        );
        Packet answer = await client.ExpectAsync(PacketType.UnsubAck);
        await client.PublishAsync("t", "x");
        await client.ExpectNothingAsync();

        ReasonCode[] expected = version == V5 ? [ReasonCode.Success, ReasonCode.NoSubscriptionExisted] : [];
        Assert.Equal(expected, UnsubAckPacket.Decode(version, answer.Body).ReasonCodes);
    }

    [Fact]
    public async Task One_subscription_more_than_allowed_is_refused()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(MqttGatewayOptions.Laboratory with { MaximumSubscriptions = 2 });
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "s");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");

        Assert.Equal([ReasonCode.QuotaExceeded], await client.SubscribeAsync("c"));
        Assert.Equal([ReasonCode.GrantedQos1], await client.SubscribeAsync("b", qos: 1));
    }
}
