using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>The client against a broker that we did not write.</summary>
public sealed class MqttClientTests
{
    private const ProtocolVersion V311 = ProtocolVersion.V311;
    private const ProtocolVersion V5 = ProtocolVersion.V5;

    [Theory]
    [InlineData(V311, QualityOfService.AtMostOnce)]
    [InlineData(V311, QualityOfService.AtLeastOnce)]
    [InlineData(V311, QualityOfService.ExactlyOnce)]
    [InlineData(V5, QualityOfService.AtMostOnce)]
    [InlineData(V5, QualityOfService.AtLeastOnce)]
    [InlineData(V5, QualityOfService.ExactlyOnce)]
    [
        Statement("MQTT-3.1.0-1", ProtocolVersion.V5),
        Statement("MQTT-3.3.4-1", ProtocolVersion.V5),
        Statement("MQTT-4.2-1", ProtocolVersion.V5),
        Statement("MQTT-4.3.1-1", ProtocolVersion.V5),
        Statement("MQTT-4.3.2-4", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-8", ProtocolVersion.V5)
    ]
    [
        Statement("MQTT-4.3.3-11", ProtocolVersion.V5),
        Statement("MQTT-4.5.0-2", ProtocolVersion.V5),
        Statement("MQTT-4.12.0-7", ProtocolVersion.V5),
        Statement("MQTT-3.1.0-1", ProtocolVersion.V311),
        Statement("MQTT-3.3.4-1", ProtocolVersion.V311),
        Statement("MQTT-4.3.1-1", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-4.3.2-2", ProtocolVersion.V311),
        Statement("MQTT-4.5.0-2", ProtocolVersion.V311),
        Statement("MQTT-7.0.0-2", ProtocolVersion.V311),
        Statement("MQTT-7.1.2-1", ProtocolVersion.V311)
    ]
    public async Task A_message_reaches_its_subscriber_at_every_quality_of_service(ProtocolVersion version, QualityOfService qos)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, version, "both-ways"));
        Inbox inbox = new(client);
        await client.ConnectAsync();
        ReasonCode granted = await client.SubscribeAsync("a/+", qos);

        ReasonCode reason = await client.PublishAsync("a/b", Clients.Text("hello"), qos);
        ReceivedMessage message = await inbox.NextAsync("the message");

