using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class PeopleTests(ContractHost host)
{
    [Fact]
    public async Task The_timeline_takes_what_other_systems_report_newest_first()
    {
        string path = $"customers/{await host.AddCustomerAsync()}/timeline";
        Answer note = await host.PostAsync(path, """{ "text": "Called back" }""");
        Answer call = await host.PostAsync(
            path,
            """
            { "kind": "call.started", "channel": "phone", "direction": "in", "title": "Call", "at": "2026-01-01T00:00:00Z", "refs": { "siteId": "bar" }, "data": { "line": 2 } }
            """
        );

        Assert.Equal((201, "note.added", "internal"), (note.Status, (string?)note["kind"], (string?)note["direction"]));
        Assert.Equal(
            ["id", "customerId", "at", "recordedAt", "kind", "channel", "direction", "actor", "title", "text", "refs", "data"],
            call.Body!.AsObject().Select(member => member.Key)
        );
        Assert.Equal(
            ["caseId", "deviceId", "alarmId", "conversationId", "campaignId", "offerId", "workOrderId", "siteId", "fenceId"],
            call["refs"]!.AsObject().Select(member => member.Key)
        );
        Assert.Equal(("2026-01-01T00:00:00.000Z", 2), ((string?)call["at"], (int)call["data"]!["line"]!));
        Assert.Equal(
            ["note.added", "consent.changed", "call.started"],
            (await host.GetAsync(path)).Items.Select(entry => (string)entry!["kind"]!)
        );
        Assert.Equal("call.started", (string?)Assert.Single((await host.GetAsync(path + "?channel=phone")).Items)!["kind"]);
        Assert.Equal("call.started", (string?)Assert.Single((await host.GetAsync(path + "?kind=call.started")).Items)!["kind"]);
        Assert.Equal("/kind", Assert.Single((await host.GetAsync(path + "?kind=nothing")).Pointers));
        Assert.Equal("/kind", Assert.Single((await host.PostAsync(path, """{ "kind": "nothing", "text": "x" }""")).Pointers));
    }

    [Fact]
    public async Task An_export_has_all_that_is_stored_and_an_erasure_leaves_nothing()
    {
        string customer = await host.AddCustomerAsync();
        await using ContractClient app = await host.ConnectAppAsync(customer);
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync(), customer);
        await device.MeasureAsync(ContractHost.NowMilliseconds, 71.3);
        await host.PostAsync($"customers/{customer}/timeline", """{ "text": "Called back" }""");

        Answer export = await host.GetAsync($"customers/{customer}/export");
        Assert.Equal(customer, (string?)export["customer"]!["id"]);
        Assert.Contains(export["timeline"]!.AsArray(), entry => (string?)entry!["text"] == "Called back");
        Assert.Contains("71.3", export["devices"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(204, (await host.DeleteAsync("customers/" + customer)).Status);

        foreach (string part in new[] { "", "/timeline", "/visits", "/offers", "/decisions", "/export" })
            Assert.Equal(404, (await host.GetAsync($"customers/{customer}{part}")).Status);
        Assert.Equal(404, (await host.PostAsync($"customers/{customer}/app-token")).Status);
        await app.LostAsync();
    }

    [Fact]
    public async Task A_customers_app_reads_its_own_and_no_others()
    {
        string customer = await host.AddCustomerAsync();
        string token = (string)(await host.PostAsync($"customers/{customer}/app-token"))["token"]!;

        Assert.Equal(200, (await host.SendAsync(HttpMethod.Get, "customers/" + customer, bearer: token)).Status);
        Assert.Equal(403, (await host.SendAsync(HttpMethod.Get, "customers/" + await host.AddCustomerAsync(), bearer: token)).Status);
        Assert.Equal(403, (await host.SendAsync(HttpMethod.Get, "devices", bearer: token)).Status);
        await using ContractClient app = await host.ConnectAsync("customer:" + customer, token);
        Assert.Equal(ReasonCode.NotAuthorized, await app.SubscribeAsync("customers/other/offers"));
    }

    [Fact]
    public async Task Linking_a_device_is_told_to_both_owners()
    {
        (string first, string second) = (await host.AddCustomerAsync(), await host.AddCustomerAsync());
        string model = await host.AddModelAsync();
        await using ContractClient device = await host.AddDeviceAsync(model, first);

        await host.PutAsync("devices/" + device.Id, $$"""{ "model": "{{model}}", "customerId": "{{second}}" }""");

        Assert.Single((await host.GetAsync($"customers/{first}/timeline?kind=device.unlinked")).Items);
        Assert.Single((await host.GetAsync($"customers/{second}/timeline?kind=device.linked")).Items);
        Assert.Equal(device.Id, (string?)Assert.Single((await host.GetAsync("devices?customerId=" + second)).Items)!["id"]);
    }

    [Fact]
    public async Task The_stream_resumes_after_the_last_event_and_is_filtered()
    {
        string customer = await host.AddCustomerAsync();
        List<(string Id, string Kind, JsonNode Data)> first = await ReadEventsAsync(
            customer,
            "",
            null,
            3,
            async () =>
            {
                foreach (int i in Enumerable.Range(0, 3))
                    await host.PostAsync($"customers/{customer}/timeline", $$"""{ "text": "{{i}}" }""");
            }
        );
        Assert.Equal(["0", "1", "2"], first.Select(item => (string)item.Data["text"]!));
        await host.PostAsync($"customers/{customer}/timeline", """{ "kind": "call.started", "text": "ring" }""");

        Assert.Equal(
            ["1", "2", "ring"],
            (await ReadEventsAsync(customer, "", first[0].Id, 3, () => Task.CompletedTask)).Select(item => (string)item.Data["text"]!)
        );
        Assert.Equal(
            "call.started",
            Assert.Single(await ReadEventsAsync(customer, "&kinds=call.started", first[0].Id, 1, () => Task.CompletedTask)).Kind
        );
    }

    [Fact]
    public async Task Metrics_health_and_the_description_are_open_to_all()
    {
        using HttpClient anyone = new() { BaseAddress = new Uri($"http://127.0.0.1:{host.HttpPort}/") };
        string metrics = await anyone.GetStringAsync("metrics");

        foreach (
            string name in new[]
            {
                "omniiot_connections ",
                "omniiot_commit_seconds_count ",
                "omniiot_commit_messages_count ",
                "omniiot_queue_depth",
            }
        )
            Assert.Contains("\n" + name, metrics, StringComparison.Ordinal);
        foreach (string outcome in new[] { "accepted", "dead_letter", "dropped", "refused" })
            Assert.Contains($"omniiot_messages_total{{outcome=\"{outcome}\"}}", metrics, StringComparison.Ordinal);
        Assert.Contains("omniiot_decisions_total{reason=\"sent\"}", metrics, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(await anyone.GetStringAsync("openapi/v1.json"))!["paths"]!["/api/v1/devices/{id}/twin"]);
        foreach (string path in new[] { "healthz", "readyz" })
            Assert.True((await anyone.GetAsync(path)).IsSuccessStatusCode, path);
    }

    private async Task<List<(string Id, string Kind, JsonNode Data)>> ReadEventsAsync(
        string customer,
        string filter,
        string? lastEventId,
        int count,
        Func<Task> act
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"stream?customerId={customer}{filter}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using HttpResponseMessage response = await Awaited.Within(
            host.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead),
            "stream"
        );
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        await Awaited.Within(reader.ReadLineAsync(), "first line of the stream");
        await act();
        return await Awaited.Within(TakeAsync(reader, count), $"{count} events of {customer}");
    }

    private static async Task<List<(string Id, string Kind, JsonNode Data)>> TakeAsync(StreamReader reader, int count)
    {
        List<(string, string, JsonNode)> events = [];
        Dictionary<string, string> fields = [];
        while (events.Count < count && await reader.ReadLineAsync() is { } line)
        {
            if (line.Split(": ", 2) is [{ Length: > 0 } name, var value])
                fields[name] = value;
            if (line.Length > 0)
                continue;
            if (fields.TryGetValue("data", out string? data))
                events.Add((fields["id"], fields["event"], JsonNode.Parse(data)!));
            fields.Clear();
        }
        return events;
    }
}
