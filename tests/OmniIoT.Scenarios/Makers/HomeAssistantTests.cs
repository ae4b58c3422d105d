using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Makers;

[Collection(nameof(MakersHost))]
public sealed class HomeAssistantTests(MakersHost host)
{
    [Fact]
    public async Task A_boiler_announces_itself_measures_and_answers_a_command_over_connections_of_their_own()
    {
        (string id, MosquittoClient boiler) = await host.AddAsync("boiler-", "pump");
        await boiler.PublishAsync(
            $"homeassistant/sensor/{id}/water/config",
            $$$"""{"~":"home/{{{id}}}","stat_t":"~/state","val_tpl":"{{ value_json.water }}","unit_of_meas":"°C","dev":{"ids":"{{{id}}}","mf":"Acme"}}"""
        );
        await boiler.PublishAsync(
            $"homeassistant/switch/{id}/pump/config",
            $$"""{"cmd_t":"home/{{id}}/pump/set","stat_t":"home/{{id}}/pump","pl_on":"1","pl_off":"0"}"""
        );
        await boiler.PublishAsync($"home/{id}/state", """{"water":61.5,"ignored":1}""");
        await using MosquittoSubscription commands = await boiler.SubscribeAsync($"home/{id}/pump/set");

        string command = await host.SendAsync(id, "pump", """{"value":true}""");
        MosquittoMessage asked = Assert.Single(await commands.ReceivedAsync(1, "the command"));
        await boiler.PublishAsync($"home/{id}/pump", "1");

        JsonNode ended = await host.EndedAsync(id, command, "succeeded");
        Assert.Equal(($"home/{id}/pump/set", 1), (asked.Topic, (int)asked.Payload));
        Assert.Equal(1, (int)ended["result"]!);
        JsonNode twin = await host.TwinAsync(id, twin => MakersHost.Value(twin, "water") is not null, "water");
        Assert.Equal((61.5, 1), ((double)MakersHost.Value(twin, "water")!, (int)MakersHost.Value(twin, "pump")!));
        Assert.Equal("°C", (string?)twin["reported"]!["homeassistant"]!["entities"]!["water"]!["unit"]);
        Assert.Equal("Acme", (string?)twin["reported"]!["homeassistant"]!["device"]!["manufacturer"]);
    }
}
