using System.Text;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects;

public sealed class HubTwinTests
{
    [Fact]
    public async Task A_twin_is_read_with_its_versions()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await ConnectAsync(host);

        await device.PublishAsync("$iothub/twin/GET/?$rid=a%3A1", " ");

        Received answer = await device.ReceivePublishAsync();
        Assert.Equal(("$iothub/twin/res/200/?$rid=a%3A1", 0), (answer.Topic, answer.Qos));
        Assert.Equal("""{"desired":{"speed":3,"$version":4},"reported":{"$version":0}}""", answer.Payload);
    }

    [Fact]
    public async Task A_report_is_answered_with_the_version_that_it_makes()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await ConnectAsync(host);

        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"firmware":"1.2"}""");
        Received first = await device.ReceivePublishAsync();
        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=2", """{"firmware":null}""", qos: 1, identifier: 7);
        Received second = await device.ReceivePublishAsync();

        Assert.Equal(("$iothub/twin/res/204/?$rid=1&$version=1", ""), (first.Topic, first.Payload));
        Assert.Equal("$iothub/twin/res/204/?$rid=2&$version=2", second.Topic);
        Assert.Equal(7, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Assert.Empty(host.Twins.Reported);
    }

    [Theory]
    [InlineData("no json", 1)]
    [InlineData("[1]", 1)]
    [InlineData("""{"$version":7}""", 0)]
    public async Task A_report_that_cannot_be_understood_is_refused(string payload, int handedOn)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await ConnectAsync(host);

        await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", payload);

        Received answer = await device.ReceivePublishAsync();
        Assert.Equal("$iothub/twin/res/400/?$rid=1", answer.Topic);
        Assert.StartsWith("""{"errorCode":400,"message":""", answer.Payload, StringComparison.Ordinal);
        Assert.Equal(0, host.Twins.ReportedVersion);
        await host.Ingress.MessagesAsync(handedOn); // To the dead letters, as a native one.
        Assert.All(
            host.Ingress.Messages,
            message => Assert.Equal(("devices/press-7/twin/reported", payload), (message.Topic, Encoding.UTF8.GetString(message.Payload)))
        );
    }

    [Fact]
    public async Task Who_did_not_subscribe_to_answers_gets_none()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);

        await device.PublishAsync("$iothub/twin/GET/?$rid=1", "");

        await device.ExpectNothingAsync();
    }

    private static async Task<WireClient> ConnectAsync(GatewayHost host)
    {
        WireClient device = await HubDevice.ConnectAsync(host);
        await device.SubscribeAsync("$iothub/twin/res/#");
        return device;
    }
}
