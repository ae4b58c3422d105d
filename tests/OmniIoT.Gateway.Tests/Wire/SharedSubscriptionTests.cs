using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class SharedSubscriptionTests
{
    [Fact]
    [Statement("MQTT-4.8.2-3", V5)]
    public async Task Each_member_gets_its_share_at_its_own_QoS_and_others_get_all()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await using WireClient zero = await WireClient.ConnectAsync(host, V5, "zero");
        await using WireClient two = await WireClient.ConnectAsync(host, V311, "two");
        await using WireClient all = await WireClient.ConnectAsync(host, V5, "all");
        await zero.SubscribeAsync("$share/g/t/#", qos: 0);
        await two.SubscribeAsync("$share/g/t/#", qos: 2);
        await all.SubscribeAsync("t/+", qos: 1);

        for (ushort i = 1; i <= 4; i++)
            await publisher.PublishAsync("t/x", $"{i}", qos: 2, identifier: i);

        Assert.Equal([("1", 0), ("3", 0)], [await NextAsync(zero), await NextAsync(zero)]);
        Assert.Equal([("2", 2), ("4", 2)], [await NextAsync(two), await NextAsync(two)]);
        for (int i = 1; i <= 4; i++)
            Assert.Equal(($"{i}", 1), await NextAsync(all));
        foreach (WireClient client in (WireClient[])[zero, two, all])
            await client.ExpectNothingAsync();
    }

    [Theory, InlineData(1), InlineData(2)]
    [Statement("MQTT-4.8.2-6", V5)]
    public async Task A_message_that_one_member_refused_goes_to_no_other(int qos)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await using WireClient first = await WireClient.ConnectAsync(host, V5, "first");
        await using WireClient second = await WireClient.ConnectAsync(host, V5, "second");
        await first.SubscribeAsync("$share/g/t", qos);
        await second.SubscribeAsync("$share/g/t", qos);

        await publisher.PublishAsync("t", "x", qos, identifier: 1);
        Received received = await first.ReceivePublishAsync();
        await first.AcknowledgeAsync(qos == 1 ? PacketType.PubAck : PacketType.PubRec, received.Identifier, ReasonCode.UnspecifiedError);

        await first.ExpectNothingAsync();
        await second.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-4.8.2-4", V5), Statement("MQTT-4.8.2-5", V5)]
    public async Task A_QoS_2_message_begun_with_one_member_is_completed_with_it_or_with_nobody()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient publisher = await WireClient.ConnectAsync(host, V5, "p");
        await using WireClient second = await WireClient.ConnectAsync(host, V5, "second");
        await using (WireClient first = await WireClient.ConnectAsync(host, V5, "first", clean: false))
        {
            await first.SubscribeAsync("$share/g/t", qos: 2);
            await second.SubscribeAsync("$share/g/t", qos: 2);
            await publisher.PublishAsync("t", "x", qos: 2, identifier: 1);
            await first.ReceivePublishAsync();
        }

        await using (WireClient back = await WireClient.ConnectAsync(host, V5, "first", clean: false))
        {
            Received again = await back.ReceivePublishAsync();
            Assert.Equal(("x", true), (again.Payload, again.Dup));
        }
        await using WireClient clean = await WireClient.ConnectAsync(host, V5, "first"); // Its session ends.

        await clean.ExpectNothingAsync();
        await second.ExpectNothingAsync();
    }

    [Fact]
    public async Task No_retained_message_is_sent_to_a_shared_subscription()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");
        await client.PublishAsync("t", "kept", retain: true);

        await client.SubscribeAsync("$share/g/t");

        await client.ExpectNothingAsync();
    }

    private static async Task<(string, int)> NextAsync(WireClient client)
    {
        Received received = await client.ReceivePublishAsync();
        return (received.Payload, received.Qos);
    }
}
