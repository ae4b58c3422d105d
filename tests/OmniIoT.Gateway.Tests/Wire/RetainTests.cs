using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class RetainTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.3.1-5", V311),
        Statement("MQTT-3.3.1-6", V311),
        Statement("MQTT-3.3.1-7", V311),
        Statement("MQTT-3.3.1-12", V311),
        Statement("MQTT-3.3.1-5", V5),
        Statement("MQTT-3.3.1-8", V5)
    ]
    public async Task The_last_retained_message_replaces_the_one_before_and_others_do_not(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.PublishAsync("r", "first", qos: 1, identifier: 1, retain: true);
        await client.PublishAsync("r", "second", qos: 0, retain: true);
        await client.PublishAsync("r", "not retained", qos: 1, identifier: 2);
        await client.PublishAsync("r", "", qos: 0);
        await client.ExpectAsync(PacketType.PubAck);
        await client.ExpectAsync(PacketType.PubAck);

        await client.SubscribeAsync("r", qos: 2);
        Received received = await client.ReceivePublishAsync();

        Assert.Equal(("second", 0, true), (received.Payload, received.Qos, received.Retain));
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.3.1-10", V311),
        Statement("MQTT-3.3.1-11", V311),
        Statement("MQTT-3.3.1-9", V311),
        Statement("MQTT-3.3.1-6", V5),
        Statement("MQTT-3.3.1-7", V5),
        Statement("MQTT-3.3.1-12", V5)
    ]
    public async Task An_empty_retained_message_is_delivered_and_leaves_nothing_behind(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SubscribeAsync("r");

        await client.PublishAsync("r", "kept", retain: true);
        await client.PublishAsync("r", "", retain: true);
        Received[] live = [await client.ReceivePublishAsync(), await client.ReceivePublishAsync()];
        await client.SubscribeAsync("r");

        Assert.Equal([("kept", false), ("", false)], live.Select(message => (message.Payload, message.Retain)));
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2.7", V311), Statement("MQTT-3.8.4-3", V311), Statement("MQTT-3.8.4-4", V5), Statement("MQTT-3.3.1-9", V5)]
    public async Task Retained_messages_outlive_sessions_and_are_sent_again_to_a_repeated_subscription(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using (WireClient gone = await WireClient.ConnectAsync(host, version, "gone"))
        {
            await gone.PublishAsync("r/2", "two", retain: true);
            await gone.PublishAsync("r/1", "one", retain: true);
            await gone.ExpectNothingAsync();
        }
        await Poll.UntilAsync(() => host.Sessions.Count == 0, "the session's end");
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");

        for (int i = 0; i < 2; i++)
        {
            await client.SubscribeAsync("r/#");
            Assert.Equal(["one", "two"], [(await client.ReceivePublishAsync()).Payload, (await client.ReceivePublishAsync()).Payload]);
        }
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.3.1-9", V311), Statement("MQTT-3.3.1-12", V5)]
    public async Task What_is_published_after_SUBACK_comes_once_and_without_the_flag(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        for (int i = 0; i < 300; i++)
        {
            await client.SubscribeAsync($"r/{i}/#");
            await publisher.PublishAsync($"r/{i}", "x", retain: true);
            Assert.False((await client.ReceivePublishAsync()).Retain, $"Round {i}: a live message bears the flag.");
        }
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.3.2-6", V5), Statement("MQTT-3.3.2-5", V5)]
    public async Task A_retained_message_ages_and_expires()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");
        await client.PublishAsync("r", "x", retain: true, properties: new PacketProperties { MessageExpiryIntervalSeconds = 60 });
        await client.ExpectNothingAsync();

        time.Advance(TimeSpan.FromSeconds(20));
        await client.SubscribeAsync("r");
        uint? left = (await client.ReceivePublishAsync()).Properties.MessageExpiryIntervalSeconds;
        time.Advance(TimeSpan.FromSeconds(40));
        await client.SubscribeAsync("r");

        Assert.Equal(40u, left);
        await client.ExpectNothingAsync();
    }
}
