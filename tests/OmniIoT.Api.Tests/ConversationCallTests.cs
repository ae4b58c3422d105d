using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>A visitor in the chat and an agent at the API.</summary>
public sealed class ConversationCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_visitor_and_an_agent_talk_live()
    {
        using HttpClient visitor = host.ClientWith(await IntroduceAsync("""{"name":"Rashad","email":"r@example.org"}"""));
        Answer written = await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"It leaks"}""");
        JsonNode conversation = Assert.Single((await host.GetAsync("conversations?status=open&queue=support")).Items, OfChat)!;
        using EventReader stream = await EventReader.OpenAsync(ClientOf(visitor), "/chat/api/stream", null);

        Answer answered = await host.PostAsync($"conversations/{conversation["id"]}/messages", """{"text":"We come at once"}""");
        StreamEvent heard = await stream.NextAsync("message");
        Answer history = await RunningHost.SendAsync(visitor, HttpMethod.Get, "/chat/api/messages", null);
        Answer timeline = await host.GetAsync($"customers/{conversation["customerId"]}/timeline");

        Assert.Equal("visitor", (string?)written.Json!["from"]);
        Assert.Equal(HttpStatusCode.Created, answered.Status);
        Assert.Equal("We come at once", (string?)JsonNode.Parse(heard.Data)!["text"]);
        Assert.Equal(["It leaks", "We come at once"], history.Json!["messages"]!.AsArray().Select(message => (string?)message!["text"]));
        Assert.Contains(timeline.Items, entry => (string?)entry!["kind"] == "message.received");
        Assert.Contains(timeline.Items, entry => (string?)entry!["kind"] == "message.sent");
    }

    [Fact]
    public async Task How_it_is_routed_and_reckoned_is_shown_to_nobody()
    {
        await host.PutAsync("slas/inner", """{"firstResponse":"15m","nextResponse":"1h"}""");
        await host.PutAsync("queues/inner", """{"name":"Inner","sla":"inner"}""");
        await host.PutAsync("customers/inner", """{"name":"Inner"}""");
        string token = (string)(await host.PostAsync("customers/inner/app-token")).Json!["token"]!;
        using HttpClient app = host.ClientWith(token);
        using EventReader stream = await EventReader.OpenAsync(ClientOf(app), "/api/v1/stream?customerId=inner", null);
        Answer begun = await host.PostAsync("conversations", """{"customerId":"inner","channel":"webchat","text":"Good day"}""");
        string path = $"conversations/{begun.Json!["id"]}";

        Answer patched = await host.SendAsync(HttpMethod.Patch, path, """{"queue":"inner"}""");
        Answer opened = await host.PostAsync("cases", """{"customerId":"inner","title":"It drips","queue":"inner"}""");
        JsonNode[] shown =
        [
            begun.Json,
            patched.Json!,
            (await RunningHost.SendAsync(app, HttpMethod.Get, path, null)).Json!,
            (await host.GetAsync("conversations?customerId=inner")).Items[0]!,
            JsonNode.Parse((await stream.NextAsync("conversation")).Data)!,
            opened.Json!,
            (await host.GetAsync("cases?customerId=inner")).Items[0]!,
            (await host.GetAsync("customers/inner/export")).Json!["conversations"]![0]!,
        ];

        Assert.All(
            shown,
            json =>
            {
                Assert.False(json.AsObject().ContainsKey("routing"));
                Assert.Equal(
                    ["policy", "firstResponseDueAt", "nextResponseDueAt", "resolutionDueAt", "firstRespondedAt", "breached", "pausedAt"],
                    json["sla"]!.AsObject().Select(member => member.Key)
                );
            }
        );
    }

    [Fact]
    public async Task A_known_customer_is_known_in_the_chat()
    {
        await host.PutAsync("customers/chat-known", """{"name":"Known"}""");
        string appToken = (string)(await host.PostAsync("customers/chat-known/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(await IntroduceAsync($$"""{"token":"{{appToken}}"}"""));

        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"Hello"}""");

        Assert.Contains((await host.GetAsync("customers/chat-known/timeline")).Items, entry => (string?)entry!["text"] == "Hello");
    }

    [Fact]
    public async Task A_page_that_a_visitor_looks_at_is_known_with_their_consent_only()
    {
        await host.PutAsync("customers/chat-pages", """{"name":"Known"}""");
        string appToken = (string)(await host.PostAsync("customers/chat-pages/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(await IntroduceAsync($$"""{"token":"{{appToken}}"}"""));
        const string Page = "https://shop.example/filters?email=a@b.example#top";

        Answer unasked = await PostPageAsync(visitor, $$"""{"url":"{{Page}}","title":"Filters"}""");
        Answer no = await PostPageAsync(visitor, """{"url":"javascript:alert(1)","consent":true}""");
        Answer endless = await PostPageAsync(visitor, $$"""{"url":"https://shop.example/{{new string('ə', 1_000)}}","consent":true}""");
        Answer seen = await PostPageAsync(visitor, $$"""{"url":"{{Page}}","title":"Filters","consent":true}""");
        Answer again = await PostPageAsync(visitor, """{"url":"https://shop.example/filters?size=2","title":"Filters","consent":true}""");

        Assert.All([unasked, no, endless], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.All([seen, again], answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        JsonNode entry = Assert.Single((await host.GetAsync("customers/chat-pages/timeline?kind=page.viewed")).Items)!;
        Assert.Equal(("Filters", "https://shop.example/filters"), ((string?)entry["title"], (string?)entry["data"]!["url"]));

        static Task<Answer> PostPageAsync(HttpClient visitor, string json) =>
            RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/pages", json);
    }

    /// <summary>Shops load it on every page, over telephones too.</summary>
    [Fact]
    public async Task The_chat_is_under_forty_kilobytes_as_a_whole()
    {
        using HttpClient shop = host.ClientWith(null);
        int bytes = 0;
        foreach (string file in (string[])["", "/widget.js", "/chat.js", "/texts.js", "/worker.js", "/chat.css"])
            bytes += (await shop.GetByteArrayAsync("/chat" + file, TestContext.Current.CancellationToken)).Length;

        Assert.InRange(bytes, 1, 40_000);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"x","email":"nonsense"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"token":"c1.wrong"}""", HttpStatusCode.Unauthorized)]
    public async Task Who_does_not_introduce_themselves_is_refused(string json, HttpStatusCode status)
    {
        using HttpClient nobody = host.ClientWith(null);

        Assert.Equal(status, (await RunningHost.SendAsync(nobody, HttpMethod.Post, "/chat/api/visitors", json)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(nobody, HttpMethod.Get, "/chat/api/messages", null)).Status);
    }

    [Fact]
    public async Task A_note_is_seen_by_the_company_only_and_an_answer_is_the_first_response_of_the_case()
    {
        await host.PutAsync("customers/chat-case", """{"name":"Known"}""");
        string appToken = (string)(await host.PostAsync("customers/chat-case/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(await IntroduceAsync($$"""{"token":"{{appToken}}"}"""));
        using HttpClient app = host.ClientWith(appToken);
        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"It drips"}""");
        string path =
            "conversations/"
            + (string?)Assert.Single((await host.GetAsync("conversations?customerId=chat-case&channel=webchat")).Items)!["id"];
        string caseId = (string)(await host.PostAsync("cases", """{"customerId":"chat-case","title":"It drips"}""")).Json!["id"]!;

        Answer joined = await host.SendAsync(
            HttpMethod.Patch,
            path,
            $$"""{"caseId":"{{caseId}}","assignee":"bo-who-answers","tags":["leak"],"subject":"Drips"}"""
        );
        Answer note = await host.PostAsync(path + "/messages", """{"text":"Third time this year","internal":true}""");
        Answer own = await host.GetAsync(path);
        Answer theirs = await RunningHost.SendAsync(app, HttpMethod.Get, path, null);
        Answer timeline = await RunningHost.SendAsync(app, HttpMethod.Get, "customers/chat-case/timeline", null);
        Assert.Null((string?)(await host.GetAsync("cases/" + caseId)).Json!["sla"]!["firstRespondedAt"]);
        Answer answer = await host.PostAsync(path + "/messages", """{"text":"We come"}""");

        Assert.Equal(
            (HttpStatusCode.OK, caseId, "Drips"),
            (joined.Status, (string?)joined.Json!["caseId"], (string?)joined.Json["subject"])
        );
        Assert.Equal((HttpStatusCode.Created, true), (note.Status, (bool)note.Json!["internal"]!));
        Assert.Equal(["It drips", "Third time this year"], own.Json!["messages"]!.AsArray().Select(message => (string?)message!["text"]));
        Assert.Equal(["It drips"], theirs.Json!["messages"]!.AsArray().Select(message => (string?)message!["text"]));
        Assert.DoesNotContain(timeline.Items, entry => (string?)entry!["kind"] == "note.added");
        JsonNode responded = await Awaited.Seen(
            async () =>
                (await host.GetAsync("cases/" + caseId)).Json is { } found && found["sla"]!["firstRespondedAt"] is not null ? found : null,
            "first response"
        );
        Assert.Equal((string?)answer.Json!["at"], (string?)responded["sla"]!["firstRespondedAt"]);
        Assert.Single((await host.GetAsync("conversations?assignee=bo-who-answers")).Items);
    }

    [Theory]
    [InlineData("""{"caseId":"nothing"}""", "/caseId")]
    [InlineData("""{"queue":""}""", "/queue")]
    [InlineData("""{"tags":["a",""]}""", "/tags/1")]
    public async Task A_change_of_a_conversation_that_cannot_be_is_refused(string json, string pointer)
    {
        using HttpClient visitor = host.ClientWith(await IntroduceAsync("""{"name":"Nigar","email":"n@example.org"}"""));
        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"Hello there"}""");
        JsonNode conversation = (await host.GetAsync("conversations")).Items[0]!;

        Answer answer = await host.SendAsync(HttpMethod.Patch, $"conversations/{conversation["id"]}", json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_mistake_tells_its_kind_and_values_beside_its_message()
    {
        Answer answer = await host.PutAsync("customers/mistaken", $$"""{"name":"{{new string('x', 201)}}"}""");

        JsonNode mistake = Assert.Single(answer.Json!["errors"]!.AsArray())!;
        Assert.Equal(
            ("mistake.tooLong", 200, "must have at most 200 characters"),
            ((string?)mistake["code"], (int)mistake["values"]!["max"]!, (string?)mistake["message"])
        );
    }

    [Fact]
    public async Task An_agent_closes_and_reopens_a_conversation_and_the_counts_follow()
    {
        await host.PutAsync("customers/chat-closed", """{"name":"Counted"}""");
        string appToken = (string)(await host.PostAsync("customers/chat-closed/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(await IntroduceAsync($$"""{"token":"{{appToken}}"}"""));
        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"It drips"}""");
        string path =
            "conversations/"
            + (string?)Assert.Single((await host.GetAsync("conversations?customerId=chat-closed&assignee=-")).Items)!["id"];
        Assert.Equal("1 open, 0 closed, 1 of support", await CountAsync());

        Answer closed = await host.SendAsync(HttpMethod.Patch, path, """{"status":"closed","assignee":"bo"}""");
        Assert.Equal((HttpStatusCode.OK, "0 open, 1 closed, 1 of support"), (closed.Status, await CountAsync()));
        Assert.Empty((await host.GetAsync("conversations?customerId=chat-closed&assignee=-")).Items);
        Answer silent = await host.PostAsync(path + "/messages", """{"text":"Anyone?"}""");
        Answer reopened = await host.SendAsync(HttpMethod.Patch, path, """{"status":"open"}""");

        Assert.Equal((HttpStatusCode.Conflict, "ConversationClosed"), (silent.Status, (string?)silent.Json!["code"]));
        Assert.Equal((HttpStatusCode.OK, "1 open, 0 closed, 1 of support"), (reopened.Status, await CountAsync()));
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync(path + "/messages", """{"text":"Here again"}""")).Status);

        async Task<string> CountAsync()
        {
            JsonNode counts = (await host.GetAsync("conversations/counts?customerId=chat-closed")).Json!;
            return $"{counts["open"]} open, {counts["closed"]} closed, {counts["queues"]!["support"]} of support";
        }
    }

    [Fact]
    public async Task A_visitor_gets_the_files_that_they_were_sent_and_nobody_elses()
    {
        await host.PutAsync("customers/chat-file", """{"name":"Known"}""");
        string appToken = (string)(await host.PostAsync("customers/chat-file/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(await IntroduceAsync($$"""{"token":"{{appToken}}"}"""));
        using HttpClient other = host.ClientWith(await IntroduceAsync("""{"name":"Other"}"""));
        await RunningHost.SendAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"How do I open it?"}""");
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?customerId=chat-file")).Items)!;
        using MultipartFormDataContent form = new() { { new ByteArrayContent("To the left."u8.ToArray()), "file", "manual.txt" } };
        HttpResponseMessage stored = await host.Http.PostAsync("/api/v1/attachments", form);
        string id = (string)JsonNode.Parse(await stored.Content.ReadAsStringAsync())!["id"]!;

        await host.PostAsync($"conversations/{talk["id"]}/messages", $$"""{"text":"So","attachmentIds":["{{id}}"]}""");
        JsonArray said = (await RunningHost.SendAsync(visitor, HttpMethod.Get, "/chat/api/messages", null)).Json!["messages"]!.AsArray();
        using HttpResponseMessage file = await visitor.GetAsync("/chat/api/files/" + id);
        using HttpResponseMessage strangers = await other.GetAsync("/chat/api/files/" + id);

        Assert.Equal("manual.txt", (string?)said[^1]!["files"]![0]!["name"]);
        Assert.Equal("To the left.", await file.Content.ReadAsStringAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, strangers.StatusCode);
    }

    private static bool OfChat(JsonNode? conversation) => (string?)conversation!["subject"] == "It leaks";

    private HttpClient ClientOf(HttpClient visitor) => host.ClientWith(visitor.DefaultRequestHeaders.Authorization!.Parameter);

    private async Task<string> IntroduceAsync(string json)
    {
        using HttpClient nobody = host.ClientWith(null);
        Answer answer = await Awaited.Within(RunningHost.SendAsync(nobody, HttpMethod.Post, "/chat/api/visitors", json), "introduction");
        return (string)answer.Json!["token"]!;
    }
}
