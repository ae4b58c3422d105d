using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

public sealed class ShellyTests
{
    [Fact]
    public async Task A_command_is_a_request_whose_answer_comes_below_its_own_prefix()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        await device.SubscribeAsync("press-7/rpc", qos: 1);

        await host.Downlinks.PublishAsync(MakerClient.Command("Switch.Set", """{"id":0,"on":true}"""), CancellationToken.None);
        Received request = await device.ReceivePublishAsync();
        await device.SayAsync("press-7/omniiot/rpc", """{"id":"c1","src":"press-7","dst":"press-7/omniiot","result":{"was_on":false}}""");

        Assert.Equal(
            ("press-7/rpc", """{"id":"c1","src":"press-7/omniiot","method":"Switch.Set","params":{"id":0,"on":true}}"""),
            (request.Topic, request.Payload)
        );
        Assert.Equal(["""devices/press-7/commands/c1/response {"status":"succeeded","result":{"was_on":false}}"""], host.Ingress.Said());
    }

    [Fact]
    public async Task It_may_use_its_own_topics_only()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        Assert.Equal(ReasonCode.NotAuthorized, await device.SayAsync("press-8/status/switch:0", "{}"));
        Assert.Equal([ReasonCode.NotAuthorized], await device.SubscribeAsync("press-8/rpc"));
        Assert.Equal([ReasonCode.NotAuthorized], await device.SubscribeAsync("+/rpc"));
        Assert.Equal(ReasonCode.Success, await device.SayAsync("press-7/status/switch:0", """{"id":0,"output":true}"""));
    }
}
