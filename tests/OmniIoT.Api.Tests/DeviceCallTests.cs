using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class DeviceCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_secret_is_told_at_creation_only()
    {
        await host.SeedWasherAsync("d-secret", "c-secret");

        Answer again = await host.PutAsync("devices/d-secret", """{"model":"washer"}""");
        Answer read = await host.GetAsync("devices/d-secret");

        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Null(again.Json!["secret"]);
        Assert.Null(read.Json!["secret"]);
    }

    [Fact]
    public async Task A_device_of_an_unknown_model_is_refused()
    {
        Answer answer = await host.PutAsync("devices/d-none", """{"model":"nobody"}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("/model", answer.Pointer);
    }

    [Fact]
    public async Task What_a_device_sent_is_read_at_once()
    {
        string secret = await host.SeedWasherAsync("d-read", "c-read");

        await host.PublishAsync(
            "d-read",
            secret,
            "devices/d-read/telemetry",
            """[{"ts":"2026-11-22T05:00:00Z","seq":1,"values":{"temperature":20}},{"ts":"2026-11-22T05:00:01Z","seq":2,"values":{"temperature":21.5,"door":"open"}}]"""
        );
        Answer raw = await host.GetAsync("devices/d-read/telemetry/raw?metric=temperature");
        Answer door = await host.GetAsync("devices/d-read/telemetry/raw?metric=door");
        Answer buckets = await host.GetAsync("devices/d-read/telemetry?metric=temperature&points=1");
        Answer twin = await host.GetAsync("devices/d-read/twin");

        Assert.Equal(
            """[{"at":"2026-11-22T05:00:00.000Z","value":20,"seq":1},{"at":"2026-11-22T05:00:01.000Z","value":21.5,"seq":2}]""",
            raw.Items.ToJsonString()
        );
        Assert.Equal("open", (string?)door.Items[0]!["value"]);
        Assert.Equal("Cel", (string?)buckets.Json!["unit"]);
        JsonNode point = Assert.Single(buckets.Json["points"]!.AsArray())!;
        Assert.Equal(2, (int)point["count"]!);
        Assert.Equal(20.75, (double)point["avg"]!);
        Assert.Equal(21.5, (double)twin.Json!["values"]!["temperature"]!["value"]!);
    }

    [Fact]
    public async Task The_list_narrows_by_state_and_goes_on_where_it_stopped()
    {
        string secret = await host.SeedWasherAsync("d-list-hot", "c-list");
        await host.SeedWasherAsync("d-list-b", "c-list");
        await host.SeedWasherAsync("d-list-c", "c-list");
        await host.PublishAsync("d-list-hot", secret, "devices/d-list-hot/telemetry", """{"temperature":99}""");

        Answer hot = await host.GetAsync("devices?state=major&customerId=c-list");
        Answer first = await host.GetAsync("devices?state=unknown&customerId=c-list&limit=1");
        Answer second = await host.GetAsync(
            $"devices?state=unknown&customerId=c-list&limit=1&cursor={Uri.EscapeDataString((string)first.Json!["next"]!)}"
        );

        Assert.Equal("d-list-hot", (string?)Assert.Single(hot.Items)!["id"]);
        Assert.Equal("d-list-b", (string?)Assert.Single(first.Items)!["id"]);
        Assert.Equal("d-list-c", (string?)Assert.Single(second.Items)!["id"]);
    }

    [Fact]
    public async Task A_list_of_one_state_tells_how_many_there_are()
    {
        string hot = await host.SeedWasherAsync("d-count-hot", "c-count");
        string fine = await host.SeedWasherAsync("d-count-fine", "c-count");
        await host.SeedWasherAsync("d-count-new", "c-count");
        await host.SeedWasherAsync("d-count-newer", "c-count");
        await host.PublishAsync("d-count-hot", hot, "devices/d-count-hot/telemetry", """{"temperature":99}""");
        await host.PublishAsync("d-count-fine", fine, "devices/d-count-fine/telemetry", """{"temperature":40}""");

        Assert.Equal((1, 0), (await TotalAsync("major"), await TotalAsync("critical")));
        Assert.Equal((1, 2), (await TotalAsync("ok"), await TotalAsync("unknown")));
    }

    private async Task<int> TotalAsync(string state) =>
        (int)(await host.GetAsync($"devices?state={state}&customerId=c-count&count=true&limit=1")).Json!["total"]!;

    [Theory]
    [InlineData("devices?limit=0", "/limit")]
    [InlineData("devices?limit=501", "/limit")]
    [InlineData("devices?cursor=nonsense", "/cursor")]
    [InlineData("devices?state=happy", "/state")]
    [InlineData("devices/d%20d/twin", "/id")]
    public async Task A_wrong_part_of_the_address_is_named(string path, string pointer)
    {
        Answer answer = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
    }

    [Fact]
    public async Task A_merge_patch_raises_the_version_of_the_desired_properties()
    {
        await host.SeedWasherAsync("d-twin", "c-twin");

        Answer patched = await host.SendAsync(HttpMethod.Patch, "devices/d-twin/twin/desired", """{"interval":5,"gone":null}""");
        Answer stale = await host.SendAsync(HttpMethod.Patch, "devices/d-twin/twin/desired", """{"interval":6}""", "\"9\"");

        Assert.Equal("""{"interval":5}""", patched.Json!["desired"]!.ToJsonString());
        Assert.Equal("\"1\"", patched.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
    }

    [Fact]
    public async Task A_command_waits_for_its_device_and_an_unknown_one_is_refused()
    {
        await host.SeedWasherAsync("d-command", "c-command");

        Answer sent = await host.PostAsync("devices/d-command/commands", """{"name":"restart","arguments":{},"timeoutSeconds":30}""");
        Answer list = await host.GetAsync("devices/d-command/commands?count=true");
        Answer unknown = await host.PostAsync("devices/d-command/commands", """{"name":"explode"}""");

        Assert.Equal(HttpStatusCode.Created, sent.Status);
        Assert.Equal(("queued", 1), ((string?)Assert.Single(list.Items)!["status"], (int?)list.Json!["total"]));
        Assert.Equal("/name", unknown.Pointer);
    }

    [Fact]
    public async Task A_message_waits_for_its_device_and_can_be_followed()
    {
        await host.SeedWasherAsync("d-message", "c-message");

        Answer sent = await host.PostAsync(
            "devices/d-message/messages",
            """{"payload":{"door":"open"},"properties":{"level":"high"},"expiresSeconds":60}"""
        );
        Answer list = await host.GetAsync("devices/d-message/messages?count=true");
        Answer one = await host.GetAsync($"devices/d-message/messages/{(string?)sent.Json!["id"]}");
        Answer missing = await host.GetAsync("devices/d-message/messages/none");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound), (sent.Status, missing.Status));
        Assert.Equal(("queued", 1), ((string?)Assert.Single(list.Items)!["status"], (int?)list.Json!["total"]));
        Assert.Equal(("""{"door":"open"}""", "high"), (one.Json!["payload"]!.ToJsonString(), (string?)one.Json["properties"]!["level"]));
    }

    [Theory]
    [InlineData("{}", "/payload")]
    [InlineData("""{"payload":null}""", "/payload")]
    [InlineData("""{"payload":1,"properties":{"$.to":"x"}}""", "/properties")]
    [InlineData("""{"payload":1,"properties":{"":"x"}}""", "/properties")]
    [InlineData("""{"payload":1,"properties":{"a":null}}""", "/properties")]
    [InlineData("""{"payload":1,"expiresSeconds":0}""", "/expiresSeconds")]
    public async Task A_message_that_cannot_be_understood_is_refused(string body, string pointer)
    {
        await host.SeedWasherAsync("d-message-2", "c-message");

        Answer refused = await host.PostAsync("devices/d-message-2/messages", body);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (refused.Status, refused.Pointer));
    }

    [Fact]
    public async Task A_deleted_device_is_gone_with_its_telemetry()
    {
        string secret = await host.SeedWasherAsync("d-gone", "c-gone");
        await host.PublishAsync("d-gone", secret, "devices/d-gone/telemetry", """{"temperature":20}""");

        Answer deleted = await host.DeleteAsync("devices/d-gone");
        Answer twin = await host.GetAsync("devices/d-gone/twin");
        await host.SeedWasherAsync("d-gone", "c-gone");
        Answer raw = await host.GetAsync("devices/d-gone/telemetry/raw?metric=temperature");

        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(HttpStatusCode.NotFound, twin.Status);
        Assert.Empty(raw.Items);
    }
}
