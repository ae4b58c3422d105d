using Microsoft.Extensions.Time.Testing;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>What a delivery to a subscriber looks like on the wire, and how it is acknowledged.</summary>
public sealed class DeliveryTests
{
    [Theory, InlineData(V311, "0001743031"), InlineData(V5, "000174003031")]
    [
        Statement("MQTT-2.3.1-5", V311),
        Statement("MQTT-4.3.1-1", V311),
        Statement("MQTT-2.2.1-2", V5),
        Statement("MQTT-2.2.2-1", V5),
        Statement("MQTT-4.3.1-1", V5),
        Statement("MQTT-2.2.2-1", V311)
    ]
    public async Task A_QoS_0_message_has_no_identifier_no_DUP_and_says_that_it_has_no_properties(ProtocolVersion version, string body)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SubscribeAsync("t", qos: 2);

        await client.PublishAsync("t", "01");
        Packet packet = await client.ExpectAsync(PacketType.Publish);

        Assert.Equal((0x30, body), (packet.First, Convert.ToHexStringLower(packet.Body)));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-2.2.2-1", V311),
        Statement("MQTT-2.1.3-1", V5),
        Statement("MQTT-2.3.1-6", V311),
        Statement("MQTT-2.3.1-7", V311),
        Statement("MQTT-2.2.1-5", V5),
        Statement("MQTT-2.2.1-6", V5)
    ]
    [
        Statement("MQTT-3.8.4-2", V311),
        Statement("MQTT-3.8.4-2", V5),
        Statement("MQTT-3.10.4-4", V311),
        Statement("MQTT-3.10.4-5", V5),
        Statement("MQTT-3.3.4-1", V5),
        Statement("MQTT-3.4.2-1", V5),
        Statement("MQTT-3.5.2-1", V5),
        Statement("MQTT-3.6.2-1", V5),
        Statement("MQTT-3.7.2-1", V5)
    ]
    [Statement("MQTT-3.3.4-1", V311)]
    public async Task What_the_gateway_sends_bears_the_listed_flags_and_the_identifier_that_it_answers(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SendAsync(output =>
        {
            new SubscribePacket(11, [new Subscription(TopicFilter.Parse("t"), QualityOfService.ExactlyOnce)]).Encode(version, output);
            new UnsubscribePacket(12, [TopicFilter.Parse("u")]).Encode(version, output);
            PublishWriter.Write(output, version, "x"u8, default, QualityOfService.AtLeastOnce, packetIdentifier: 13);
            PublishWriter.Write(output, version, "x"u8, default, QualityOfService.ExactlyOnce, packetIdentifier: 14);
            AckWriter.Write(output, version, PacketType.PubRel, 14);
            AckWriter.Write(output, version, PacketType.PubRec, 15); // Of a message that was never sent.
            PingPacket.EncodeRequest(output);
        });

        List<(int First, int Identifier)> answers = [];
        for (int i = 0; i < 7; i++)
        {
            Packet packet = await client.ReceiveAsync();
            answers.Add((packet.First, packet.Body is [byte high, byte low, ..] ? (high << 8) | low : 0));
        }
        Assert.Equal([(0x40, 13), (0x50, 14), (0x62, 15), (0x70, 14), (0x90, 11), (0xB0, 12), (0xD0, 0)], answers.Order());
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-2.3.1-4", V311),
        Statement("MQTT-4.3.2-1", V311),
        Statement("MQTT-4.3.3-1", V311),
        Statement("MQTT-2.2.1-4", V5),
        Statement("MQTT-4.3.2-1", V5),
        Statement("MQTT-4.3.2-2", V5),
        Statement("MQTT-4.3.2-3", V5),
        Statement("MQTT-4.3.3-1", V5),
        Statement("MQTT-4.3.3-2", V5),
        Statement("MQTT-4.3.3-3", V5)
    ]
    public async Task An_identifier_in_use_is_not_given_to_another_message(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SubscribeAsync("t", qos: 2);
        for (ushort i = 1; i <= 3; i++)
            await client.PublishAsync("t", $"{i}", qos: 1, identifier: i);
        List<Received> open = [];
        while (open.Count < 3)
        {
            Packet packet = await client.ReceiveAsync();
            if (packet.Type == PacketType.Publish)
                open.Add(packet.AsPublish());
        }

        await client.AcknowledgeAsync(PacketType.PubAck, 2);
        await client.PublishAsync("t", "4", qos: 2, identifier: 4);
        await client.ExpectAsync(PacketType.PubRec);
        Received next = await client.ReceivePublishAsync();

        Assert.Equal([1, 2, 3], open.Select(message => (int)message.Identifier));
        Assert.Equal((4, 2, false), (next.Identifier, next.Qos, next.Dup));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-3.3.1-3", V311),
        Statement("MQTT-3.3.1-3", V5),
        Statement("MQTT-4.3.2-2", V311),
        Statement("MQTT-4.3.2-5", V5),
        Statement("MQTT-4.3.3-12", V5)
    ]
    public async Task A_DUP_flag_is_not_passed_on_and_means_nothing_after_the_acknowledgement(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t", qos: 1);

        for (int i = 0; i < 2; i++)
        {
            await publisher.PublishAsync("t", $"{i}", qos: 1, identifier: 7, dup: true);
            await publisher.ExpectAsync(PacketType.PubAck);
            Received received = await subscriber.ReceivePublishAsync();
            Assert.Equal(($"{i}", false), (received.Payload, received.Dup));
        }
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-1.5.3-3", V311),
        Statement("MQTT-4.7.3-4", V311),
        Statement("MQTT-1.5.4-3", V5),
        Statement("MQTT-4.7.3-4", V5),
        Statement("MQTT-3.3.2-3", V5),
        Statement("MQTT-3.3.2-3", V311),
        Statement("MQTT-4.7.3-3", V311),
        Statement("MQTT-4.7.3-3", V5)
    ]
    public async Task Topics_are_matched_and_passed_on_as_they_are(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        string longest = new('x', 65_535);
        foreach (string filter in (string[])["\uFEFFa", "e\u0301", longest])
            await client.SubscribeAsync(filter);

        foreach (string topic in (string[])["a", "\uFEFFa", "\u00e9", "e\u0301", longest])
            await client.PublishAsync(topic, "x");

        foreach (string topic in (string[])["\uFEFFa", "e\u0301", longest])
            Assert.Equal(topic, (await client.ReceivePublishAsync()).Topic);
        await client.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-4.5.0-1", V311),
        Statement("MQTT-4.5.0-1", V5),
        Statement("MQTT-4.6.0-5", V311),
        Statement("MQTT-4.6.0-6", V311),
        Statement("MQTT-4.6.0-5", V5),
        Statement("MQTT-4.6.0-6", V5)
    ]
    public async Task Messages_of_one_publisher_reach_every_subscriber_in_the_order_they_were_sent(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(MqttGatewayOptions.Laboratory with { ReceiveMaximum = 60 });
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        List<WireClient> subscribers = [];
        for (int qos = 0; qos <= 2; qos++)
        {
            subscribers.Add(await WireClient.ConnectAsync(host, version, $"s{qos}", clean: qos == 1));
            await subscribers[qos].SubscribeAsync("t/#", qos);
        }

        for (ushort i = 1; i <= 60; i++)
            await publisher.PublishAsync($"t/{i % 3}", $"{i}", qos: 1, identifier: i);

        foreach (WireClient subscriber in subscribers)
        {
            for (int i = 1; i <= 60; i++)
                Assert.Equal($"{i}", (await subscriber.ReceivePublishAsync()).Payload);
            await subscriber.DisposeAsync();
        }
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.6.0-3", V311), Statement("MQTT-4.6.0-4", V311), Statement("MQTT-4.6.0-3", V5), Statement("MQTT-4.6.0-4", V5)]
    public async Task PUBREC_and_PUBREL_come_in_the_order_of_what_they_answer(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t", qos: 2);
        ushort[] sent = [9, 3, 7, 1];

        foreach (ushort identifier in sent)
            await publisher.PublishAsync("t", "x", qos: 2, identifier: identifier);
        foreach (ushort identifier in sent)
            Assert.Equal(identifier, (await publisher.ExpectAsync(PacketType.PubRec)).Identifier);
        foreach (ushort identifier in sent)
            await subscriber.ExpectAsync(PacketType.Publish);
        ushort[] answered = [4, 2, 1, 3];
        foreach (ushort identifier in answered)
            await subscriber.AcknowledgeAsync(PacketType.PubRec, identifier);

        foreach (ushort identifier in answered)
            Assert.Equal(identifier, (await subscriber.ExpectAsync(PacketType.PubRel)).Identifier);
    }

    [Theory]
    [InlineData(V311, 1, PacketType.PubRec), InlineData(V5, 1, PacketType.PubRec)]
    [InlineData(V311, 2, PacketType.PubAck), InlineData(V5, 2, PacketType.PubAck)]
    [Statement("MQTT-3.3.4-1", V5), Statement("MQTT-4.8.0-1", V311)]
    public async Task An_answer_of_the_wrong_kind_ends_the_connection(ProtocolVersion version, int qos, PacketType wrong)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t", qos);
        await publisher.PublishAsync("t", "x", qos, identifier: 1);
        Received received = await subscriber.ReceivePublishAsync();

        await subscriber.AcknowledgeAsync(wrong, received.Identifier);

        await subscriber.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Theory, InlineData(1), InlineData(2)]
    [Statement("MQTT-4.4.0-2", V5)]
    public async Task A_message_that_the_client_refused_is_not_sent_again(int qos)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using (WireClient client = await WireClient.ConnectAsync(host, V5, "s", clean: false))
        {
            await client.SubscribeAsync("t", qos);
            await client.PublishAsync("t", "x", qos, identifier: 9);
            await client.ReceiveAsync();
            Received received = (await client.ReceiveAsync()).AsPublish();
            await client.AcknowledgeAsync(
                qos == 1 ? PacketType.PubAck : PacketType.PubRec,
                received.Identifier,
                ReasonCode.UnspecifiedError
            );
            await client.ExpectNothingAsync();
        }

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "s", clean: false);
        await back.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [
        Statement("MQTT-4.3.3-4", V5),
        Statement("MQTT-4.3.3-5", V5),
        Statement("MQTT-4.3.3-6", V5),
        Statement("MQTT-4.3.3-1", V311),
        Statement("MQTT-4.4.0-1", V311),
        Statement("MQTT-4.4.0-1", V5)
    ]
    public async Task After_PUBREL_only_PUBREL_is_repeated(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using (WireClient client = await WireClient.ConnectAsync(host, version, "s", clean: false))
        {
            await client.SubscribeAsync("t", qos: 2);
            await client.PublishAsync("t", "x", qos: 2, identifier: 9);
            await client.ExpectAsync(PacketType.PubRec);
            await client.AcknowledgeAsync(PacketType.PubRec, (await client.ReceivePublishAsync()).Identifier);
            Assert.Equal(1, (await client.ExpectAsync(PacketType.PubRel)).Identifier);
        }

        for (int i = 0; i < 2; i++)
        {
            await using WireClient back = await WireClient.ConnectAsync(host, version, "s", clean: false);
            Assert.Equal(1, (await back.ExpectAsync(PacketType.PubRel)).Identifier);
            await back.ExpectNothingAsync();
        }
    }

    [Fact]
    [Statement("MQTT-4.3.3-7", V5), Statement("MQTT-4.3.3-13", V5)]
    public async Task A_message_that_was_sent_does_not_expire_any_more()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using (WireClient client = await WireClient.ConnectAsync(host, V5, "s", clean: false))
        {
            await client.SubscribeAsync("t", qos: 2);
            await client.PublishAsync(
                "t",
                "x",
                qos: 2,
                identifier: 9,
                properties: new PacketProperties { MessageExpiryIntervalSeconds = 5 }
            );
            await client.ExpectAsync(PacketType.PubRec);
            await client.ReceivePublishAsync();
        }
        time.Advance(TimeSpan.FromSeconds(10));

        await using WireClient back = await WireClient.ConnectAsync(host, V5, "s", clean: false);
        Received again = await back.ReceivePublishAsync();
        await back.AcknowledgeAsync(PacketType.PubRec, again.Identifier);

        Assert.Equal(("x", true, 0u), (again.Payload, again.Dup, again.Properties.MessageExpiryIntervalSeconds));
        Assert.Equal(again.Identifier, (await back.ExpectAsync(PacketType.PubRel)).Identifier);
        await back.AcknowledgeAsync(PacketType.PubRel, 9);
        Assert.Equal(ReasonCode.Success, (await back.ExpectAsync(PacketType.PubComp)).Reason);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.3.4-10", V5), Statement("MQTT-4.9.0-1", V5), Statement("MQTT-4.9.0-2", V5), Statement("MQTT-4.9.0-3", V5)]
    public async Task With_its_window_full_a_client_is_still_answered(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(MqttGatewayOptions.Laboratory with { MaximumInFlight = 1 });
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        await client.SubscribeAsync("t", qos: 1);
        await client.PublishAsync("t", "1", qos: 1, identifier: 1);
        await client.PublishAsync("t", "2", qos: 1, identifier: 2);
        PacketType[] first = [(await client.ReceiveAsync()).Type, (await client.ReceiveAsync()).Type, (await client.ReceiveAsync()).Type];

        await client.SubscribeAsync("u");
        await client.PublishAsync("u", "at most once"); // QoS 0 knows no window.
        Received unlimited = await client.ReceivePublishAsync();
        await client.AcknowledgeAsync(PacketType.PubAck, 1);
        Received second = await client.ReceivePublishAsync();

        Assert.Equal(2, first.Count(type => type == PacketType.PubAck));
        Assert.Equal(("at most once", "2"), (unlimited.Payload, second.Payload));
    }

    [Theory, InlineData(V311, ReasonCode.Success), InlineData(V5, ReasonCode.NoMatchingSubscribers)]
    public async Task A_QoS_1_message_that_no_subscription_matches_is_acknowledged_as_such_in_laboratory_mode(
        ProtocolVersion version,
        ReasonCode reason
    )
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");

        await client.PublishAsync("t", "x", qos: 1, identifier: 1);
        Packet nobody = await client.ExpectAsync(PacketType.PubAck);
        if (version == V5)
            await client.SubscribeAsync(new Subscription(TopicFilter.Parse("t"), QualityOfService.AtMostOnce) { NoLocal = true });
        else
            await client.SubscribeAsync("u");
        await client.PublishAsync("t", "x", qos: 1, identifier: 2);
        Packet own = await client.ExpectAsync(PacketType.PubAck);

        Assert.Equal((reason, ReasonCode.Success), (nobody.Reason, own.Reason));
    }
}
