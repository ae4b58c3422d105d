using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Dialects;

public sealed class HubUplinkTests
{
    private const string Events = "devices/press-7/messages/events/";

    [Fact]
    public async Task Telemetry_is_acknowledged_once_it_is_durable()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);
        host.Ingress.Hold();

        await device.PublishAsync(Events + "line=3&%24.ct=application%2Fjson/", """{"temperature":71}""", qos: 1, identifier: 7);
        await host.Ingress.SubmittedAsync(1);
        await device.ExpectNothingAsync();
        host.Ingress.LetGo();

        Assert.Equal(7, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Ingested message = Assert.Single(host.Ingress.Messages);
        Assert.Equal(
            ("devices/press-7/telemetry", """{"temperature":71,"line":3}"""),
            (message.Topic, Encoding.UTF8.GetString(message.Payload))
        );
    }

    [Fact]
    public async Task Telemetry_of_a_content_type_that_is_not_ours_is_handed_on_as_it_is()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync(Events + "%24.ct=text%2Fplain", "hello", qos: 1, identifier: 7);

        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal(Events + "%24.ct=text%2Fplain", Assert.Single(host.Ingress.Messages).Topic);
    }

    [Fact]
    public async Task A_retained_publish_is_not_retained_and_says_so()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync(Events, """{"temperature":71}""", qos: 1, identifier: 7, retain: true);

        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal("""{"temperature":71,"mqtt-retain":true}""", Encoding.UTF8.GetString(Assert.Single(host.Ingress.Messages).Payload));
        Assert.Empty(await host.Store.RetainedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_publish_at_QoS_2_ends_the_connection_and_leaves_nothing_behind()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync(Events, "{}", qos: 2, identifier: 7);

        await device.ExpectClosedAsync();
        Assert.Empty(host.Ingress.Messages);
        Assert.Equal(0, host.Connections.All().Sum(connection => connection.Session.ReceivedCount));
    }

    [Fact]
    public async Task A_subscription_at_QoS_2_is_granted_1()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        Assert.Equal([ReasonCode.GrantedQos1], await device.SubscribeAsync("devices/press-7/messages/devicebound/#", qos: 2));
        Assert.Equal([ReasonCode.GrantedQos1], await device.SubscribeAsync("$iothub/twin/res/#", qos: 2));
    }

    [Fact]
    public async Task Topics_of_another_device_are_refused()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        Assert.True((await device.SubscribeAsync("devices/press-8/messages/devicebound/#", qos: 1))[0].IsFailure());
        await device.PublishAsync("devices/press-8/messages/events/", "{}", qos: 1, identifier: 7);

        await device.ExpectClosedAsync();
        Assert.Empty(host.Ingress.Messages);
    }

    [Fact]
    public async Task A_device_that_signed_in_natively_does_not_speak_the_hubs_words()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);

        Assert.True((await device.SubscribeAsync("$iothub/twin/res/#"))[0].IsFailure());
        await device.PublishAsync(Events, "{}", qos: 1, identifier: 7);

        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal(Events, Assert.Single(host.Ingress.Messages).Topic);
    }

    [Fact]
    public async Task A_will_becomes_telemetry_that_says_what_it_is()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WireClient device = await HubDevice.ConnectAsync(
            host,
            with: packet =>
                packet with
                {
                    Will = new WillMessage(Events + "reason=lost", """{"on":false}"""u8.ToArray())
                    {
                        Qos = QualityOfService.AtLeastOnce,
                        Retain = true,
                    },
                }
        );

        device.Break();
        await host.Ingress.MessagesAsync(1);

        Ingested message = Assert.Single(host.Ingress.Messages);
        Assert.Equal(
            ("devices/press-7/telemetry", """{"on":false,"reason":"lost","iothub-MessageType":"Will"}"""),
            (message.Topic, Encoding.UTF8.GetString(message.Payload))
        );
        Assert.Empty(await host.Store.RetainedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_result_of_a_method_is_a_commands_response()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync("$iothub/methods/res/200/?$rid=c1", """{"done":true}""");
        await host.Ingress.MessagesAsync(1);

        Ingested message = Assert.Single(host.Ingress.Messages);
        Assert.Equal(
            ("devices/press-7/commands/c1/response", """{"status":"succeeded","result":{"done":true}}"""),
            (message.Topic, Encoding.UTF8.GetString(message.Payload))
        );
    }

    [Fact]
    public async Task What_the_hub_has_no_word_for_is_acknowledged_and_handed_on()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Ingress.Judge = _ => MessageOutcome.PayloadInvalid;
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync("$iothub/uploads/?$rid=1", "{}", qos: 1, identifier: 7);

        await device.ExpectAsync(PacketType.PubAck);
        Assert.Equal("$iothub/uploads/?$rid=1", Assert.Single(host.Ingress.Messages).Topic);
    }
}
