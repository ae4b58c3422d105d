using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>Surveys after conversations and cases, the page that answers them, and what all answers come to.</summary>
public sealed class SurveyCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_closed_chat_is_asked_about_and_its_answer_counts_with_its_themes()
    {
        await host.PutAsync("themes/voice-noise", """{"keywords":{"en":["loud"],"az":["səs"]}}""");
        using HttpClient chat = await ChatAsync("It hums");
        await CloseAsync("voice-chat", chat);
        string page = await PageOfAsync(chat);

        using HttpResponseMessage shown = await host.Http.GetAsync(page);
        string form = await shown.Content.ReadAsStringAsync();
        using HttpResponseMessage wrong = await AnswerAsync(page, "9", "x");
        using HttpResponseMessage answered = await AnswerAsync(page, "2", "Far too loud <b>");
        using HttpResponseMessage again = await AnswerAsync(page, "5", "no");

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.DoesNotContain("<script", form, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("value=\"5\"", form, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, HttpStatusCode.Conflict),
            (wrong.StatusCode, answered.StatusCode, again.StatusCode)
        );
        JsonNode voice = (await host.GetAsync("voice?theme=voice-noise")).Json!;
        Assert.Equal((2.0, 1), ((double)voice["score"]!["csat"]!, (int)voice["score"]!["answers"]!));
        JsonNode theme = Assert.Single(voice["themes"]!.AsArray())!;
        Assert.Equal(
            ("voice-noise", 1, 2.0, 1),
            ((string?)theme["theme"], (int)theme["mentions"]!, (double)theme["score"]!, (int)theme["trend"]!)
        );
        JsonNode verbatim = Assert.Single(voice["verbatims"]!.AsArray())!;
        Assert.Equal("Far too loud <b>", (string?)verbatim["text"]);
        Assert.Equal("webchat", (string?)Assert.Single(voice["byChannel"]!.AsArray())!["channel"]);
        JsonArray timeline = (await host.GetAsync($"customers/{verbatim["customerId"]}/timeline?limit=50")).Items;
        Assert.Contains(timeline, static entry => (string?)entry!["kind"] == "survey.sent");
        Assert.Contains(timeline, static entry => (string?)entry!["kind"] == "survey.answered" && (int)entry["data"]!["score"]! == 2);
        JsonNode followUp = (await host.GetAsync($"cases/{verbatim["followUpCaseId"]}")).Json!;
        Assert.Equal("case.followUp", (string?)followUp["titleSays"]!["kind"]);
    }

    [Fact]
    public async Task A_score_in_the_chat_is_the_answer_and_opens_nothing_again()
    {
        using HttpClient chat = await ChatAsync("It beeps");
        string talk = await CloseAsync("voice-reply", chat);
        await PageOfAsync(chat);

        Answer said = await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", """{"text":"5 thank you"}""");

        Assert.True(said.IsSuccess);
        JsonNode conversation = (await host.GetAsync("conversations/" + talk)).Json!;
        Assert.Equal("closed", (string?)conversation["status"]);
        Assert.Equal("5 thank you", (string?)conversation["messages"]!.AsArray()[^1]!["text"]);
        Assert.Contains(
            (await host.GetAsync($"customers/{conversation["customerId"]}/timeline")).Items,
            static entry => (string?)entry!["kind"] == "survey.answered" && (string?)entry["text"] == "thank you"
        );
    }

    [Fact]
    public async Task What_is_no_question_has_no_page()
    {
        using HttpResponseMessage page = await host.Http.GetAsync("/s/NOTHING");
        using HttpResponseMessage post = await AnswerAsync("/s/NOTHING", "1", "");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, post.StatusCode));
    }

    [Theory]
    [InlineData("voice?from=yesterday", "/from")]
    [InlineData("voice?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "/from")]
    [InlineData("voice?bucket=year", "/bucket")]
    [InlineData("voice?bucket=hour&from=2026-01-01T00:00:00Z&to=2026-11-01T00:00:00Z", "/bucket")]
    [InlineData("voice?colour=red", "/colour")]
    public async Task What_voice_cannot_answer_is_refused_with_its_place(string path, string pointer)
    {
        Answer answer = await host.GetAsync(path);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task A_survey_is_shown_in_every_language_before_it_is_kept()
    {
        Answer own = await host.PostAsync("surveys/preview", """{"type":"nps","on":"case.resolved"}""");
        Answer written = await host.PostAsync(
            "surveys/preview",
            """{"type":"csat","on":"case.resolved","question":{"en":"Was it good?","hy":"Լա՞վ էր"}}"""
        );
        Answer wrong = await host.PostAsync("surveys/preview", """{"type":"fun","on":"case.resolved"}""");

        Assert.Equal(["ar", "az", "en", "fa", "hy"], own.Json!["messages"]!.AsObject().Select(static one => one.Key).Order());
        Assert.StartsWith("How likely are you to recommend us?\n", (string?)own.Json["messages"]!["en"], StringComparison.Ordinal);
        Assert.Contains("0", (string?)own.Json["messages"]!["fa"], StringComparison.Ordinal);
        Assert.StartsWith("Լա՞վ էր\n", (string?)written.Json!["messages"]!["hy"], StringComparison.Ordinal);
        Assert.StartsWith("Was it good?\n", (string?)written.Json["messages"]!["az"], StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/type"), (wrong.Status, wrong.Pointer));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("surveys/preview")).Status);
    }

    [Fact]
    public async Task A_survey_is_kept_with_its_version_and_refused_with_its_place()
    {
        Answer created = await host.PutAsync("surveys/voice-kept", """{"type":"nps","on":"case.resolved","enabled":false}""");
        Answer read = await host.GetAsync("surveys/voice-kept");
        Answer wrong = await host.PutAsync("surveys/voice-wrong", """{"type":"nps","on":"case.resolved","maxPerDays":-1}""");
        Answer removed = await host.DeleteAsync("surveys/voice-kept");

        Assert.Equal((HttpStatusCode.Created, "nps", "\"1\""), (created.Status, (string?)read.Json!["type"], read.Tag));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/maxPerDays"), (wrong.Status, wrong.Pointer));
        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
    }

    private async Task<HttpClient> ChatAsync(string text)
    {
        Answer visitor = await host.SendAsync(HttpMethod.Post, "/chat/api/visitors", """{"name":"Guest"}""");
        HttpClient chat = new() { BaseAddress = host.Http.BaseAddress };
        chat.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)visitor.Json!["token"]);
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", $$"""{"text":"{{text}}"}""");
        return chat;
    }

    /// <summary>Closes the talk of a chat while a survey asks about it.</summary>
    private async Task<string> CloseAsync(string survey, HttpClient chat)
    {
        await host.PutAsync("surveys/" + survey, """{"type":"csat","on":"conversation.closed","followUpBelow":3}""");
        Answer history = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
        string text = (string)history.Json!["messages"]![0]!["text"]!;
        JsonNode talk = (await host.GetAsync("conversations?status=open&limit=100")).Items.First(one => (string?)one!["subject"] == text)!;
        Answer closed = await host.SendAsync(HttpMethod.Patch, $"conversations/{talk["id"]}", """{"status":"closed"}""");
        Assert.Equal(HttpStatusCode.OK, closed.Status);
        return (string)talk["id"]!;
    }

    /// <summary>Where the question that the chat was asked is answered.</summary>
    private static async Task<string> PageOfAsync(HttpClient chat)
    {
        string text = await Awaited.Seen(
            async () =>
            {
                Answer history = await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null);
                string last = (string)history.Json!["messages"]!.AsArray()[^1]!["text"]!;
                return last.Contains("/s/", StringComparison.Ordinal) ? last : null;
            },
            "the question in the chat"
        );
        return text[text.IndexOf("/s/", StringComparison.Ordinal)..].Trim();
    }

    private async Task<HttpResponseMessage> AnswerAsync(string page, string score, string text)
    {
        using FormUrlEncodedContent form = new([KeyValuePair.Create("score", score), KeyValuePair.Create("text", text)]);
        return await host.Http.PostAsync(page, form);
    }
}
