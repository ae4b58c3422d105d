using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class RuleTests(ContractHost host)
{
    private readonly long _start = ContractHost.NowMilliseconds - 3_600_000;

    [Fact]
    public async Task A_duration_runs_in_device_time_and_a_gap_of_more_than_three_intervals_breaks_it()
    {
        await using ContractClient device = await DeviceAsync(
            """[{ "type": "hot", "severity": "major", "when": "temperature > 80 for 10m" }]""",
            """ "temperature": { "interval": "60s" } """
        );

        await MeasureAsync(device, 90, 0, 180, 360, 540);
        await MeasureAsync(device, 90, 540 + 181, 540 + 181 + 180, 540 + 181 + 360, 540 + 181 + 540);
        Assert.Empty(await AlarmsAsync(device));
        await MeasureAsync(device, 90, 540 + 181 + 600);

        JsonNode alarm = Assert.Single(await AlarmsAsync(device))!;
        Assert.Equal(At(540 + 181 + 600), (string?)alarm["raisedAt"]);
    }

    [Fact]
    public async Task Without_clear_the_negation_of_when_clears_and_an_alarm_is_raised_once()
    {
        await using ContractClient device = await DeviceAsync("""[{ "type": "hot", "severity": "major", "when": "temperature > 80" }]""");

        await MeasureAsync(device, 90, 0, 1, 2);
        JsonNode alarm = Assert.Single(await AlarmsAsync(device))!;
        Assert.Equal(
            (At(0), null, 90, null),
            ((string?)alarm["raisedAt"], (string?)alarm["clearedAt"], (double)alarm["value"]!, (string?)alarm["caseId"])
        );
        Assert.Equal("major", (string?)(await TwinAsync(device))["health"]);
        await MeasureAsync(device, 80, 3);

        Assert.Equal(At(3), (string?)Assert.Single(await AlarmsAsync(device, "&state=cleared"))!["clearedAt"]);
        Assert.Empty(await AlarmsAsync(device, "&state=active"));
        Assert.Equal("ok", (string?)(await TwinAsync(device))["health"]);
    }

    [Fact]
    public async Task Clear_must_hold_for_its_own_duration()
    {
        await using ContractClient device = await DeviceAsync(
            """[{ "type": "hot", "severity": "major", "when": "temperature > 80 for 30s", "clear": "temperature < 75 for 60s" }]"""
        );

        await MeasureAsync(device, 85, 0, 29);
        Assert.Empty(await AlarmsAsync(device));
        await MeasureAsync(device, 85, 30);
        await MeasureAsync(device, 74, 40, 99);
        Assert.Single(await AlarmsAsync(device, "&state=active"));
        await MeasureAsync(device, 74, 100);

        JsonNode alarm = Assert.Single(await AlarmsAsync(device))!;
        Assert.Equal((At(30), At(100)), ((string?)alarm["raisedAt"], (string?)alarm["clearedAt"]));
    }

    [Fact]
    public async Task A_comparison_with_what_was_never_reported_holds_neither_plain_nor_under_not()
    {
        await using ContractClient device = await DeviceAsync(
            """
            [{ "type": "plain", "severity": "minor", "when": "ghost > 1" },
             { "type": "not", "severity": "minor", "when": "not (ghost > 1)" },
             { "type": "other", "severity": "minor", "when": "ghost != 1" },
             { "type": "or", "severity": "minor", "when": "ghost > 1 or temperature * 2 + 1 >= 21" },
             { "type": "text", "severity": "warning", "when": "door == 'open' and on" }]
            """,
            """ "temperature": {}, "ghost": {}, "on": {}, "door": { "values": ["open","closed"] } """
        );

        await device.PublishAsync($"devices/{device.Id}/telemetry", """{"temperature":10,"door":"open","on":true}""");

        Assert.Equal(["or", "text"], (await AlarmsAsync(device)).Select(alarm => (string)alarm!["type"]!).Order());
    }

    [Theory]
    [InlineData("""{"type":"error","code":"E42","message":"pump"}""")]
    [InlineData("""{"type":"E42"}""")]
    public async Task An_event_raises_by_code_or_type_and_is_cleared_by_hand(string payload)
    {
        await using ContractClient device = await DeviceAsync("""[{ "type": "pump", "severity": "critical", "when": "event('E42')" }]""");

        Assert.Equal(ReasonCode.Success, await device.PublishAsync($"devices/{device.Id}/events", payload));
        await MeasureAsync(device, 1, 0);
        string id = (string)Assert.Single(await AlarmsAsync(device, "&state=active&severity=critical"))!["id"]!;
        Answer acknowledged = await host.PostAsync($"alarms/{id}/acknowledge");
        Assert.Equal((200, "api"), (acknowledged.Status, (string?)acknowledged["acknowledgedBy"]));
        Assert.NotNull((string?)acknowledged["acknowledgedAt"]);

        Assert.NotNull((string?)(await host.PostAsync($"alarms/{id}/clear"))["clearedAt"]);
        Assert.Equal(409, (await host.PostAsync($"alarms/{id}/clear")).Status);
        Assert.Equal(404, (await host.PostAsync("alarms/nobody/clear")).Status);
    }

    [Fact]
    public async Task A_reported_property_raises_and_does_not_make_older_measurements_late()
    {
        await using ContractClient device = await DeviceAsync(
            """
            [{ "type": "firmware", "severity": "warning", "when": "reported.firmware == '1.2'" },
             { "type": "hot", "severity": "major", "when": "temperature > 80 for 30s" }]
            """
        );
        await device.PublishAsync($"devices/{device.Id}/twin/reported", """{"firmware":"1.2","a":{"b":1,"c":2}}""");
        Assert.Equal("firmware", (string?)Assert.Single(await AlarmsAsync(device))!["type"]);

        await MeasureAsync(device, 90, 0);
        await device.PublishAsync($"devices/{device.Id}/twin/reported", """{"firmware":"1.3","a":{"b":null}}""");
        await MeasureAsync(device, 90, 30);

        Assert.Equal("""{"firmware":"1.3","a":{"c":2}}""", (await TwinAsync(device))["reported"]!.ToJsonString());
        JsonNode alarm = Assert.Single(await AlarmsAsync(device, "&state=active"))!;
        Assert.Equal(("hot", At(30)), ((string?)alarm["type"], (string?)alarm["raisedAt"]));
    }

    [Fact]
    public async Task Windows_look_at_the_readings_of_a_while()
    {
        await using ContractClient device = await DeviceAsync(
            """
            [{ "type": "avg", "severity": "major", "when": "avg(temperature, 1m) > 80" },
             { "type": "few", "severity": "minor", "when": "count(temperature, 30s) == 1 and max(temperature, 1m) - min(temperature, 1m) >= 30" },
             { "type": "rate", "severity": "minor", "when": "rate(temperature, 1m) >= 1 and delta(temperature, 1m) == 40 and stddev(temperature, 1m) == 20 and sum(temperature, 1m) == 160" }]
            """
        );

        await MeasureAsync(device, 60, 0);
        Assert.Empty(await AlarmsAsync(device));
        await MeasureAsync(device, 100, 40);
        Assert.Equal(["few", "rate"], (await AlarmsAsync(device)).Select(alarm => (string)alarm!["type"]!).Order());
        await MeasureAsync(device, 100, 50);
        await MeasureAsync(device, 100, 60);
        JsonNode average = (await AlarmsAsync(device)).Single(alarm => (string?)alarm!["type"] == "avg")!;
        Assert.Equal((At(50), null), ((string?)average["raisedAt"], (string?)average["clearedAt"]));
        await MeasureAsync(device, 10, 120);

        Assert.Empty(await AlarmsAsync(device, "&state=active&severity=major"));
    }

    [Fact]
    public async Task Events_are_counted_in_device_time()
    {
        await using ContractClient device = await DeviceAsync(
            """[{ "type": "pump", "severity": "major", "when": "count(event('E42'), 1h) >= 3" }]"""
        );

        foreach (int second in new[] { 0, 10 })
            await ErrorAsync(device, second);
        await ErrorAsync(device, 10);
        Assert.Empty(await AlarmsAsync(device));
        await ErrorAsync(device, 3500);
        Assert.Equal(At(3500), (string?)Assert.Single(await AlarmsAsync(device, "&state=active"))!["raisedAt"]);
        await MeasureAsync(device, 1, 3600);

        Assert.Equal(At(3600), (string?)Assert.Single(await AlarmsAsync(device))!["clearedAt"]);
    }

    [Fact]
    public async Task A_late_reading_counts_where_it_is_the_newest_of_its_metric_and_moves_nothing_back()
    {
        await using ContractClient device = await DeviceAsync(
            """[{ "type": "hot", "severity": "major", "when": "temperature > 80" }]""",
            """ "temperature": {}, "humidity": {} """
        );
        await device.MeasureAsync(_start + 60_000, 40, "humidity");

        await MeasureAsync(device, 90, 30);
        await MeasureAsync(device, 20, 10);

        JsonNode alarm = Assert.Single(await AlarmsAsync(device))!;
        Assert.Equal((At(30), null), ((string?)alarm["raisedAt"], (string?)alarm["clearedAt"]));
        Assert.Equal(90, (double)(await TwinAsync(device))["values"]!["temperature"]!["value"]!);
    }

    [Fact]
    public async Task A_clock_that_is_ahead_is_stored_as_sent_and_makes_nothing_late()
    {
        await using ContractClient device = await DeviceAsync("""[{ "type": "hot", "severity": "major", "when": "temperature > 80" }]""");
        long ahead = ContractHost.NowMilliseconds + 3_600_000;

        await device.MeasureAsync(ahead, 20);
        await device.MeasureAsync(ContractHost.NowMilliseconds + 1000, 90);

        Assert.Single(await AlarmsAsync(device, "&state=active"));
        Answer raw = await host.GetAsync($"devices/{device.Id}/telemetry/raw?metric=temperature&from={ahead}");
        Assert.Equal(20, (double)Assert.Single(raw.Items)!["value"]!);
    }

    [Fact]
    public async Task Silence_raises_by_itself_and_the_next_message_ends_it()
    {
        await using ContractClient device = await DeviceAsync("""[{ "type": "silent", "severity": "warning", "when": "silent for 1s" }]""");
        await device.MeasureAsync(ContractHost.NowMilliseconds, 1);

        await host.SeenAsync($"alarms?deviceId={device.Id}&state=active", answer => answer.Items.Count == 1, "alarm of a silent device");
        await device.MeasureAsync(ContractHost.NowMilliseconds, 1);

        Assert.Single(await AlarmsAsync(device, "&state=cleared"));
    }

    [Fact]
    public async Task Health_is_unknown_before_the_first_message()
    {
        string id = host.NewId("device-");
        await host.PutAsync("devices/" + id, $$"""{ "model": "{{await host.AddModelAsync()}}" }""");

        Answer twin = await host.GetAsync($"devices/{id}/twin");

        Assert.Equal(
            ["deviceId", "connected", "lastSeenAt", "reported", "desired", "version", "values", "location", "health", "alarms"],
            twin.Body!.AsObject().Select(member => member.Key)
        );
        Assert.Equal("unknown", (string?)twin["health"]);
    }

    private async Task<ContractClient> DeviceAsync(string rules, string metrics = """ "temperature": {} """) =>
        await host.AddDeviceAsync(await host.AddModelAsync($"\"metrics\": {{ {metrics} }}, \"rules\": {rules}"));

    private async Task MeasureAsync(ContractClient device, double value, params int[] seconds)
    {
        foreach (int second in seconds)
            await device.MeasureAsync(_start + (second * 1000L), value);
    }

    private async Task ErrorAsync(ContractClient device, int second) =>
        Assert.Equal(
            ReasonCode.Success,
            await device.PublishAsync($"devices/{device.Id}/events", $$"""{"ts":"{{At(second)}}","type":"error","code":"E42"}""")
        );

    private async Task<JsonArray> AlarmsAsync(ContractClient device, string more = "") =>
        (await host.GetAsync($"alarms?deviceId={device.Id}{more}")).Items;

    private Task<Answer> TwinAsync(ContractClient device) => host.GetAsync($"devices/{device.Id}/twin");

    private string At(int seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(_start + (seconds * 1000L)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);
}
