using System.Text.Json.Nodes;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class CaseTests(ContractHost host)
{
    private const string Model = """
        "metrics": { "temperature": { "unit": "Cel" }, "vibration": {} }, "commands": { "cool": { "timeoutSeconds": 60 } },
        "rules": [
          { "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "{{device.name}} runs hot", "priority": "high", "queue": "washers" },
            "notify": { "text": "Your {{model.name}} is hot." } },
          { "type": "shaking", "severity": "minor", "when": "vibration > 10" },
          { "type": "cured", "severity": "critical", "when": "temperature > 200", "case": { "title": "Very hot" }, "remedy": { "command": "cool", "waitSeconds": 120 } } ],
        "verify": { "healthyFor": "60s" }
        """;

    private readonly long _start = ContractHost.NowMilliseconds - 600_000;

    [Fact]
    public async Task An_alarm_opens_a_case_and_stands_before_it_on_the_timeline()
    {
        (ContractClient device, string customer) = await DeviceAsync();
        await using ContractClient closing = device;

        await MeasureAsync(device, (0, 85), (1, 86));

        JsonNode opened = Assert.Single(await CasesAsync(device))!;
        JsonNode alarm = Assert.Single((await host.GetAsync($"alarms?deviceId={device.Id}")).Items)!;
        Assert.Equal(
            ("Washer runs hot", "open", "high", "washers", "device", 0),
            (
                (string?)opened["title"],
                (string?)opened["status"],
                (string?)opened["priority"],
                (string?)opened["queue"],
                (string?)opened["openedBy"],
                (int)opened["reopenedCount"]!
            )
        );
        Assert.Equal(
            ((string?)opened["id"], (string?)alarm["id"]),
            ((string?)alarm["caseId"], (string?)Assert.Single(opened["alarmIds"]!.AsArray()))
        );
        Assert.Equal((customer, null, null), ((string?)opened["customerId"], (string?)opened["assignee"], (string?)opened["resolvedAt"]));
        Assert.Equal(
            ["message.sent", "case.opened", "alarm.raised"],
            (await KindsAsync(customer)).Where(kind => kind is not ("device.linked" or "consent.changed"))
        );
        JsonNode told = Assert.Single((await host.GetAsync($"customers/{customer}/timeline?kind=message.sent")).Items)!;
        Assert.Equal("Your Model is hot.", (string?)told["text"]);
    }

    [Fact]
    public async Task An_old_alarm_opens_its_case_but_tells_nobody()
    {
        (ContractClient device, string customer) = await DeviceAsync();
        await using ContractClient closing = device;

        await device.MeasureAsync(ContractHost.NowMilliseconds - (16 * 60_000), 85);

        Assert.Single(await CasesAsync(device));
        Assert.DoesNotContain("message.sent", await KindsAsync(customer));
    }

    [Fact]
    public async Task Later_alarms_join_and_one_without_a_case_of_its_own_opens_none()
    {
        (ContractClient device, _) = await DeviceAsync();
        await using ContractClient closing = device;

        await device.MeasureAsync(_start, 20, "vibration");
        Assert.Empty(await CasesAsync(device));
        await device.MeasureAsync(_start + 1000, 1, "vibration");
        await MeasureAsync(device, (2, 85));
        await device.MeasureAsync(_start + 3000, 20, "vibration");

        Assert.Equal(2, Assert.Single(await CasesAsync(device))!["alarmIds"]!.AsArray().Count);
    }

    [Fact]
    public async Task Resolving_verifies_first_a_relapse_reopens_and_health_resolves()
    {
        (ContractClient device, string customer) = await DeviceAsync();
        await using ContractClient closing = device;
        await MeasureAsync(device, (0, 85), (10, 70));
        string id = (string)Assert.Single(await CasesAsync(device))!["id"]!;

        Assert.Equal("verifying", (string?)(await host.PostAsync($"cases/{id}/resolve", """{"resolution":"Relay"}"""))["status"]);
        await MeasureAsync(device, (60, 70), (65, 85));
        Answer relapsed = await host.GetAsync("cases/" + id);
        Assert.Equal(("open", 1), ((string?)relapsed["status"], (int)relapsed["reopenedCount"]!));
        await host.PostAsync($"cases/{id}/resolve", """{"resolution":"Heater"}""");
        await MeasureAsync(device, (100, 70), (159, 70));
        Assert.Equal("verifying", (string?)(await host.GetAsync("cases/" + id))["status"]);
        await MeasureAsync(device, (160, 70));

        Answer resolved = await host.GetAsync("cases/" + id);
        Assert.Equal("resolved", (string?)resolved["status"]);
        Assert.NotNull((string?)resolved["resolvedAt"]);
        Assert.Equal(409, (await host.PostAsync($"cases/{id}/resolve", "{}")).Status);
        string[] kinds = ["case.verifying", "case.reopened", "case.resolved"];
        Assert.Equal(kinds.Order(), (await KindsAsync(customer)).Where(kinds.Contains).Distinct().Order());
        await MeasureAsync(device, (170, 85));
        Assert.Equal(2, (await CasesAsync(device)).Count);
    }

    [Fact]
    public async Task A_remedy_goes_first_and_the_case_opens_when_it_did_not_help_in_time()
    {
        (ContractClient device, _) = await DeviceAsync();
        await using ContractClient closing = device;
        await device.SubscribeAsync($"devices/{device.Id}/commands/+/request");
        await host.PutAsync(
            "devices/" + device.Id,
            $$"""{ "model": "{{await host.AddModelAsync(Model.Replace("\"temperature > 80\"", "\"temperature > 800\"", StringComparison.Ordinal))}}" }"""
        );

        await MeasureAsync(device, (0, 250));
        Assert.Equal("cool", (string?)(await device.ReceiveAsync("remedy")).Payload["name"]);
        await MeasureAsync(device, (119, 250));
        Assert.Empty(await CasesAsync(device));
        await MeasureAsync(device, (120, 250));

        Assert.Equal("Very hot", (string?)Assert.Single(await CasesAsync(device))!["title"]);
    }

    [Fact]
    public async Task Maintenance_falls_due_by_use_and_begins_anew_when_its_case_is_resolved()
    {
        await using ContractClient device = await host.AddDeviceAsync(
            await host.AddModelAsync(
                """
                "metrics": { "hours": { "unit": "h", "kind": "counter" } }, "verify": { "healthyFor": "10s" },
                "maintenance": [ { "type": "filter", "every": { "usage": "hours", "amount": 500 }, "orEvery": "180d", "title": "{{device.name}}: filter change due" } ]
                """
            )
        );
        await device.MeasureAsync(_start, 499, "hours");
        Assert.Empty(await CasesAsync(device));

        await device.MeasureAsync(_start + 1000, 501, "hours");
        JsonNode due = Assert.Single(await CasesAsync(device))!;
        Assert.Equal(
            ("Washer: filter change due", "rule", "open"),
            ((string?)due["title"], (string?)due["openedBy"], (string?)due["status"])
        );
        JsonNode alarm = Assert.Single((await host.GetAsync($"alarms?deviceId={device.Id}&state=active")).Items)!;
        Assert.Equal(
            ("filter", "warning", 501, (string?)due["id"]),
            ((string?)alarm["type"], (string?)alarm["severity"], (double)alarm["value"]!, (string?)alarm["caseId"])
        );
        await host.PostAsync($"cases/{(string?)due["id"]}/resolve", """{"resolution":"Changed"}""");
        foreach (int second in new[] { 5, 11 })
            await device.MeasureAsync(_start + (second * 1000L), 502, "hours");
        Assert.Equal("resolved", (string?)Assert.Single(await CasesAsync(device))!["status"]);
        await device.MeasureAsync(_start + 20_000, 1000, "hours");
        Assert.Single(await CasesAsync(device));
        await device.MeasureAsync(_start + 21_000, 1001, "hours");

        Assert.Equal(2, (await CasesAsync(device)).Count);
    }

    [Fact]
    public async Task Maintenance_falls_due_by_time_though_the_device_says_nothing()
    {
        await using ContractClient device = await host.AddDeviceAsync(
            await host.AddModelAsync(""" "maintenance": [ { "type": "belt", "every": "1s", "title": "Belt" } ] """)
        );

        Answer cases = await host.SeenAsync(
            "cases?deviceId=" + device.Id,
            answer => answer.Items.Count == 1,
            "case of a maintenance that time made due"
        );

        Assert.Equal("Belt", (string?)cases.Items[0]!["title"]);
    }

    [Fact]
    public async Task Silence_is_not_health()
    {
        string patient = Model.Replace("\"60s\"", "\"200s\"", StringComparison.Ordinal);
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync(patient));
        await MeasureAsync(device, (0, 85), (10, 70));
        string id = (string)Assert.Single(await CasesAsync(device))!["id"]!;
        await host.PostAsync($"cases/{id}/resolve");

        await MeasureAsync(device, (400, 70));
        Assert.Equal("verifying", (string?)(await host.GetAsync("cases/" + id))["status"]);
        await MeasureAsync(device, (420, 70));

        Assert.Equal("resolved", (string?)(await host.GetAsync("cases/" + id))["status"]);
    }

    [Fact]
    public async Task People_change_a_case_unless_another_was_faster()
    {
        string customer = await host.AddCustomerAsync();
        Answer opened = await host.PostAsync("cases", $$"""{ "customerId": "{{customer}}", "title": "Called" }""");
        Assert.Equal((201, "agent", "open"), (opened.Status, (string?)opened["openedBy"], (string?)opened["status"]));
        string path = "cases/" + (string?)opened["id"];

        Answer assigned = await host.PatchAsync(
            path,
            """{ "assignee": "ann", "status": "pending", "priority": "low", "queue": "second" }""",
            opened.ETag
        );
        Assert.Equal((200, "ann", "pending"), (assigned.Status, (string?)assigned["assignee"], (string?)assigned["status"]));
        Assert.Equal(412, (await host.PatchAsync(path, """{ "assignee": "bob" }""", opened.ETag)).Status);
        Assert.Equal(422, (await host.PatchAsync(path, """{ "status": "bogus" }""")).Status);
        Assert.Equal("note.added", (string?)(await host.PostAsync(path + "/notes", """{ "text": "Hello" }"""))["kind"]);
        Assert.Equal("resolved", (string?)(await host.PostAsync(path + "/resolve", """{ "resolution": "Told" }"""))["status"]);

        Assert.Equal(
            (string?)opened["id"],
            (string?)Assert.Single((await host.GetAsync($"cases?assignee=ann&customerId={customer}&status=resolved")).Items)!["id"]
        );
    }

    private async Task<(ContractClient Device, string Customer)> DeviceAsync()
    {
        string customer = await host.AddCustomerAsync();
        return (await host.AddDeviceAsync(await host.AddModelAsync(Model), customer), customer);
    }

    private async Task MeasureAsync(ContractClient device, params (int Second, double Value)[] readings)
    {
        foreach ((int second, double value) in readings)
            await device.MeasureAsync(_start + (second * 1000L), value);
    }

    private async Task<JsonArray> CasesAsync(ContractClient device) => (await host.GetAsync("cases?deviceId=" + device.Id)).Items;

    private async Task<IEnumerable<string>> KindsAsync(string customer) =>
        (await host.GetAsync($"customers/{customer}/timeline?limit=100")).Items.Select(entry => (string)entry!["kind"]!);
}
