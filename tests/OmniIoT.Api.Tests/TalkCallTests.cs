using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>One conversation over all channels: how it begins, waits, becomes one, and is handed on; files in it.</summary>
public sealed class TalkCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly byte[] Picture = [0x89, .. "PNG\r\n\x1a\n"u8, 1, 2, 3];

    [Fact]
    public async Task The_company_begins_and_the_next_words_join()
    {
        JsonNode begun = await BeginAsync("talk-begin");
        JsonNode joined = await BeginAsync("talk-begin");

        Assert.Equal((string?)begun["id"], (string?)joined["id"]);
        Assert.Equal(("open", "webchat", "support"), ((string?)begun["status"], (string?)begun["channel"], (string?)begun["queue"]));
        Assert.True((long)begun["number"]! > 0);
        Assert.Equal(2, (await host.GetAsync($"conversations/{begun["id"]}")).Json!["messages"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"customerId":"nobody","channel":"webchat","text":"x"}""", "/customerId")]
    [InlineData("""{"customerId":"talk-wrong","channel":"webchat"}""", "/text")]
    [InlineData("""{"customerId":"talk-wrong","text":"x"}""", "/channel")]
    public async Task What_is_missing_is_told(string json, string pointer)
    {
        await host.PutAsync("customers/talk-wrong", """{"name":"Wrong"}""");

        Answer answer = await host.PostAsync("conversations", json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_message_that_may_not_leave_says_why()
    {
        JsonNode talk = await BeginAsync("talk-reason");

        Answer answer = await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"x","channel":"nothing"}""");

        Assert.Equal((HttpStatusCode.Conflict, "channelDisabled"), (answer.Status, (string?)answer.Json!["reason"]));
    }

    [Fact]
    public async Task A_conversation_is_put_out_of_sight_and_found_there()
    {
        string path = $"conversations/{(await BeginAsync("talk-snooze"))["id"]}";

        Answer snoozed = await host.SendAsync(HttpMethod.Patch, path, """{"snoozedUntil":"2999-01-01T00:00:00.000Z"}""");
        Answer found = await host.GetAsync("conversations?status=snoozed&customerId=talk-snooze");
        Answer past = await host.SendAsync(HttpMethod.Patch, path, """{"snoozedUntil":"2001-01-01T00:00:00.000Z"}""");
        Answer open = await host.SendAsync(HttpMethod.Patch, path, """{"status":"open"}""");

        Assert.Equal("snoozed", (string?)snoozed.Json!["status"]);
        Assert.Single(found.Items);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/snoozedUntil"), (past.Status, past.Pointer));
        Assert.Equal(("open", null), ((string?)open.Json!["status"], (string?)open.Json["snoozedUntil"]));
    }

    [Fact]
    public async Task A_conversation_is_handed_on_with_a_note_and_it_stands_on_the_timeline()
    {
        string path = $"conversations/{(await BeginAsync("talk-hand"))["id"]}";
        await host.SendAsync(HttpMethod.Patch, path, """{"assignee":"bo"}""");

        Answer handed = await host.PostAsync(path + "/transfer", """{"queue":"washers","note":"A hard one"}""");
        Answer both = await host.PostAsync(path + "/transfer", """{"queue":"washers","assignee":"bo"}""");

        Assert.Equal(("washers", null), ((string?)handed.Json!["queue"], (string?)handed.Json["assignee"]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, both.Status);
        JsonArray messages = (await host.GetAsync(path)).Json!["messages"]!.AsArray();
        Assert.Equal(("A hard one", true), ((string?)messages[^1]!["text"], (bool?)messages[^1]!["internal"]));
        Assert.Contains(
            (await host.GetAsync("customers/talk-hand/timeline")).Items,
            entry => (string?)entry!["kind"] == "conversation.transferred" && (string?)entry["text"] == "A hard one"
        );
    }

    [Fact]
    public async Task Two_conversations_of_a_person_become_one_and_of_strangers_never()
    {
        JsonNode ann = await BeginAsync("talk-ann"),
            bea = await BeginAsync("talk-bea");

        Answer strangers = await host.PostAsync($"conversations/{ann["id"]}/merge", $$"""{"from":"{{bea["id"]}}"}""");
        await host.PostAsync("customers/talk-ann/merge", """{"from":"talk-bea"}""");
        JsonNode[] talks = [.. (await host.GetAsync("conversations?customerId=talk-ann")).Items.Select(talk => talk!)];
        JsonNode open = Assert.Single(talks, talk => (string?)talk["status"] == "open");
        JsonNode closed = Assert.Single(talks, talk => (string?)talk["status"] == "closed");
        Answer again = await host.PostAsync($"conversations/{open["id"]}/merge", $$"""{"from":"{{closed["id"]}}"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/from"), (strangers.Status, strangers.Pointer));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(2, (await host.GetAsync($"conversations/{open["id"]}/messages?limit=10")).Items.Count);
    }

    /// <summary>The other's conversation is older, and not closed.</summary>
    [Fact]
    public async Task Who_was_merged_has_one_open_conversation_and_goes_on_in_it()
    {
        JsonNode open = await BeginAsync("talk-older");
        JsonNode closed = await BeginAsync("talk-newer");
        await host.SendAsync(HttpMethod.Patch, $"conversations/{closed["id"]}", """{"status":"closed"}""");
        await host.PostAsync("customers/talk-newer/merge", """{"from":"talk-older"}""");

        JsonNode joined = (
            await host.PostAsync("conversations", """{"customerId":"talk-newer","channel":"webchat","text":"Again"}""")
        ).Json!;

        Assert.Equal((string?)open["id"], (string?)joined["id"]);
        Assert.Single((await host.GetAsync("conversations?customerId=talk-newer&status=open")).Items);
    }

    [Fact]
    public async Task A_picture_is_shown_and_anything_else_only_downloaded()
    {
        string path = $"conversations/{(await BeginAsync("talk-file"))["id"]}/messages";
        JsonNode picture = await StoreAsync("C:\\leak.png", Picture),
            page = await StoreAsync("page.html", "<script>alert(1)</script>"u8.ToArray());

        Answer sent = await host.PostAsync(path, $$"""{"text":"Look","attachmentIds":["{{picture["id"]}}","{{page["id"]}}"]}""");
        Answer unknown = await host.PostAsync(path, """{"text":"Look","attachmentIds":["nothing"]}""");

        Assert.Equal(
            ["leak.png image/png 11", "page.html text/plain 25"],
            sent.Json!["attachments"]!.AsArray().Select(file => $"{file!["name"]} {file["type"]} {file["size"]}")
        );
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/attachmentIds/0"), (unknown.Status, unknown.Pointer));
        HttpResponseMessage shown = await host.Http.GetAsync($"/api/v1/attachments/{picture["id"]}");
        HttpResponseMessage kept = await host.Http.GetAsync($"/api/v1/attachments/{page["id"]}");
        Assert.Equal(Picture, await shown.Content.ReadAsByteArrayAsync());
        Assert.Equal(
            ("inline", "attachment"),
            (shown.Content.Headers.ContentDisposition!.DispositionType, kept.Content.Headers.ContentDisposition!.DispositionType)
        );
        Assert.StartsWith("sandbox", Assert.Single(kept.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(kept.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task What_is_no_file_or_too_large_is_refused()
    {
        Answer none = await host.PostAsync("attachments", """{"file":"x"}""");
        HttpResponseMessage large = await SendAsync("large.bin", new byte[(20 * 1024 * 1024) + 1]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/file"), (none.Status, none.Pointer));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    private async Task<JsonNode> BeginAsync(string customerId)
    {
        await host.PutAsync("customers/" + customerId, """{"name":"Talker"}""");
        Answer begun = await host.PostAsync("conversations", $$"""{"customerId":"{{customerId}}","channel":"webchat","text":"Good day"}""");
        Assert.Equal(HttpStatusCode.Created, begun.Status);
        return begun.Json!;
    }

    private async Task<JsonNode> StoreAsync(string name, byte[] content)
    {
        HttpResponseMessage answer = await SendAsync(name, content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<HttpResponseMessage> SendAsync(string name, byte[] content)
    {
        ByteArrayContent file = new(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        using MultipartFormDataContent form = new() { { file, "file", name } };
        return await host.Http.PostAsync("/api/v1/attachments", form);
    }
}
