using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class ShellyTests(MakersHost host)
{
    [Fact]
    public async Task A_switch_measures_and_answers_a_command()
    {
        (string id, MosquittoClient device) = await host.AddAsync("shellyplus1pm-", "Switch.Set");
        await device.PublishAsync($"{id}/online", "true");
        await device.PublishAsync($"{id}/status/switch:0", """{"id":0,"output":false,"apower":8.9,"aenergy":{"by_minute":[45.1,47.2]}}""");
        await using MosquittoSubscription requests = await device.SubscribeAsync($"{id}/rpc");

        string command = await host.SendAsync(id, "Switch.Set", """{"id":0,"on":true}""");
        JsonNode request = Assert.Single(await requests.ReceivedAsync(1, "the request")).Payload;
        await device.PublishAsync(
            $"{(string)request["src"]!}/rpc",
            $$$"""{"id":"{{{(string)request["id"]!}}}","src":"{{{id}}}","result":{"was_on":false}}"""
        );
        await device.PublishAsync($"{id}/events/rpc", """{"method":"NotifyStatus","params":{"switch:0":{"id":0,"output":true}}}""");

        JsonNode ended = await host.EndedAsync(id, command, "succeeded");
        Assert.Equal(("Switch.Set", true), ((string?)request["method"], (bool)request["params"]!["on"]!));
        Assert.False((bool)ended["result"]!["was_on"]!);
        JsonNode twin = await host.TwinAsync(id, twin => (bool?)MakersHost.Value(twin, "switch.0.output") == true, "output");
        Assert.Equal(
            (8.9, 47.2),
            ((double)MakersHost.Value(twin, "switch.0.apower")!, (double)MakersHost.Value(twin, "switch.0.aenergy.by_minute.1")!)
        );
    }
}
