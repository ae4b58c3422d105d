using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>What a message bears beside topic and payload: it comes out as it went in, and lasts as long as it says.</summary>
public sealed class DeliveryPropertyTests
{
    [Fact]
    [
        Statement("MQTT-3.3.2-4", V5),
        Statement("MQTT-3.3.2-6", V5),
        Statement("MQTT-3.3.2-15", V5),
        Statement("MQTT-3.3.2-16", V5),
        Statement("MQTT-3.3.2-17", V5),
        Statement("MQTT-3.3.2-20", V5)
    ]
    public async Task Properties_stay_with_a_queued_and_with_a_retained_message()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using (WireClient away = await WireClient.ConnectAsync(host, V5, "s", clean: false))
            await away.SubscribeAsync("t", qos: 1);
        await Poll.UntilAsync(() => host.Store.AllSessions is [{ DisconnectedAt: not null }], "the connection's end noticed");
        PacketProperties sent = new()
        {
            PayloadFormatIndicator = 1,
            MessageExpiryIntervalSeconds = 100,
            ContentType = "text/plain",
            ResponseTopic = "answers/here",
            CorrelationData = new byte[] { 1, 2, 3 },
            UserProperties = [new("b", "2"), new("a", "1"), new("b", "2")],
        };
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await publisher.PublishAsync("t", "x", qos: 1, identifier: 1, retain: true, properties: sent);
        await publisher.ExpectAsync(PacketType.PubAck);
        time.Advance(TimeSpan.FromSeconds(30));

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "s", clean: false);
        Received queued = await back.ReceivePublishAsync();
        await back.AcknowledgeAsync(PacketType.PubAck, queued.Identifier);
        await back.SubscribeAsync("t");
        Received retained = await back.ReceivePublishAsync();

        byte[] expected = (sent with { MessageExpiryIntervalSeconds = 70 }).Encode(PacketType.Publish);
        Assert.Equal(expected, queued.Properties.Encode(PacketType.Publish));
        Assert.Equal(expected, retained.Properties.Encode(PacketType.Publish));
        Assert.Equal((false, true), (queued.Retain, retained.Retain));
    }

    [Fact]
    [Statement("MQTT-3.3.2-7", V5), Statement("MQTT-3.3.2-12", V5)]
    public async Task Every_alias_up_to_the_maximum_is_taken_and_none_outlives_its_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using (WireClient client = await WireClient.ConnectAsync(host, V5, "c", clean: false))
        {
            await client.SubscribeAsync("#");
            for (ushort alias = 1; alias <= 10; alias++)
                await client.PublishAsync($"t{alias}", "x", properties: new PacketProperties { TopicAlias = alias });
            for (ushort alias = 1; alias <= 10; alias++)
                await client.PublishAsync("", "y", properties: new PacketProperties { TopicAlias = alias });
            for (int i = 0; i < 20; i++)
                Assert.Equal($"t{(i % 10) + 1}", (await client.ReceivePublishAsync()).Topic);
        }

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "c", clean: false);
        await back.PublishAsync("", "x", properties: new PacketProperties { TopicAlias = 1 });
        await back.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("MQTT-3.1.2-26", V5), Statement("MQTT-3.1.2-27", V5), Statement("MQTT-3.3.2-11", V5), Statement("MQTT-3.3.2-7", V5)]
    public async Task No_alias_is_sent_above_the_client_s_maximum_or_from_an_earlier_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        foreach (ushort? maximum in (ushort?[])[null, 0, 2, 2])
        {
            await using WireClient client = await WireClient.ConnectAsync(
                host,
                V5,
                "s",
                with: packet => packet with { Properties = new PacketProperties { TopicAliasMaximum = maximum } }
            );
            await client.SubscribeAsync("#");
            foreach (string topic in (string[])["a", "b", "c"])
                await client.PublishAsync(topic, "x");
            for (int i = 0; i < 3; i++)
            {
                Received received = await client.ReceivePublishAsync();
                Assert.NotEmpty(received.Topic);
                Assert.InRange(received.Properties.TopicAlias ?? 0, 0, maximum ?? 0);
            }
        }
    }

    [Fact]
    public async Task A_message_that_expired_in_the_queue_takes_its_identifier_along()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using (WireClient away = await WireClient.ConnectAsync(host, V5, "s", clean: false))
            await away.SubscribeAsync("t", qos: 1);
        await Poll.UntilAsync(() => host.Store.AllSessions is [{ DisconnectedAt: not null }], "the connection's end noticed");
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await publisher.PublishAsync(
            "t",
            "short",
            qos: 1,
            identifier: 1,
            properties: new PacketProperties { MessageExpiryIntervalSeconds = 1 }
        );
        await publisher.PublishAsync("t", "long", qos: 1, identifier: 2);
        await publisher.ExpectAsync(PacketType.PubAck);
        await publisher.ExpectAsync(PacketType.PubAck);
        time.Advance(TimeSpan.FromSeconds(2));

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "s", clean: false);

        Assert.Equal(("long", 2), await back.ReceivePublishAsync() is var received ? (received.Payload, received.Identifier) : default);
    }
}
