using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>Articles with their versions, help pages without a script, bots that are tried, and a chat that one answers.</summary>
public sealed class AnswerCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Leak = """
        {"title":{"en":"Water leaks from the washer","az":"Paltaryuyandan su sızır"},
         "body":{"en":"Close the **tap**. <script>alert(1)</script> [bad](javascript:alert(1)) ![p](http://x.example/p.png)"},
         "status":"published"}
        """;

    [Fact]
    public async Task Every_version_of_an_article_is_kept()
    {
        Answer created = await host.PutAsync("articles/versions", """{"title":"First","body":"a"}""");
        Answer replaced = await host.PutAsync("articles/versions", """{"title":"Second","body":"b"}""");
        Answer stale = await host.SendAsync(HttpMethod.Put, "articles/versions", """{"title":"Third","body":"c"}""", "\"1\"");
        JsonArray versions = (await host.GetAsync("articles/versions/versions")).Items;
        Answer newest = await host.GetAsync("articles/versions/versions?limit=1");
        JsonArray before = (await host.GetAsync($"articles/versions/versions?limit=1&cursor={(string?)newest.Json!["next"]}")).Items;

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.Status, replaced.Status));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal(["Second", "First"], versions.Select(static one => (string?)one!["article"]!["title"]));
        Assert.Equal("Second", (string?)Assert.Single(newest.Items)!["article"]!["title"]);
        Assert.Equal("First", (string?)Assert.Single(before)!["article"]!["title"]);
    }

    [Fact]
    public async Task What_answers_a_question_is_found_in_its_language_and_by_model()
    {
        await host.PutAsync("articles/found", Leak);

        JsonArray found = (await host.GetAsync("articles?q=su%20s%C4%B1z%C4%B1r&locale=az")).Items;
        JsonArray other = (await host.GetAsync("articles?q=football")).Items;
        Answer wrong = await host.GetAsync("articles?locale=de&q=x");

        Assert.Contains(found, static one => (string?)one!["id"] == "found" && (string?)one["link"] == "/help/az/found");
        Assert.Empty(other);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/locale"), (wrong.Status, wrong.Pointer));
    }

    [Fact]
    public async Task Articles_are_found_by_the_search_of_everything()
    {
        await host.PutAsync("articles/searched", """{"title":{"en":"Zanzibar hose"},"body":{"en":"Tighten the quokka by hand."}}""");

        JsonNode hit = (await host.GetAsync("search?q=quokka&kinds=articles")).Items[0]!;

        Assert.Equal(("articles", "searched", "Zanzibar hose"), ((string?)hit["kind"], (string?)hit["id"], (string?)hit["title"]));
    }

    [Fact]
    public async Task Help_pages_are_read_without_a_script_and_nothing_in_them_runs()
    {
        await host.PutAsync("articles/page", Leak);
        await host.PutAsync("articles/hidden", """{"title":"Hidden draft","body":"x"}""");

        string page = await TextAsync("/help/en/page");
        string list = await TextAsync("/help/fa");
        string found = await TextAsync("/help/en?q=my+washer+leaks");
        string sitemap = await TextAsync("/sitemap.xml");

        Assert.Contains("<strong>tap</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://x.example", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"fa\" dir=\"rtl\"", list, StringComparison.Ordinal);
        Assert.Contains("/help/en/page", found, StringComparison.Ordinal);
        Assert.Contains("/help/az/page</loc>", sitemap, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", list + found + sitemap, StringComparison.Ordinal);
        using HttpResponseMessage missing = await host.Http.GetAsync("/help/en/hidden");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task What_readers_think_is_counted()
    {
        await host.PutAsync("articles/rated", Leak);
        using FormUrlEncodedContent yes = new([KeyValuePair.Create("helped", "yes")]);

        using HttpResponseMessage rated = await host.Http.PostAsync("/help/en/rated/feedback", yes);
        JsonNode counted = (await host.GetAsync("articles/rated/feedback")).Json!;

        Assert.True(rated.IsSuccessStatusCode || rated.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal((1, 0), ((int)counted["helped"]!, (int)counted["didNotHelp"]!));
    }

    [Theory]
    [InlineData("""{"intents":[{"name":"a","answer":{"article":"nowhere"}}]}""", "/intents/0/answer/article")]
    [InlineData("""{"threshold":3}""", "/threshold")]
    public async Task A_wrong_bot_is_refused(string json, string pointer)
    {
        Answer answer = await host.PutAsync("bots/wrong", json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_bot_is_tried_without_a_trace()
    {
        await host.PutAsync(
            "articles/tried",
            """{"title":"Descale the espresso machine","body":"Use citric acid.","status":"published"}"""
        );
        await host.PutAsync("bots/tried", """{"intents":[{"name":"scale","answer":{"article":"tried"}}]}""");
        await host.PutAsync("customers/tried", """{"name":"Tried"}""");

        JsonNode known = (await host.PostAsync("bots/tried/ask", """{"text":"how do I descale my espresso","customerId":"tried"}""")).Json!;
        JsonNode strange = (await host.PostAsync("bots/tried/ask", """{"text":"who won the match","locale":"en"}""")).Json!;

        Assert.Equal(("answer", "scale", "tried"), ((string?)known["outcome"], (string?)known["intent"], (string?)known["article"]));
        Assert.Equal(("handover", null), ((string?)strange["outcome"], (string?)strange["article"]));
        Assert.Equal("scale", (string?)known["tags"]![0]);
        Assert.Empty((await host.GetAsync("conversations?customerId=tried")).Items);
        Assert.DoesNotContain((await host.GetAsync("gaps")).Items, static gap => (string?)gap!["question"] == "who won the match");
        Assert.Equal("/text", (await host.PostAsync("bots/tried/ask", """{"text":""}""")).Pointer);
        Assert.Contains(
            (await host.GetAsync("audit?subject=customer:tried&action=customer.read")).Items,
            static entry => (string?)entry!["actor"] == "api"
        );
    }

    [Fact]
    public async Task A_chat_is_answered_by_the_bot_and_then_by_a_person()
    {
        await host.PutAsync("articles/chat", """{"title":"Assemble the trampoline","body":"Begin with the legs.","status":"published"}""");
        await host.PutAsync(
            "bots/chat",
            """{"handoverAfter":1,"queue":"washers","intents":[{"name":"assemble","answer":{"article":"chat"}}]}"""
        );
        await host.PutAsync("channels/webchat", """{"type":"webchat","name":"Web chat","bot":"chat"}""");
        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", """{"name":"Leaking"}""");
        using HttpClient chat = new() { BaseAddress = host.Http.BaseAddress };
        chat.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)visitor.Json!["token"]);

        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"how do I assemble my trampoline"}""");
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"who painted the moon blue"}""");
        Answer history = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
        JsonNode talk = (await host.GetAsync("conversations?queue=washers")).Items[0]!;
        JsonNode told = (await host.GetAsync($"conversations/{talk["id"]}")).Json!;

        Assert.Contains("/help/en/chat", history.Json!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Handed over", history.Json.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(talk["waitingSince"]);
        Assert.Contains(told["messages"]!.AsArray(), static one => (bool)one!["internal"]! && (string?)one["author"] == "bot:chat");
        Assert.Contains((await host.GetAsync("gaps")).Items, static gap => (string?)gap!["question"] == "who painted the moon blue");
        await host.DeleteAsync("channels/webchat");
    }

    private async Task<string> TextAsync(string path)
    {
        using HttpResponseMessage answer = await host.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
