using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class TasmotaTests(MakersHost host)
{
    [Fact]
    public async Task A_plug_measures_describes_itself_and_answers_a_command()
    {
        (string id, MosquittoClient plug) = await host.AddAsync("tasmota-", "Dimmer");
        await plug.PublishAsync($"tele/{id}/SENSOR", """{"Time":"2026-02-24T22:20:38","ENERGY":{"Power":12,"Voltage":230}}""");
        await plug.PublishAsync($"tele/{id}/INFO1", """{"Info1":{"Version":"13.4.0(tasmota)"}}""");
        await using MosquittoSubscription commands = await plug.SubscribeAsync($"cmnd/{id}/#");

        string command = await host.SendAsync(id, "Dimmer", """{"value":40}""");
        MosquittoMessage asked = Assert.Single(await commands.ReceivedAsync(1, "the command"));
        await plug.PublishAsync($"stat/{id}/RESULT", """{"POWER":"ON","Dimmer":40}""");

        JsonNode ended = await host.EndedAsync(id, command, "succeeded");
        Assert.Equal(($"cmnd/{id}/Dimmer", 40), (asked.Topic, (int)asked.Payload));
        Assert.Equal(40, (int)ended["result"]!["Dimmer"]!);
        JsonNode twin = await host.TwinAsync(id, twin => MakersHost.Value(twin, "Dimmer") is not null, "dimmer");
        Assert.Equal((230, "ON"), ((int)MakersHost.Value(twin, "ENERGY.Voltage")!, (string)MakersHost.Value(twin, "POWER")!));
        Assert.Equal("13.4.0(tasmota)", (string?)twin["reported"]!["tasmota"]!["Info1"]!["Version"]);
    }
}
