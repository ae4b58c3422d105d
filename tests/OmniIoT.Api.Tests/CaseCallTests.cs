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
        Answer changed = await ChangeAsync(
            id,
            """{"priority":"urgent","assignee":"admin"}""",
            "\"1\""
        );
        Answer unassigned = await ChangeAsync(id, """{"assignee":null}""");
        Answer note = await host.PostAsync($"cases/{id}/notes", """{"text":"Called them."}""");
        Answer resolved = await host.PostAsync(
            $"cases/{id}/resolve",
            """{"resolution":"New heater"}"""
        );

        Assert.Equal("Washer runs hot", (string?)opened["title"]);
        Assert.Equal("washers", (string?)opened["queue"]);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal("admin", (string?)changed.Json!["assignee"]);
        Assert.Equal("\"2\"", changed.Tag);
        Assert.Null(unassigned.Json!["assignee"]);
        Assert.Equal("note.added", (string?)note.Json!["kind"]);
        Assert.Equal("verifying", (string?)resolved.Json!["status"]);
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
        string id = (string)
            Assert.Single(
                (await host.GetAsync("alarms?deviceId=k-alarm&state=active&severity=major")).Items
            )!["id"]!;

        Answer acknowledged = await host.PostAsync($"alarms/{id}/acknowledge");

        Assert.Equal("api", (string?)acknowledged.Json!["acknowledgedBy"]);
        Assert.NotNull(acknowledged.Json["acknowledgedAt"]);
        Assert.Null(acknowledged.Json["clearedAt"]);
    }

    [Fact]
    public async Task A_case_can_be_opened_by_hand_for_a_customer()
    {
        await host.PutAsync("customers/k-hand", """{"name":"Hand"}""");

        Answer opened = await host.PostAsync(
            "cases",
            """{"customerId":"k-hand","title":"Billing"}"""
        );
        Answer nobody = await host.PostAsync("cases", """{"title":"Nobody"}""");

        Assert.Equal(HttpStatusCode.Created, opened.Status);
        Assert.Equal("agent", (string?)opened.Json!["openedBy"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
    }

    private Task<Answer> ChangeAsync(string id, string patch, string? ifMatch = null) =>
        host.SendAsync(HttpMethod.Patch, $"cases/{id}", patch, ifMatch);

    private async Task<JsonNode> OverheatAsync(string deviceId)
    {
        Answer known = await host.GetAsync($"cases?deviceId={deviceId}");
        if (known.Items.Count == 0)
        {
            string secret = await host.SeedWasherAsync(deviceId, "owner-" + deviceId);
            await host.PublishAsync(
                deviceId,
                secret,
                $"devices/{deviceId}/telemetry",
                """{"temperature":91.5}"""
            );
            known = await host.GetAsync($"cases?deviceId={deviceId}");
        }
        return Assert.Single(known.Items)!;
    }
}
