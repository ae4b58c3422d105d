using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Devices;

/// <summary>A product reports trouble, the agent sees the case.</summary>
public sealed class ProductTroubleTests : IAsyncLifetime
{
    private const string Model = """
        { "name": "Washer W2",
          "metrics": { "temperature": { "unit": "Cel" }, "vibration": { "unit": "mm/s" } },
          "commands": { "restart": { "timeoutSeconds": 60 }, "slow-spin": {} },
          "rules": [
            { "type": "overheat", "severity": "major", "when": "temperature > 80 for 30s", "clear": "temperature < 75 for 10s",
              "case": { "title": "{{device.name}} runs hot", "priority": "high", "queue": "washers" },
              "notify": { "text": "Your {{model.name}} reported a temperature problem. We are on it." } },
            { "type": "shaking", "severity": "minor", "when": "vibration > 10",
              "case": { "title": "{{device.name}} shakes" }, "remedy": { "command": "slow-spin", "waitSeconds": 60 } } ],
          "verify": { "healthyFor": "30s" } }
        """;

    private HostProcess _host = null!;
    private MosquittoClient _washer = null!;
    private DateTimeOffset _start;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync();
        await _host.Api.PutAsync("models/washer-w2", Model);
        await _host.Api.PutAsync(
            "customers/aysel",
            """{ "name": "Aysel", "consent": { "location": true, "offers": true, "email": true, "sms": false } }"""
        );
        JsonNode device = await _host.Api.PutAsync(
            "devices/washer-7",
            """{ "model": "washer-w2", "customerId": "aysel", "name": "Washer 7" }"""
        );
        _washer = new MosquittoClient(_host.MqttPort, "washer-7", (string)device["secret"]!);
        // The whole story is of the last minutes, in device time: nobody waits for it.
        _start = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(8);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_hot_washer_becomes_a_case_that_an_agent_sees_through()
    {
        await using EventWatcher console = await EventWatcher.OpenAsync(_host.Api, "customerId=aysel");

        await SendAsync("temperature", (0, 85), (20, 86), (29, 87));
        Assert.Empty(await _host.Api.ListAsync("alarms?deviceId=washer-7"));
        await SendAsync("temperature", (31, 88));

        JsonNode raised = await console.SeenAsync("alarm.raised");
        JsonNode opened = await console.SeenAsync("case.opened");
        Assert.Equal("washer-7", (string?)raised["refs"]!["deviceId"]);
        string caseId = (string)opened["refs"]!["caseId"]!;
        await console.SeenAsync("message.sent");

        await AcknowledgeAsync(caseId);
        await AssignAsync(caseId);
        await _host.Api.PostAsync($"cases/{caseId}/notes", """{ "text": "Customer called; heater suspected." }""");
        await console.SeenAsync("note.added");

        Assert.Equal(
            "verifying",
            (string?)(await _host.Api.PostAsync($"cases/{caseId}/resolve", """{ "resolution": "Relay changed." }"""))["status"]
        );
        await SendAsync("temperature", (60, 70), (75, 70));
        await console.SeenAsync("alarm.cleared");
        await SendAsync("temperature", (80, 90), (100, 90), (111, 90));
        JsonNode reopened = await console.SeenAsync("case.reopened");
        Assert.Equal(caseId, (string?)reopened["refs"]!["caseId"]);
        JsonNode relapsed = await _host.Api.ReadAsync($"cases/{caseId}");
        Assert.Equal(("open", 1), ((string?)relapsed["status"], (int)relapsed["reopenedCount"]!));

        await _host.Api.PostAsync($"cases/{caseId}/resolve", """{ "resolution": "Heater changed." }""");
        await SendAsync("temperature", (130, 60), (145, 60), (165, 60));
        Assert.Equal("verifying", (string?)(await _host.Api.ReadAsync($"cases/{caseId}"))["status"]);
        await SendAsync("temperature", (180, 60));
        await console.SeenAsync("case.resolved");
        Assert.Equal("resolved", (string?)(await _host.Api.ReadAsync($"cases/{caseId}"))["status"]);

        await AssertTimelineTellsItAllAsync();
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_command_goes_down_to_the_device_and_its_answer_comes_back()
    {
        await using MosquittoSubscription device = await _washer.SubscribeAsync("devices/washer-7/commands/+/request");

        JsonNode command = await _host.Api.PostAsync(
            "devices/washer-7/commands",
            """{ "name": "restart", "arguments": { "mode": "full" } }"""
        );
        MosquittoMessage request = (await device.ReceivedAsync(1, "the command"))[0];
        Assert.Equal($"devices/washer-7/commands/{(string)command["id"]!}/request", request.Topic);
        Assert.Equal(("restart", "full"), ((string?)request.Payload["name"], (string?)request.Payload["arguments"]!["mode"]));
        await _washer.PublishAsync(
            request.Topic.Replace("/request", "/response", StringComparison.Ordinal),
            """{ "status": "succeeded", "result": { "uptime": 0 } }"""
        );

        JsonNode answered = Assert.Single(await _host.Api.ListAsync("devices/washer-7/commands"));
        Assert.Equal("succeeded", (string?)answered["status"]);
        Assert.Equal(0, (int)answered["result"]!["uptime"]!);
        Assert.Equal(["command.completed", "command.sent"], await KindsAsync("command.completed", "command.sent"));
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task The_remedy_goes_first_and_a_case_opens_only_when_it_does_not_help()
    {
        await using MosquittoSubscription device = await _washer.SubscribeAsync("devices/washer-7/commands/+/request");
        await using EventWatcher console = await EventWatcher.OpenAsync(_host.Api, "customerId=aysel");

        await SendAsync("vibration", (0, 12));
        MosquittoMessage remedy = (await device.ReceivedAsync(1, "the remedy"))[0];
        Assert.Equal("slow-spin", (string?)remedy.Payload["name"]);
        await SendAsync("vibration", (30, 3), (70, 3));
        JsonNode cured = await console.SeenAsync("alarm.cleared");
        Assert.Equal("slow-spin", (string?)cured["data"]!["remedy"]);
        Assert.Empty(await _host.Api.ListAsync("cases?deviceId=washer-7"));

        await SendAsync("vibration", (100, 12), (150, 12));
        await device.ReceivedAsync(2, "the remedy again");
        Assert.Empty(await _host.Api.ListAsync("cases?deviceId=washer-7"));
        await SendAsync("vibration", (161, 12));
        await console.SeenAsync("case.opened");
        JsonNode opened = Assert.Single(await _host.Api.ListAsync("cases?deviceId=washer-7"));
        JsonNode active = Assert.Single(await _host.Api.ListAsync("alarms?deviceId=washer-7&state=active"));
        Assert.Equal((string?)opened["id"], (string?)active["caseId"]);
        Assert.Empty(_host.Errors);
    }

    private Task SendAsync(string metric, params (int Second, double Value)[] readings) =>
        _washer.PublishAsync(
            "devices/washer-7/telemetry",
            [
                .. readings.Select(reading =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$$"""{"ts":{{{(_start + TimeSpan.FromSeconds(reading.Second)).ToUnixTimeMilliseconds()}}},"values":{"{{{metric}}}":{{{reading.Value}}}}}"""
                    )
                ),
            ]
        );

    private async Task AcknowledgeAsync(string caseId)
    {
        JsonNode alarm = Assert.Single(await _host.Api.ListAsync("alarms?deviceId=washer-7&state=active"));
        Assert.Equal(caseId, (string?)alarm["caseId"]);
        Assert.NotNull((await _host.Api.PostAsync($"alarms/{(string)alarm["id"]!}/acknowledge"))["acknowledgedAt"]);
    }

    private async Task AssignAsync(string caseId)
    {
        using HttpResponseMessage seen = await _host.Api.GetAsync(new Uri($"cases/{caseId}", UriKind.Relative));
        string version = seen.Headers.ETag!.ToString();
        Assert.Equal(
            HttpStatusCode.OK,
            await _host.Api.StatusAsync(HttpMethod.Patch, $"cases/{caseId}", """{ "assignee": "agent:leyla" }""", version)
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            await _host.Api.StatusAsync(HttpMethod.Patch, $"cases/{caseId}", """{ "assignee": "agent:rashad" }""", version)
        );
        Assert.Equal("agent:leyla", (string?)(await _host.Api.ReadAsync($"cases/{caseId}"))["assignee"]);
    }

    private async Task AssertTimelineTellsItAllAsync()
    {
        string[] story =
        [
            "alarm.raised",
            "case.opened",
            "message.sent",
            "note.added",
            "case.verifying",
            "alarm.cleared",
            "case.reopened",
            "case.resolved",
        ];
        Assert.Equal(story.Order(StringComparer.Ordinal), (await KindsAsync(story)).Distinct().Order(StringComparer.Ordinal));
        Assert.Single(await _host.Api.ListAsync("cases?customerId=aysel"));
    }

    private async Task<IEnumerable<string>> KindsAsync(params string[] ofInterest) =>
        (await _host.Api.ListAsync("customers/aysel/timeline")).Select(entry => (string)entry["kind"]!).Where(ofInterest.Contains);
}
