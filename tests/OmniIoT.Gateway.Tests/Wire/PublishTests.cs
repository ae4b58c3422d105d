using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class PublishTests
{
    private const string Telemetry = "devices/press-7/telemetry";

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.3.2-4", V5), Statement("MQTT-4.3.2-2", V311)]
    public async Task A_QoS_1_message_is_acknowledged_only_after_its_commit(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);
        host.Ingress.Hold();

        await device.PublishAsync(Telemetry, "{}", qos: 1, identifier: 9);
        await host.Ingress.SubmittedAsync(1);
        await device.ExpectNothingAsync();
        host.Ingress.LetGo();

        Assert.Equal(9, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Assert.Equal(Telemetry, Assert.Single(host.Ingress.Messages).Topic);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.3.3-8", V5), Statement("MQTT-4.3.3-10", V5), Statement("MQTT-4.3.3-11", V5), Statement("MQTT-4.3.3-2", V311)]
    public async Task A_QoS_2_message_takes_effect_once(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);

        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);
        Assert.Equal(5, (await device.ExpectAsync(PacketType.PubRec)).Identifier);
        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5, dup: true);
        Assert.Equal(5, (await device.ExpectAsync(PacketType.PubRec)).Identifier);
        await device.AcknowledgeAsync(PacketType.PubRel, 5);
        Assert.Equal(5, (await device.ExpectAsync(PacketType.PubComp)).Identifier);
        await device.PublishAsync(Telemetry, "2", qos: 2, identifier: 5);
        await device.ExpectAsync(PacketType.PubRec);

        Assert.Equal(["1", "2"], host.Ingress.Messages.Select(message => Encoding.UTF8.GetString(message.Payload)));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_repetition_by_a_new_connection_is_acknowledged_only_after_the_commit_of_the_first(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version, clean: false);
        host.Ingress.Hold();
        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);
        await host.Ingress.SubmittedAsync(1);
        await using WireClient back = await WireClient.DeviceAsync(host, version, clean: false);

        await back.PublishAsync(Telemetry, "1", qos: 2, identifier: 5, dup: true);
        await back.ExpectNothingAsync();
        host.Ingress.LetGo();

        Assert.Equal(5, (await back.ExpectAsync(PacketType.PubRec)).Identifier);
        Assert.Single(host.Ingress.Messages);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_packet_identifier_that_is_used_for_another_message_before_it_was_released_is_refused(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);
        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);
        await device.ExpectAsync(PacketType.PubRec);

        await device.PublishAsync(Telemetry, "2", qos: 2, identifier: 5);

        if (version == V311)
            await device.ExpectClosedAsync();
        else
            Assert.Equal(ReasonCode.PacketIdentifierInUse, (await device.ExpectAsync(PacketType.PubRec)).Reason);
        Assert.Equal("1", Encoding.UTF8.GetString(Assert.Single(host.Ingress.Messages).Payload));
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_repetition_without_its_flag_is_known_by_its_content(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);
        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);
        await device.ExpectAsync(PacketType.PubRec);

        await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);

        Assert.False((await device.ExpectAsync(PacketType.PubRec)).Reason.IsFailure());
        Assert.Single(host.Ingress.Messages);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_QoS_2_message_of_a_kept_session_takes_effect_once_over_a_restart(ProtocolVersion version)
    {
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.StartAsync(store: store))
        {
            await using WireClient device = await WireClient.DeviceAsync(host, version, clean: false);
            await device.PublishAsync(Telemetry, "1", qos: 2, identifier: 5);
            await device.ExpectAsync(PacketType.PubRec);
            device.Break();
        }
        await using GatewayHost restarted = await GatewayHost.StartAsync(store: store);
        await using WireClient again = await WireClient.DeviceAsync(restarted, version, clean: false);

        await again.PublishAsync(Telemetry, "1", qos: 2, identifier: 5, dup: true);
        await again.ExpectAsync(PacketType.PubRec);
        await again.AcknowledgeAsync(PacketType.PubRel, 5);
        await again.ExpectAsync(PacketType.PubComp);

        Assert.Empty(restarted.Ingress.Messages);
        Assert.Equal(0, store.ReceivedCount);
    }

    [Fact]
    [Statement("MQTT-4.6.0-2", V5), Statement("MQTT-4.6.0-2", V311)]
    public async Task Acknowledgements_come_in_the_order_of_the_messages()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);

        await device.SendAsync(output =>
        {
            for (ushort i = 1; i <= 2000; i++)
                PublishWriter.Write(
                    output,
                    V311,
                    "devices/press-7/telemetry"u8,
                    "{\"values\":{}}"u8,
                    QualityOfService.AtLeastOnce,
                    packetIdentifier: i
                );
        });

        for (int i = 1; i <= 2000; i++)
            Assert.Equal(i, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Assert.Equal(2000, host.Ingress.Messages.Count);
    }

    [Fact]
    public async Task A_refused_message_is_not_acknowledged_before_those_sent_before_it()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        host.Ingress.Hold();
        await device.PublishAsync(Telemetry, "{}", qos: 1, identifier: 1);
        await host.Ingress.SubmittedAsync(1);

        await device.PublishAsync("elsewhere", "{}", qos: 1, identifier: 2);
        await device.ExpectNothingAsync();
        host.Ingress.LetGo();

        Assert.Equal(1, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Assert.Equal(2, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
    }

    [Theory]
    [InlineData(1, PacketType.PubAck)]
    [InlineData(2, PacketType.PubRec)]
    public async Task A_topic_outside_the_root_is_refused_with_0x87_in_5(int qos, PacketType answer)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.PublishAsync("devices/press-8/telemetry", "{}", qos, identifier: 4);

        Assert.Equal(ReasonCode.NotAuthorized, (await device.ExpectAsync(answer)).Reason);
        Assert.Empty(host.Ingress.Messages);
    }

    [Theory, InlineData("devices/press-7"), InlineData("devices/press-7/"), InlineData("devices/press-77/telemetry"), InlineData("$SYS/x")]
    public async Task Only_what_lies_strictly_below_the_root_is_allowed(string topic)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.PublishAsync(topic, "{}");
        await device.ExpectNothingAsync();

        Assert.Empty(host.Ingress.Messages);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    [Statement("MQTT-3.3.5-2", V311)]
    public async Task A_topic_outside_the_root_ends_a_311_connection(int qos)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);

        await device.PublishAsync("devices/press-8/telemetry", "{}", qos, identifier: 4);

        await device.ExpectClosedAsync();
        Assert.Empty(host.Ingress.Messages);
    }

    [Theory]
    [InlineData(MessageOutcome.PayloadInvalid, ReasonCode.PayloadFormatInvalid)]
    [InlineData(MessageOutcome.QuotaExceeded, ReasonCode.QuotaExceeded)]
    public async Task A_dead_letter_is_acknowledged_with_its_reason_in_5(MessageOutcome outcome, ReasonCode reason)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Ingress.Judge = _ => outcome;
        await using WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);

        await device.PublishAsync(Telemetry, "nonsense", qos: 1, identifier: 1);
        await device.PublishAsync(Telemetry, "nonsense", qos: 2, identifier: 2);

        Assert.Equal(reason, (await device.ExpectAsync(PacketType.PubAck)).Reason);
        Assert.Equal(reason, (await device.ExpectAsync(PacketType.PubRec)).Reason);
    }

    [Fact]
    [Statement("MQTT-4.3.3-9", V5)]
    public async Task A_packet_identifier_is_free_again_after_a_refusing_PUBREC()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Ingress.Judge = message => message.Payload.Length > 3 ? MessageOutcome.PayloadInvalid : MessageOutcome.Accepted;
        await using WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);

        await device.PublishAsync(Telemetry, "nonsense", qos: 2, identifier: 2);
        await device.ExpectAsync(PacketType.PubRec);
        await device.PublishAsync(Telemetry, "{}", qos: 2, identifier: 2);
        await device.ExpectAsync(PacketType.PubRec);

        Assert.Equal(2, host.Ingress.Messages.Count);
    }

    [Fact]
    public async Task A_dead_letter_is_simply_acknowledged_in_311()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Ingress.Judge = _ => MessageOutcome.PayloadInvalid;
        await using WireClient device = await WireClient.DeviceAsync(host, V311);

        await device.PublishAsync(Telemetry, "nonsense", qos: 1, identifier: 1);

        Assert.Equal(2, (await device.ExpectAsync(PacketType.PubAck)).Body.Length);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_packet_larger_than_the_maximum_ends_the_connection(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);

        await device.SendAsync(new byte[] { 0x30, 0x80, 0x80, 0x40 }); // The header alone tells 1 MiB and more.

        await device.ExpectEndAsync(ReasonCode.PacketTooLarge);
    }

    [Fact]
    public async Task A_packet_of_nearly_the_maximum_arrives_whole()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        string payload = new('x', (1024 * 1024) - 100);

        await device.PublishAsync(Telemetry, payload, qos: 1, identifier: 1);

        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal(payload.Length, Assert.Single(host.Ingress.Messages).Payload.Length);
    }

    [Fact]
    [Statement("MQTT-3.3.2-12", V5)]
    public async Task A_topic_alias_stands_for_the_topic_it_was_set_to()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        PacketProperties alias = new() { TopicAlias = 3 };

        await device.PublishAsync(Telemetry, "1", qos: 1, identifier: 1, properties: alias);
        await device.PublishAsync("", "2", qos: 1, identifier: 2, properties: alias);
        await device.ExpectAsync(PacketType.PubAck);
        await device.ExpectAsync(PacketType.PubAck);

        Assert.All(host.Ingress.Messages, message => Assert.Equal(Telemetry, message.Topic));
    }

    [Theory]
    [InlineData(11, Telemetry, ReasonCode.TopicAliasInvalid)]
    [InlineData(5, "", ReasonCode.ProtocolError)]
    [Statement("MQTT-3.3.2-9", V5)]
    public async Task A_bad_topic_alias_ends_the_connection(int alias, string topic, ReasonCode reason)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.PublishAsync(topic, "1", properties: new PacketProperties { TopicAlias = (ushort)alias });

        await device.ExpectEndAsync(reason);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.3.4-9", V5)]
    public async Task One_open_QoS_2_message_more_than_the_receive_maximum_ends_the_connection(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");
        for (ushort i = 1; i <= 20; i++)
        {
            await client.PublishAsync("t", "x", qos: 2, identifier: i);
            await client.ExpectAsync(PacketType.PubRec);
        }

        await client.PublishAsync("t", "x", qos: 2, identifier: 21);

        await client.ExpectEndAsync(ReasonCode.ReceiveMaximumExceeded);
    }

    [Fact]
    public async Task A_client_that_is_still_sending_reads_why_it_is_disconnected()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");
        for (ushort i = 1; i <= 21; i++)
            await client.PublishAsync("t", "x", qos: 2, identifier: i);

        for (ushort i = 1; i <= 20; i++)
        {
            await client.ExpectAsync(PacketType.PubRec);
            await client.AcknowledgeAsync(PacketType.PubRel, i);
        }

        await client.ExpectEndAsync(ReasonCode.ReceiveMaximumExceeded);
    }

    [Fact]
    [Statement("MQTT-3.3.4-6", V5)]
    public async Task A_subscription_identifier_from_a_client_ends_the_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");

        await client.PublishAsync("t", "x", properties: new PacketProperties { SubscriptionIdentifiers = [1] });

        await client.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-4.8.0-1", V311)]
    public async Task What_came_before_a_broken_packet_is_taken_in(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, version);

        await device.SendAsync(output =>
        {
            PublishWriter.Write(output, version, "devices/press-7/telemetry"u8, "{}"u8, QualityOfService.AtMostOnce);
            output.Write<byte>([0x36, 0x00]); // QoS 3.
        });

        await device.ExpectEndAsync(ReasonCode.MalformedPacket);
        await host.Ingress.MessagesAsync(1);
    }

    [Fact]
    public async Task A_packet_in_single_bytes_is_understood()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        System.Buffers.ArrayBufferWriter<byte> bytes = new();
        PublishWriter.Write(bytes, V311, "devices/press-7/telemetry"u8, "{}"u8, QualityOfService.AtLeastOnce, packetIdentifier: 7);

        foreach (byte one in bytes.WrittenMemory.ToArray())
            await device.SendAsync(new[] { one });

        Assert.Equal(7, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
    }

    [Fact]
    public async Task A_held_commit_pauses_the_reader_and_nothing_is_lost()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        const int messages = 20_000;
        host.Ingress.Hold();

        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < messages; i++)
                await device.PublishAsync(Telemetry, new string('x', 500), qos: 1, identifier: (ushort)(i + 1));
        });
        await host.Ingress.SubmittedAsync(FakeIngress.InboxBatches);
        Assert.False(sending.IsCompleted, "The client could send 10 MB although nothing was committed.");
        Assert.Empty(host.Ingress.Messages);
        host.Ingress.LetGo();

        for (int i = 0; i < messages; i++)
            Assert.Equal((ushort)(i + 1), (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        await Within.LimitAsync(sending);
        Assert.Equal(messages, host.Ingress.Messages.Count);
    }
}
