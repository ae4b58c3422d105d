using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Scenarios.Contract;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class Zigbee2MqttTests(MakersHost host)
{
    [Fact]
    public async Task A_bridge_brings_the_devices_behind_it_and_hands_them_commands()
    {
        await using ContractClient bridge = await host.ConnectAsync("bridge-");
        string lamp = bridge.Id + ":kitchen-lamp";
        await bridge.SubscribeAsync("zigbee2mqtt/#");
        Assert.Equal(
            ReasonCode.Success,
            await bridge.PublishAsync(
                "zigbee2mqtt/bridge/devices",
                """[{"type":"Coordinator","friendly_name":"Coordinator"},{"type":"Router","friendly_name":"kitchen/lamp","ieee_address":"0x01"}]"""
            )
        );
        await bridge.PublishAsync("zigbee2mqtt/kitchen/lamp", """{"state":"OFF","brightness":10,"update":{"state":"idle"}}""");

        string command = await host.SendAsync(lamp, "write", """{"state":"ON","brightness":200}""");
        (string topic, JsonNode asked, _) = await bridge.ReceiveAsync("the command");
        await bridge.PublishAsync("zigbee2mqtt/kitchen/lamp", """{"state":"ON","brightness":200}""");

        Assert.Equal(("zigbee2mqtt/kitchen/lamp/set", """{"state":"ON","brightness":200}"""), (topic, asked.ToJsonString()));
        Assert.Equal(200, (int)(await host.EndedAsync(lamp, command, "succeeded"))["result"]!["brightness"]!);
        JsonNode twin = await host.TwinAsync(lamp, twin => (string?)MakersHost.Value(twin, "state") == "ON", "lamp");
        Assert.Equal(
            (true, "idle", "0x01"),
            (
                (bool)twin["connected"]!,
                (string)MakersHost.Value(twin, "update.state")!,
                (string)twin["reported"]!["zigbee"]!["ieee_address"]!
            )
        );
        Assert.Equal(HttpStatusCode.NotFound, await host.Api.StatusAsync(HttpMethod.Get, $"devices/{bridge.Id}:Coordinator"));
    }

    [Fact]
    public async Task A_device_that_the_bridge_cannot_reach_has_failed_its_command_and_goes_with_its_availability()
    {
        await using ContractClient bridge = await host.ConnectAsync("bridge-");
        string lamp = bridge.Id + ":lamp";
        await bridge.SubscribeAsync("zigbee2mqtt/#");
        await bridge.PublishAsync("zigbee2mqtt/lamp", """{"state":"OFF"}""");

        string command = await host.SendAsync(lamp, "write", """{"state":"ON"}""");
        await bridge.ReceiveAsync("the command");
        await bridge.PublishAsync(
            "zigbee2mqtt/bridge/logging",
            """{"level":"error","message":"z2m: Publish 'set' 'state' to 'lamp' failed: 'Error: timeout'"}"""
        );
        await bridge.PublishAsync("zigbee2mqtt/lamp/availability", """{"state":"offline"}""");

        Assert.Contains("timeout", (string)(await host.EndedAsync(lamp, command, "failed"))["error"]!, StringComparison.Ordinal);
        await host.TwinAsync(lamp, twin => !(bool)twin["connected"]!, "lamp away");
    }

    [Fact]
    public async Task With_the_bridge_its_devices_are_gone()
    {
        ContractClient bridge = await host.ConnectAsync("bridge-");
        await bridge.PublishAsync("zigbee2mqtt/lamp", """{"state":"OFF"}""");
        await host.TwinAsync(bridge.Id + ":lamp", twin => (bool)twin["connected"]!, "lamp there");

        await bridge.DisposeAsync();

        await host.TwinAsync(bridge.Id + ":lamp", twin => !(bool)twin["connected"]!, "lamp away");
    }
}
