using Microsoft.Extensions.Time.Testing;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class OutgoingTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.3.3-1", V5), Statement("MQTT-4.3.3-1", V311), Statement("MQTT-2.2.1-4", V5)]
    public async Task A_QoS_2_delivery_runs_through_PUBREL_to_PUBCOMP(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t", qos: 2);

        for (ushort i = 1; i <= 3; i++)
            await publisher.PublishAsync("t", $"{i}", qos: 2, identifier: i);

        for (ushort i = 1; i <= 3; i++)
        {
            Received received = await subscriber.ReceivePublishAsync();
            Assert.Equal((i, $"{i}", 2, false), (received.Identifier, received.Payload, received.Qos, received.Dup));
        }
        for (ushort i = 1; i <= 3; i++)
        {
            await subscriber.AcknowledgeAsync(PacketType.PubRec, i);
            Packet release = await subscriber.ExpectAsync(PacketType.PubRel);
            Assert.Equal((i, (byte)2), (release.Identifier, release.Flags));
            await subscriber.AcknowledgeAsync(PacketType.PubComp, i);
        }
        await subscriber.ExpectNothingAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task PUBCOMP_where_PUBREC_is_due_is_a_protocol_error(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(host, version, "s");
        await using WireClient publisher = await WireClient.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t", qos: 2);
        await publisher.PublishAsync("t", "x", qos: 2, identifier: 1);
        Received received = await subscriber.ReceivePublishAsync();

        await subscriber.AcknowledgeAsync(PacketType.PubComp, received.Identifier);

        await subscriber.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("MQTT-3.3.4-9", V5)]
    public async Task A_client_never_gets_more_at_once_than_its_receive_maximum()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(
            host,
            V5,
            "s",
            with: packet => packet with { Properties = new PacketProperties { ReceiveMaximum = 2 } }
        );
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await subscriber.SubscribeAsync("t", qos: 1);
        for (ushort i = 1; i <= 5; i++)
        {
            await publisher.PublishAsync("t", $"{i}", qos: 1, identifier: i);
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        await subscriber.ReceivePublishAsync();
        Received second = await subscriber.ReceivePublishAsync();
        await subscriber.ExpectNothingAsync();
        await subscriber.AcknowledgeAsync(PacketType.PubAck, second.Identifier);
        Received third = await subscriber.ReceivePublishAsync();
        await subscriber.ExpectNothingAsync();

        Assert.Equal("3", third.Payload);
    }

    [Fact]
    [Statement("MQTT-3.1.2-24", V5), Statement("MQTT-3.1.2-25", V5)]
    public async Task A_message_larger_than_the_client_takes_is_left_out()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(
            host,
            V5,
            "s",
            with: packet => packet with { Properties = new PacketProperties { MaximumPacketSize = 100 } }
        );
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await subscriber.SubscribeAsync("t", qos: 1);

        await publisher.PublishAsync("t", new string('x', 200), qos: 1, identifier: 1);
        await publisher.PublishAsync("t", "small", qos: 1, identifier: 2);

        Assert.Equal("small", (await subscriber.ReceivePublishAsync()).Payload);
    }

    [Fact]
    [Statement("MQTT-3.1.2-26", V5), Statement("MQTT-3.1.2-27", V5)]
    public async Task Towards_a_client_that_allows_it_the_first_message_sets_an_alias_and_later_ones_use_it()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient subscriber = await WireClient.ConnectAsync(
            host,
            V5,
            "s",
            with: packet => packet with { Properties = new PacketProperties { TopicAliasMaximum = 1 } }
        );
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await subscriber.SubscribeAsync("#");

        foreach (string topic in (string[])["a", "a", "b"])
            await publisher.PublishAsync(topic, "x");

        Received first = await subscriber.ReceivePublishAsync();
        Received second = await subscriber.ReceivePublishAsync();
        Received third = await subscriber.ReceivePublishAsync();
        Assert.Equal(("a", (ushort?)1), (first.Topic, first.Properties.TopicAlias));
        Assert.Equal(("", (ushort?)1), (second.Topic, second.Properties.TopicAlias));
        Assert.Equal(("b", (ushort?)null), (third.Topic, third.Properties.TopicAlias));
    }

    [Fact]
    [
        Statement("MQTT-3.3.2-17", V5),
        Statement("MQTT-3.3.2-18", V5),
        Statement("MQTT-3.3.2-15", V5),
        Statement("MQTT-3.3.2-16", V5),
        Statement("MQTT-3.3.2-20", V5)
    ]
    public async Task Properties_are_forwarded_unaltered_and_in_order()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "s");
        await client.SubscribeAsync("t");
        PacketProperties sent = new()
        {
            PayloadFormatIndicator = 1,
            ContentType = "text/plain",
            ResponseTopic = "answers/here",
            CorrelationData = new byte[] { 1, 2, 3 },
            UserProperties = [new("b", "2"), new("a", "1"), new("b", "2")],
        };

        await client.PublishAsync("t", "x", properties: sent with { TopicAlias = 1 });
        PacketProperties received = (await client.ReceivePublishAsync()).Properties;

        Assert.Equal(sent.Encode(PacketType.Publish), received.Encode(PacketType.Publish));
    }

    [Fact]
    [Statement("MQTT-3.3.2-5", V5), Statement("MQTT-3.3.2-6", V5)]
    public async Task A_message_ages_while_it_is_queued_and_expires()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        WireClient away = await WireClient.ConnectAsync(host, V5, "s", clean: false);
        await away.SubscribeAsync("t", qos: 1);
        await away.DisconnectAsync();
        await away.ExpectClosedAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        foreach ((ushort identifier, uint seconds) in ((ushort, uint)[])[(1, 5), (2, 60)])
        {
            await publisher.PublishAsync(
                "t",
                $"{seconds}",
                qos: 1,
                identifier: identifier,
                properties: new PacketProperties { MessageExpiryIntervalSeconds = seconds }
            );
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        time.Advance(TimeSpan.FromSeconds(10));
        await using WireClient back = await WireClient.ConnectAsync(host, V5, "s", clean: false);
        Received received = await back.ReceivePublishAsync();
        await back.ExpectNothingAsync();

        Assert.Equal(("60", (uint?)50), (received.Payload, received.Properties.MessageExpiryIntervalSeconds));
        Assert.Single(host.Store.AllMessages);
    }

    [Fact]
    public async Task A_consumer_that_does_not_read_loses_QoS_0_messages_and_holds_no_more_than_its_bound()
    {
        MqttGatewayOptions options = MqttGatewayOptions.Laboratory with { MaximumOutputBytes = 64 * 1024 };
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(options);
        await using WireClient slow = await WireClient.ConnectAsync(host, V311, "s");
        slow.ReceiveBufferBytes = 64 * 1024;
        await slow.SubscribeAsync("t");
        await using WireClient publisher = await WireClient.ConnectAsync(host, V311, "p");
        string payload = new('x', 10_000);

        using DroppedCount dropped = new(host);

        int most = 0;
        for (int i = 0; i < 3000; i++)
        {
            await publisher.PublishAsync("t", payload);
            most = Math.Max(most, host.Connections.All().Max(connection => connection.Output.QueuedBytes));
        }
        await publisher.ExpectNothingAsync();

        Assert.InRange(most, 1, options.MaximumOutputBytes + payload.Length + 100);
        Assert.InRange(dropped.Value, 1, 3000);
    }

    [Fact]
    public async Task A_consumer_that_does_not_read_gets_its_QoS_1_messages_later()
    {
        MqttGatewayOptions options = MqttGatewayOptions.Laboratory with
        {
            MaximumOutputBytes = 16 * 1024,
            MaximumQueuedBytes = 64 * 1024 * 1024,
            MaximumQueuedMessages = 10_000,
        };
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(options);
        await using WireClient slow = await WireClient.ConnectAsync(host, V311, "s");
        await slow.SubscribeAsync("t", qos: 1);
        await using WireClient publisher = await WireClient.ConnectAsync(host, V311, "p");
        string payload = new('x', 10_000);

        for (int i = 1; i <= 2000; i++)
        {
            await publisher.PublishAsync("t", $"{i} {payload}", qos: 1, identifier: (ushort)i);
            await publisher.ExpectAsync(PacketType.PubAck);
        }

        for (int i = 1; i <= 2000; i++)
        {
            Received received = await slow.ReceivePublishAsync();
            Assert.StartsWith($"{i} ", received.Payload, StringComparison.Ordinal);
            await slow.AcknowledgeAsync(PacketType.PubAck, received.Identifier);
        }
    }
}
