using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

public sealed class TasmotaTests
{
    [Fact]
    public async Task It_connects_with_its_will_and_measures()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        WillMessage will = new("tele/press-7/LWT", "Offline"u8.ToArray()) { Retain = true, Qos = QualityOfService.AtLeastOnce };
        await using WireClient device = await WireClient.DeviceAsync(host, V311, with: packet => packet with { Will = will });

        await device.PublishAsync("tele/press-7/LWT", "Online", retain: true);
        await device.SayAsync("tele/press-7/SENSOR", """{"Time":"2026-02-24T22:20:38","ENERGY":{"Power":12}}""");
        device.Break();
        await host.ConnectionsAsync(0);

        Assert.Equal(["""devices/press-7/telemetry {"ts":1771971638000,"values":{"ENERGY.Power":12}}"""], host.Ingress.Said());
        Assert.Empty(await host.Store.RetainedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_command_reaches_it_once_and_its_result_answers()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        await device.SubscribeAsync("cmnd/press-7/#");

        await host.Downlinks.PublishAsync(MakerClient.Command("Power", """{"value":"ON"}"""), CancellationToken.None);
        Received command = await device.ReceivePublishAsync();
        await device.SayAsync("stat/press-7/RESULT", """{"POWER":"ON"}""");

        Assert.Equal(("cmnd/press-7/Power", "ON", 0), (command.Topic, command.Payload, command.Qos));
        Assert.Equal(
            [
                """devices/press-7/telemetry {"values":{"POWER":"ON"}}""",
                """devices/press-7/commands/c1/response {"status":"succeeded","result":{"POWER":"ON"}}""",
            ],
            host.Ingress.Said()
        );
    }

    [Fact]
    public async Task It_may_use_its_own_topics_only()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        Assert.Equal(ReasonCode.NotAuthorized, await device.SayAsync("tele/press-8/SENSOR", "{}"));
        Assert.Equal([ReasonCode.NotAuthorized], await device.SubscribeAsync("cmnd/press-8/#"));
        Assert.Equal([ReasonCode.NotAuthorized], await device.SubscribeAsync("cmnd/+/POWER"));
        Assert.Empty(host.Ingress.Messages);
    }
}