        Assert.Equal((byte)qos, (byte)granted);
        Assert.Equal(ReasonCode.Success, reason);
        Assert.Equal(("a/b", "hello", qos), (message.Topic, Encoding.UTF8.GetString(message.Payload.Span), message.Qos));
        Assert.Equal(0, client.InFlightCount);
    }

    [Fact]
    public async Task Properties_arrive_as_they_were_sent()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, V5, "properties"));
        Inbox inbox = new(client);
        await client.ConnectAsync();
        await client.SubscribeAsync(
            [new Subscription(TopicFilter.Parse("a"), QualityOfService.AtLeastOnce)],
            new PacketProperties { SubscriptionIdentifiers = [7] }
        );
        PacketProperties sent = new PacketProperties
        {
            ContentType = "text",
            ResponseTopic = "reply",
            CorrelationData = Clients.Text("42"),
            UserProperties = [new("b", "1"), new("a", "2"), new("b", "3")],
        };

        await client.PublishAsync("a", Clients.Text("x"), QualityOfService.AtLeastOnce, properties: sent);
        PacketProperties received = (await inbox.NextAsync("the message")).Properties;

        Assert.Equal([7], received.SubscriptionIdentifiers);
        Assert.Equal(
            ("text", "reply", "42"),
            (received.ContentType, received.ResponseTopic, Encoding.UTF8.GetString(received.CorrelationData!.Value.Span))
        );
        Assert.Equal(sent.UserProperties, received.UserProperties);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    public async Task A_retained_message_waits_for_a_later_subscriber(ProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, version, "retained"));
        Inbox inbox = new(client);
        await client.ConnectAsync();

        await client.PublishAsync("state", Clients.Text("on"), QualityOfService.AtLeastOnce, retain: true);
        await client.SubscribeAsync("state");
        ReceivedMessage message = await inbox.NextAsync("the retained message");

        Assert.True(message.Retain);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    public async Task An_unsubscribed_client_receives_nothing_more(ProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, version, "unsubscribe"));
        Inbox inbox = new(client);
        await client.ConnectAsync();
        await client.SubscribeAsync([
            new Subscription(TopicFilter.Parse("a"), QualityOfService.AtLeastOnce),
            new Subscription(TopicFilter.Parse("b"), QualityOfService.AtLeastOnce),
        ]);

        await client.UnsubscribeAsync([TopicFilter.Parse("a")]);
        await client.PublishAsync("a", Clients.Text("not for us"), QualityOfService.AtLeastOnce);
        await client.PublishAsync("b", Clients.Text("for us"), QualityOfService.AtLeastOnce);

        Assert.Equal("for us", await inbox.NextTextAsync("the message on the other topic"));
        Assert.True(inbox.IsEmpty);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    [Statement("MQTT-3.14.4-1", ProtocolVersion.V311), Statement("MQTT-3.14.4-2", ProtocolVersion.V311)]
    public async Task Abort_lets_the_server_publish_the_will_and_a_goodbye_does_not(ProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient witness = Clients.Create(Clients.Options(broker, version, "witness"));
        Inbox inbox = new(witness);
        await witness.ConnectAsync();
        await witness.SubscribeAsync("will/#");
        MqttClientOptions options = Clients.Options(broker, version, "mortal") with { Reconnect = false };
        await using MqttClient polite = Clients.Create(
            options with
            {
                ClientId = "polite",
                Will = new WillMessage("will/polite", Clients.Text("gone")),
            }
        );
        await using MqttClient mortal = Clients.Create(
            options with
            {
                Will = new WillMessage("will/mortal", Clients.Text("gone")) { Qos = QualityOfService.AtLeastOnce },
            }
        );
        await polite.ConnectAsync();
        await mortal.ConnectAsync();

        await polite.DisconnectAsync();
        mortal.Abort();

        Assert.Equal("will/mortal", (await inbox.NextAsync("the will")).Topic);
        Assert.True(inbox.IsEmpty);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    [
        Statement("MQTT-3.1.2-23", ProtocolVersion.V5),
        Statement("MQTT-3.1.3-2", ProtocolVersion.V5),
        Statement("MQTT-4.1.0-1", ProtocolVersion.V5),
        Statement("MQTT-3.1.2-4", ProtocolVersion.V311),
        Statement("MQTT-3.1.3-2", ProtocolVersion.V311),
        Statement("MQTT-4.1.0-1", ProtocolVersion.V311)
    ]
    [Statement("MQTT-4.1.0-2", ProtocolVersion.V311)]
    public async Task A_persistent_session_survives_the_brokers_restart(ProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(persistence: true);
        MqttClientOptions options = Clients.Options(broker, version, "sleeper") with
        {
            CleanStart = false,
            SessionExpiryInterval = TimeSpan.FromHours(1),
        };
        await using MqttClient sleeper = Clients.Create(options);
        Inbox inbox = new(sleeper);
        Assert.False((await sleeper.ConnectAsync()).SessionPresent);
        await sleeper.SubscribeAsync("a", QualityOfService.ExactlyOnce);
        await sleeper.DisconnectAsync();
        await using MqttClient publisher = Clients.Create(Clients.Options(broker, version, "publisher"));
        await publisher.ConnectAsync();
        await publisher.PublishAsync("a", Clients.Text("1"), QualityOfService.AtLeastOnce);
        await publisher.PublishAsync("a", Clients.Text("2"), QualityOfService.ExactlyOnce);

        await broker.StopAsync();
        await broker.StartAgainAsync();
        ConnAckPacket accepted = await sleeper.ConnectAsync();

        Assert.True(accepted.SessionPresent);
        Assert.Equal("1", await inbox.NextTextAsync("the first message"));
        Assert.Equal("2", await inbox.NextTextAsync("the second message"));
    }

    [Theory]
    [InlineData(V311, QualityOfService.AtLeastOnce)]
    [InlineData(V311, QualityOfService.ExactlyOnce)]
    [InlineData(V5, QualityOfService.AtLeastOnce)]
    [InlineData(V5, QualityOfService.ExactlyOnce)]
    public async Task Messages_published_without_a_connection_arrive_in_order_after_the_reconnect(
        ProtocolVersion version,
        QualityOfService qos
    )
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(persistence: true);
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, version, "patient") with
            {
                CleanStart = false,
                SessionExpiryInterval = TimeSpan.FromHours(1),
            }
        );
        Inbox inbox = new(client);
        await client.ConnectAsync();
        await client.SubscribeAsync("a", qos);
        Task<ConnectionLoss> lost = Clients.NextLoss(client);
        await broker.StopAsync();
        await lost;

        Task<ReasonCode>[] published = Enumerable
            .Range(0, 20)
            .Select(number => client.PublishAsync("a", Clients.Text($"{number}"), qos))
            .ToArray();
        Assert.Equal(20, client.InFlightCount);
        await broker.StartAgainAsync();

        Assert.All(
            await Clients.WithPatience(Task.WhenAll(published), "all acknowledgements"),
            reason => Assert.Equal(ReasonCode.Success, reason)
        );
        for (int number = 0; number < 20; number++)
            Assert.Equal($"{number}", await inbox.NextTextAsync($"message {number}"));
        Assert.True(inbox.IsEmpty);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    public async Task Subscriptions_are_renewed_when_the_server_has_forgotten_them(ProtocolVersion version)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, version, "renewing"));
        Inbox inbox = new(client);
        await client.ConnectAsync();
        await client.SubscribeAsync("a");
        await broker.StopAsync();
        Task<ConnAckPacket> connected = Clients.NextConnection(client);

        await broker.StartAgainAsync();
        Assert.False((await connected).SessionPresent);
        await client.PublishAsync("a", Clients.Text("again"), QualityOfService.AtLeastOnce);

        Assert.Equal("again", await inbox.NextTextAsync("the message after the restart"));
    }

    [Theory]
    [InlineData(V311, QualityOfService.AtLeastOnce)]
    [InlineData(V311, QualityOfService.ExactlyOnce)]
    [InlineData(V5, QualityOfService.AtLeastOnce)]
    [InlineData(V5, QualityOfService.ExactlyOnce)]
    public async Task A_message_that_was_not_acknowledged_comes_again_after_the_reconnect(ProtocolVersion version, QualityOfService qos)
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, version, "forgetful") with
            {
                CleanStart = false,
                SessionExpiryInterval = TimeSpan.FromHours(1),
                AcknowledgeAutomatically = false,
            }
        );
        Inbox inbox = new(client);
        await client.ConnectAsync();
        await client.SubscribeAsync("a", qos);
        await client.PublishAsync("a", Clients.Text("x"), qos);
        ReceivedMessage first = await inbox.NextAsync("the message");
        Task<ConnAckPacket> connected = Clients.NextConnection(client);

        client.Abort();
        await connected;
        first.Acknowledge(); // Of the old connection: must not count for the new one.
        ReceivedMessage second = await inbox.NextAsync("the message again");
        second.Acknowledge();
        await client.PublishAsync("a", Clients.Text("y"), qos);

        Assert.True(second.Dup);
        Assert.Equal("y", await inbox.NextTextAsync("the next message"));
        Assert.True(inbox.IsEmpty);
    }

    [Theory]
    [InlineData(V311)]
    [InlineData(V5)]
    [
        Statement("MQTT-4.3.3-10", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-12", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-2", ProtocolVersion.V311)
    ]
    public async Task Exactly_once_holds_over_connections_that_are_cut_on_both_sides(ProtocolVersion version)
    {
        const int Messages = 400;
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("max_queued_messages 0");
        MqttClientOptions options = Clients.Options(broker, version, "sender") with
        {
            CleanStart = false,
            SessionExpiryInterval = TimeSpan.FromHours(1),
            MaximumInFlight = 20,
        };
        await using MqttClient sender = Clients.Create(options);
        await using MqttClient receiver = Clients.Create(options with { ClientId = "receiver" });
        List<string> received = new();
        TaskCompletionSource<bool> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.MessageHandler = (message, _) =>
        {
            received.Add(Encoding.UTF8.GetString(message.Payload.Span));
            if (received.Count % 70 == 0)
                receiver.Abort();
            if (received.Count == Messages)
                all.TrySetResult(true);
            return ValueTask.CompletedTask;
        };
        await receiver.ConnectAsync();
        await receiver.SubscribeAsync("a", QualityOfService.ExactlyOnce);
        await sender.ConnectAsync();

        List<Task<ReasonCode>> published = new();
        for (int number = 0; number < Messages; number++)
        {
            published.Add(sender.PublishAsync("a", Clients.Text($"{number}"), QualityOfService.ExactlyOnce));
            if (number % 50 == 49)
                await Clients.WithPatience(published[^20], "an acknowledgement");
            if (number % 50 == 49)
                sender.Abort();
        }

        await Clients.WithPatience(Task.WhenAll(published), "all acknowledgements");
        await Clients.WithPatience(all.Task, "all messages");
        Assert.Equal(Enumerable.Range(0, Messages).Select(number => $"{number}"), received);
    }

    [Fact]
    public async Task A_failing_handler_ends_the_connection_and_is_reported()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, V5, "failing") with { Reconnect = false });
        client.MessageHandler = (_, _) => throw new InvalidDataException("bad payload");
        await client.ConnectAsync();
        await client.SubscribeAsync("a");
        Task<ConnectionLoss> lost = Clients.NextLoss(client);

        await client.PublishAsync("a", Clients.Text("x"));

        Assert.IsType<InvalidDataException>((await lost).Error);
    }

    [Fact]
    public async Task An_awaited_publish_fails_when_the_client_is_disposed_first()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        MqttClient client = Clients.Create(Clients.Options(broker, V5, "disposed"));
        await client.ConnectAsync();
        await client.DisconnectAsync();
        Task<ReasonCode> published = client.PublishAsync("a", Clients.Text("x"), QualityOfService.AtLeastOnce);

        await client.DisposeAsync();

        await Assert.ThrowsAsync<MqttClientException>(() => published);
    }
}
