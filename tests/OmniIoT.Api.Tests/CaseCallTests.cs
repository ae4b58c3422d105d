using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class CaseCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task An_overheating_device_opens_a_case_that_people_work_on()
    {
        JsonNode opened = await OverheatAsync("k-work");
        string id = (string)opened["id"]!;

        Answer stale = await ChangeAsync(id, """{"priority":"urgent"}""", "\"77\"");
        Answer changed = await ChangeAsync(id, """{"priority":"urgent","assignee":"admin"}""", "\"1\"");
        Answer unassigned = await ChangeAsync(id, """{"assignee":null}""");
        Answer note = await host.PostAsync($"cases/{id}/notes", """{"text":"Called them."}""");
        Answer resolved = await host.PostAsync($"cases/{id}/resolve", """{"resolution":"New heater"}""");

        Assert.Equal("Washer runs hot", (string?)opened["title"]);
        Assert.Equal("washers", (string?)opened["queue"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal("admin", (string?)changed.Json!["assignee"]);
        Assert.Equal("\"2\"", changed.Tag);
        Assert.Null(unassigned.Json!["assignee"]);
        Assert.Equal("note.added", (string?)note.Json!["kind"]);
        Assert.Equal("verifying", (string?)resolved.Json!["status"]);
    }

    [Fact]
    public async Task Cases_are_counted_by_status_and_queue_and_listed_with_the_most_pressing_first()
    {
        await host.PutAsync("customers/k-counted", """{"name":"Counted One"}""");
        foreach (string priority in new[] { "low", "urgent", "normal" })
            await host.PostAsync(
                "cases",
                $$"""{"customerId":"k-counted","title":"Count {{priority}}","priority":"{{priority}}","queue":"counting"}"""
            );
        string urgent = (string)(await host.GetAsync("cases?q=counted%20urgent")).Items.Single()!["id"]!;
        await ChangeAsync(urgent, """{"status":"pending"}""");

        Answer counts = await host.GetAsync("cases/counts?customerId=k-counted");
        Answer first = await host.GetAsync("cases?queue=counting&unresolved=true&sort=pressing&count=true&limit=2");
        Answer rest = await host.GetAsync(
            $"cases?queue=counting&unresolved=true&sort=pressing&limit=2&cursor={(string)first.Json!["next"]!}"
        );
        Answer nobody = await host.GetAsync("cases/counts?assignee=-&q=counted");
        Answer wrong = await host.GetAsync("cases?sort=loudest");

        Assert.Equal(
            (2, 1, 0, 3),
            ((int)counts.Json!["open"]!, (int)counts.Json["pending"]!, (int)counts.Json["closed"]!, (int)counts.Json["unresolved"]!)
        );
        Assert.Equal(3, (int)counts.Json["queues"]!["counting"]!);
        Assert.Equal(3, (int)first.Json["total"]!);
        Assert.Equal(["Count urgent", "Count normal", "Count low"], first.Items.Concat(rest.Items).Select(item => (string)item!["title"]!));
        Assert.False(rest.Json!.AsObject().ContainsKey("total"));
        Assert.Equal(3, (int)nobody.Json!["unresolved"]!);
        Assert.Equal("/sort", wrong.Pointer);
    }

    [Theory]
    [InlineData("""{"openedBy":"rule"}""", "/openedBy")]
    [InlineData("""{"status":"blue"}""", "/status")]
    [InlineData("""{"title":null}""", "/title")]
    [InlineData("""["status"]""", "")]
    public async Task What_cannot_be_changed_is_refused(string patch, string pointer)
    {
        string id = (string)(await OverheatAsync("k-patch"))["id"]!;

        Answer answer = await ChangeAsync(id, patch);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
    }

    [Fact]
    public async Task An_alarm_is_acknowledged_in_the_callers_name()
    {
        await OverheatAsync("k-alarm");
        string id = (string)Assert.Single((await host.GetAsync("alarms?deviceId=k-alarm&state=active&severity=major")).Items)!["id"]!;

        Answer acknowledged = await host.PostAsync($"alarms/{id}/acknowledge");

        Assert.Equal("api", (string?)acknowledged.Json!["acknowledgedBy"]);
        Assert.NotNull(acknowledged.Json["acknowledgedAt"]);
        Assert.Null(acknowledged.Json["clearedAt"]);
    }

    [Fact]
    public async Task A_second_case_of_a_device_names_the_first_or_joins_it()
    {
        await host.SeedWasherAsync("w-join", "c-join");
        string first = (string)(await host.PostAsync("cases", """{"deviceId":"w-join","title":"It leaks"}""")).Json!["id"]!;

        Answer refused = await host.PostAsync("cases", """{"deviceId":"w-join","title":"It leaks still"}""");
        Answer joined = await host.PostAsync("cases?join=true", """{"deviceId":"w-join","title":"It leaks still"}""");

        Assert.Equal(
            (HttpStatusCode.Conflict, "caseExists", first),
            (refused.Status, (string?)refused.Json!["reason"], (string?)refused.Json["caseId"])
        );
        Assert.Equal((HttpStatusCode.OK, first), (joined.Status, (string?)joined.Json!["id"]));
        Assert.Contains((await host.GetAsync("customers/c-join/timeline")).Items, entry => (string?)entry!["text"] == "It leaks still");
    }

    [Fact]
    public async Task A_case_can_be_opened_by_hand_for_a_customer()
    {
        await host.PutAsync("customers/k-hand", """{"name":"Hand"}""");

        Answer opened = await host.PostAsync("cases", """{"customerId":"k-hand","title":"Billing"}""");
        Answer nobody = await host.PostAsync("cases", """{"title":"Nobody"}""");

        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal("agent", (string?)opened.Json!["openedBy"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
    }

    [Fact]
    public async Task A_case_whose_customer_was_erased_is_still_worked_on()
    {
        await host.PutAsync("customers/k-gone", """{"name":"Gone"}""");
        string id = (string)(await host.PostAsync("cases", """{"customerId":"k-gone","title":"Billing"}""")).Json!["id"]!;
        Assert.True((await host.DeleteAsync("customers/k-gone")).IsSuccess);

        Answer changed = await ChangeAsync(id, """{"priority":"low"}""");
        Answer note = await host.PostAsync($"cases/{id}/notes", """{"text":"Written off"}""");
        Answer resolved = await host.PostAsync($"cases/{id}/resolve");

        Assert.Equal("low", (string?)changed.Json!["priority"]);
        Assert.Equal(HttpStatusCode.Created, note.Status);
        Assert.Equal("resolved", (string?)resolved.Json!["status"]);
    }

    [Fact]
    public async Task A_case_whose_device_was_removed_is_still_worked_on()
    {
        string id = (string)(await OverheatAsync("k-removed"))["id"]!;
        Assert.True((await host.DeleteAsync("devices/k-removed")).IsSuccess);

        Answer changed = await ChangeAsync(id, """{"priority":"low"}""");
        Answer note = await host.PostAsync($"cases/{id}/notes", """{"text":"Scrapped"}""");
        Answer resolved = await host.PostAsync($"cases/{id}/resolve", """{"resolution":"Scrapped"}""");

        Assert.Equal("low", (string?)changed.Json!["priority"]);
        Assert.Equal(HttpStatusCode.Created, note.Status);
        Assert.Equal("resolved", (string?)resolved.Json!["status"]);
    }

    private Task<Answer> ChangeAsync(string id, string patch, string? ifMatch = null) =>
        host.SendAsync(HttpMethod.Patch, $"cases/{id}", patch, ifMatch);

    private async Task<JsonNode> OverheatAsync(string deviceId)
    {
        Answer known = await host.GetAsync($"cases?deviceId={deviceId}");
        if (known.Items.Count == 0)
        {
            string secret = await host.SeedWasherAsync(deviceId, "owner-" + deviceId);
            await host.PublishAsync(deviceId, secret, $"devices/{deviceId}/telemetry", """{"temperature":91.5}""");
            known = await host.GetAsync($"cases?deviceId={deviceId}");
        }
        return Assert.Single(known.Items)!;
    }
}
