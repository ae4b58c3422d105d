using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class ThingsBoardTests(MakersHost host)
{
    [Fact]
    public async Task A_device_measures_reports_and_answers_a_command()
    {
        (string id, MosquittoClient device) = await host.AddAsync("thingsboard-", "setGpio");
        await device.PublishAsync("v1/devices/me/telemetry", """{"temperature":42.2,"net":{"rssi":[-60,-61]}}""");
        await device.PublishAsync("v1/devices/me/attributes", """{"firmware":"1.2"}""");
        await using MosquittoSubscription requests = await device.SubscribeAsync("v1/devices/me/rpc/request/+");

        string command = await host.SendAsync(id, "setGpio", """{"pin":23}""");
        MosquittoMessage request = Assert.Single(await requests.ReceivedAsync(1, "the request"));
        await device.PublishAsync(request.Topic.Replace("request", "response", StringComparison.Ordinal), """{"pin":23,"value":true}""");

        JsonNode ended = await host.EndedAsync(id, command, "succeeded");
        Assert.Equal("""{"method":"setGpio","params":{"pin":23}}""", request.Payload.ToJsonString());
        Assert.True((bool)ended["result"]!["value"]!);
        JsonNode twin = await host.TwinAsync(id, _ => true, "twin");
        Assert.Equal((42.2, -61), ((double)MakersHost.Value(twin, "temperature")!, (int)MakersHost.Value(twin, "net.rssi.1")!));
        Assert.Equal("1.2", (string?)twin["reported"]!["firmware"]);
    }
}
