using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Edge;

/// <summary>The edge agent as a process, against the host, over a link that fails.</summary>
public sealed class EdgeAgentTests
{
    private const string Readings = "devices/cellar-1/telemetry/raw?metric=temperature&limit=10000";

    [Fact]
    public async Task What_was_read_while_the_link_was_cut_arrives_once_and_in_order()
    {
        using TemporaryDirectory directory = new();
        await using HostProcess host = await HostProcess.StartAsync();
        await using CuttableLink link = new(host.MqttPort);
        await using LineProcess agent = await StartAgentAsync(host, link, directory.Path);

        await host.Api.SeenAsync(Readings, page => page["items"]!.AsArray().Count >= 20, "readings before the cut");
        DateTimeOffset cutAt = TimeProvider.System.GetUtcNow();
        link.Cut();
        // The agent waits longer and longer between its attempts, and reads its sensor twenty times a second.
        for (int attempt = 0; attempt < 3; attempt++)
            await link.TurnedAwayAsync();
        DateTimeOffset mendedAt = TimeProvider.System.GetUtcNow();
        link.Mend();
        // The newest comes first, and then what waited.
        await host.Api.SeenAsync(
            Readings,
            page => page["items"]!.AsArray() is var items && At(items[^1]!) > mendedAt && Gaps(items) == 0,
            "readings after the cut and during it"
        );
        Assert.Equal(0, await agent.StopAsync("the edge agent"));

        IReadOnlyList<JsonNode> readings = await host.Api.ListAsync(Readings);
        long first = (long)readings[0]["seq"]!;
        Assert.Equal(
            Enumerable.Range(0, readings.Count).Select(number => first + number),
            readings.Select(reading => (long)reading["seq"]!)
        );
        Assert.Equal(readings.Select(At).Order(), readings.Select(At));
        Assert.True(
            readings.Count(reading => At(reading) > cutAt && At(reading) < mendedAt) >= 10,
            "Hardly anything was read during the cut."
        );
        Assert.Empty(await host.Api.ListAsync("dead-letters"));
        Assert.Empty(host.Errors);
    }

    private static async Task<LineProcess> StartAgentAsync(HostProcess host, CuttableLink link, string directory)
    {
        await host.Api.PutAsync("models/cellar", """{ "name": "Cellar", "metrics": { "temperature": { "unit": "Cel" } } }""");
        JsonNode device = await host.Api.PutAsync("devices/cellar-1", """{ "model": "cellar" }""");
        string config = Path.Combine(directory, "edge.json");
        JsonObject settings = new()
        {
            ["deviceId"] = "cellar-1",
            ["secret"] = (string?)device["secret"],
            ["port"] = link.Port,
            ["samplingInterval"] = "50ms",
            ["sensors"] = new JsonArray(
                JsonNode.Parse("""{ "id": "s1", "type": "simulated", "period": "10s", "metrics": { "temperature": {} } }""")
            ),
            ["queue"] = new JsonObject { ["directory"] = Path.Combine(directory, "queue") },
        };
        await File.WriteAllTextAsync(config, settings.ToJsonString());
        return LineProcess.Start("dotnet", Path.Combine(AppContext.BaseDirectory, "OmniIoT.Edge.dll"), "--settings", config);
    }

    /// <summary>Numbers between the first and the last that did not arrive.</summary>
    private static long Gaps(JsonArray readings) => (long)readings[^1]!["seq"]! - (long)readings[0]!["seq"]! + 1 - readings.Count;

    private static DateTimeOffset At(JsonNode reading) => DateTimeOffset.Parse((string)reading["at"]!, CultureInfo.InvariantCulture);
}
