using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class SubscriptionRulesTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.8.4-1", V311),
        Statement("MQTT-3.8.4-4", V311),
        Statement("MQTT-3.8.4-5", V311),
        Statement("MQTT-3.9.3-1", V311),
        Statement("MQTT-3.9.3-2", V311)
    ]
    [
        Statement("MQTT-3.8.4-1", V5),
        Statement("MQTT-3.8.4-5", V5),
        Statement("MQTT-3.8.4-6", V5),
        Statement("MQTT-3.8.4-7", V5),
        Statement("MQTT-3.9.3-1", V5),
        Statement("MQTT-3.9.3-2", V5)
    ]
    public async Task Several_filters_are_answered_in_one_SUBACK_and_in_their_order(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        Subscription[] wanted =
        [
            new(TopicFilter.Parse("a"), QualityOfService.ExactlyOnce),
            new(TopicFilter.Parse("test/nosubscribe"), QualityOfService.AtLeastOnce),
            new(TopicFilter.Parse("b"), QualityOfService.AtMostOnce),
            new(TopicFilter.Parse("a"), QualityOfService.AtLeastOnce),
        ];

        await client.SendAsync(output => new SubscribePacket(5, [.. wanted]).Encode(version, output));
        SubAckPacket answer = (await client.ExpectAsync(PacketType.SubAck)).AsSubAck();
        await client.PublishAsync("a", "x", qos: 2, identifier: 1);
        await client.ExpectAsync(PacketType.PubRec);
        await client.PublishAsync("test/nosubscribe", "x");

        Assert.Equal([ReasonCode.GrantedQos2, ReasonCode.UnspecifiedError, ReasonCode.Success, ReasonCode.GrantedQos1], answer.ReasonCodes);
        Assert.Equal(1, (await client.ReceivePublishAsync()).Qos); // As if the last had come in a packet of its own.
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.8.4-3", V311), Statement("MQTT-3.8.4-3", V5), Statement("MQTT-3.8.4-4", V5)]
    public async Task A_repeated_filter_replaces_its_subscription_and_loses_nothing(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SubscribeAsync("t", qos: 1, identifier: version == V5 ? 3u : 0);
        const int messages = 200;

        Task publishing = Task.Run(async () =>
        {
            for (int i = 0; i < messages; i++)
                await publisher.PublishAsync("t", $"{i}");
        });
        for (byte i = 0; i < 20; i++)
            await client.SendAsync(output =>
                new SubscribePacket(9, [new Subscription(TopicFilter.Parse("t"), (QualityOfService)(i % 3))]).Encode(version, output)
            );
        List<string> received = [];
        int answered = 0;
        while (received.Count < messages || answered < 20)
        {
            Packet packet = await client.ReceiveAsync();
            if (packet.Type == PacketType.SubAck)
                answered++;
            else
                received.Add(packet.AsPublish().Payload);
        }
        await publishing;
        await publisher.PublishAsync("t", "last", qos: 2, identifier: 1);

        Assert.Equal(Enumerable.Range(0, messages).Select(i => $"{i}"), received);
        Assert.Equal(
            ("last", 1, 0),
            await client.ReceivePublishAsync() is var last
                ? (last.Payload, last.Qos, last.Properties.SubscriptionIdentifiers.Length)
                : default
        );
    }

    [Theory]
    [
        InlineData(0, 0, 0),
        InlineData(0, 2, 0),
        InlineData(1, 0, 0),
        InlineData(1, 1, 1),
        InlineData(1, 2, 1),
        InlineData(2, 1, 1),
        InlineData(2, 2, 2)
    ]
    [Statement("MQTT-3.8.4-8", V5), Statement("MQTT-3.8.4-6", V311)]
    public async Task A_message_comes_with_the_lower_of_both_QoS(int published, int granted, int delivered)
    {
        foreach (ProtocolVersion version in (ProtocolVersion[])[V311, V5])
        {
            await using GatewayHost host = await GatewayHost.LaboratoryAsync();
            await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
            await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
            await subscriber.SubscribeAsync("t", granted);
            await publisher.PublishAsync("t", "x", published, identifier: 1);
            Assert.Equal(delivered, (await subscriber.ReceivePublishAsync()).Qos);
        }
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.10.4-1", V311), Statement("MQTT-3.10.4-2", V311), Statement("MQTT-3.10.4-5", V311), Statement("MQTT-3.10.4-6", V311)]
    [
        Statement("MQTT-3.10.4-1", V5),
        Statement("MQTT-3.10.4-2", V5),
        Statement("MQTT-3.10.4-6", V5),
        Statement("MQTT-3.11.3-1", V5),
        Statement("MQTT-3.11.3-2", V5)
    ]
    public async Task UNSUBSCRIBE_compares_filters_byte_by_byte(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        foreach (string filter in (string[])["a/#", "a/+", "b"])
            await client.SubscribeAsync(filter);

        await client.SendAsync(output =>
            new UnsubscribePacket(9, [.. ((string[])["a/b", "B", "a/+", "b", "b"]).Select(TopicFilter.Parse)]).Encode(version, output)
        );
        Packet answer = await client.ExpectAsync(PacketType.UnsubAck);
        await client.PublishAsync("b", "x");
        await client.PublishAsync("a/b", "y");

        ReasonCode none = ReasonCode.NoSubscriptionExisted;
        ReasonCode[] expected = version == V5 ? [none, none, ReasonCode.Success, ReasonCode.Success, none] : [];
        Assert.Equal(expected, UnsubAckPacket.Decode(version, answer.Body).ReasonCodes);
        Assert.Equal("y", (await client.ReceivePublishAsync()).Payload);
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.10.4-3", V311), Statement("MQTT-3.10.4-3", V5), Statement("MQTT-3.10.4-4", V5)]
    public async Task What_was_being_delivered_is_completed_after_UNSUBSCRIBE(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using (WireClient client = await WireClient.ConnectAsync(host, version, "c", clean: false))
        {
            await client.SubscribeAsync("t", qos: 2);
            await client.PublishAsync("t", "x", qos: 2, identifier: 1);
            await client.ExpectAsync(PacketType.PubRec);
            await client.ReceivePublishAsync();
            await client.SendAsync(output => new UnsubscribePacket(9, [TopicFilter.Parse("t")]).Encode(version, output));
            await client.ExpectAsync(PacketType.UnsubAck);
        }

        await using WireClient back = await WireClient.ConnectAsync(host, version, "c", clean: false);
        Received again = await back.ReceivePublishAsync();
        await back.AcknowledgeAsync(PacketType.PubRec, again.Identifier);
        await back.ExpectAsync(PacketType.PubRel);
        await back.AcknowledgeAsync(PacketType.PubComp, again.Identifier);
        await back.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.3.4-3", V5), Statement("MQTT-3.3.4-4", V5), Statement("MQTT-3.3.4-5", V5)]
    public async Task A_retained_message_and_a_shared_one_bear_the_identifier_of_their_subscription()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");
        await client.PublishAsync("r", "kept", retain: true);

        await client.SubscribeAsync("r", identifier: 268_435_455);
        Received retained = await client.ReceivePublishAsync();
        await client.SubscribeAsync("$share/g/s", identifier: 5);
        await client.PublishAsync("s", "x");
        Received shared = await client.ReceivePublishAsync();

        Assert.Equal([268_435_455], retained.Properties.SubscriptionIdentifiers);
        Assert.Equal([5], shared.Properties.SubscriptionIdentifiers);
    }

    [Fact]
    [Statement("MQTT-3.8.3-3", V5)]
    public async Task No_local_holds_for_the_session_after_a_restart_and_for_its_will()
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.LaboratoryAsync(store: store))
        {
            await using WireClient client = await WireClient.ConnectAsync(host, V5, "c", clean: false);
            await client.SubscribeAsync(
                new Subscription(TopicFilter.Parse("t"), QualityOfService.AtLeastOnce)
                {
                    NoLocal = true,
                    RetainAsPublished = true,
                    RetainHandling = RetainHandling.DoNotSend,
                }
            );
        }
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: store);
        await using WireClient back = await WireClient.ConnectAsync(restarted, V5, "c", clean: false);
        await using WireClient other = await WireClient.ConnectAsync(restarted, V5, "o");

        await back.PublishAsync("t", "mine", qos: 1, identifier: 1);
        await back.ExpectAsync(PacketType.PubAck);
        await back.ExpectNothingAsync();
        await other.PublishAsync("t", "theirs", qos: 1, identifier: 1, retain: true);

        Assert.Equal(("theirs", true), await back.ReceivePublishAsync() is var received ? (received.Payload, received.Retain) : default);
    }
}
