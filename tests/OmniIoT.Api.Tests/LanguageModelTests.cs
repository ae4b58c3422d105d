using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.LanguageModel;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Bots ask a language model what they do not know; whatever is wrong with it, they go on without it.</summary>
public sealed class LanguageModelTests : IAsyncLifetime
{
    private const string Key = "sk-of-the-tests";
    private const string Question = "is zebra stripe mode any good for curtains";

    private readonly LanguageModelServer _model = new(Key);
    private readonly RunningHost _host;

    public LanguageModelTests() =>
        _host = new RunningHost(settings =>
            settings with
            {
                LanguageModel = new LanguageModelOptions
                {
                    Endpoint = new Uri(_model.Endpoint + "/v1"),
                    Name = "small",
                    Key = Key,
                },
            }
        );

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.PutAsync(
            "articles/delicate",
            """{"title":"Delicate fabrics","body":"Use the program for silk at 30 degrees.","status":"published"}"""
        );
        await _host.PutAsync("bots/helper", """{"queue":"washers","handoverAfter":1,"intents":[]}""");
        await _host.PutAsync("channels/webchat", """{"type":"webchat","name":"Web chat","bot":"helper"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task A_bot_that_is_tried_answers_from_an_article_and_cites_it()
    {
        JsonObject? asked = null;
        _model.Says = question =>
        {
            asked = question;
            return """Sure: {"answer":"Use the program for silk.","sources":["delicate"]}""";
        };

        JsonNode told = await AskAsync();

        Assert.Equal(("answer", "delicate"), ((string?)told["outcome"], (string?)told["article"]));
        Assert.Equal("Use the program for silk.\nDelicate fabrics. More: /help/en/delicate", (string?)told["text"]);
        Assert.Equal((Question, "en"), ((string?)asked!["question"], (string?)asked["language"]));
        Assert.Equal("small", (string?)Assert.Single(_model.Taken).Json["model"]);
    }

    [Theory]
    [InlineData("""{"answer":"I made this up.","sources":["nowhere"]}""")]
    [InlineData("""{"answer":null,"sources":[]}""")]
    [InlineData("I would rather talk about the weather.")]
    [InlineData("""{"answer":5}""")]
    public async Task What_it_says_without_a_source_is_not_told(string says)
    {
        _model.Says = _ => says;

        Assert.Equal("handover", (string?)(await AskAsync())["outcome"]);
        Assert.Single(_model.Taken);
    }

    [Fact]
    public async Task One_that_fails_is_left_alone_for_a_while()
    {
        _model.FailNext(HttpStatusCode.InternalServerError);

        Assert.Equal("handover", (string?)(await AskAsync())["outcome"]);
        Assert.Equal("handover", (string?)(await AskAsync())["outcome"]);
        Assert.Empty(_model.Taken);
    }

    [Fact]
    public async Task In_a_chat_its_answer_follows_as_the_bots()
    {
        _model.Says = static _ => """{"answer":"Use the program for silk.","sources":["delicate"]}""";
        Answer visitor = await _host.SendAsync(HttpMethod.Post, "/chat/api/visitors", """{"name":"Curtains"}""");
        using HttpClient chat = new() { BaseAddress = _host.Http.BaseAddress };
        chat.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)visitor.Json!["token"]);
        await RunningHost.SendAsync(chat, HttpMethod.Post, "/chat/api/messages", $$"""{"text":"{{Question}}"}""");

        string history = await Awaited.Seen(
            async () =>
            {
                string text = (await RunningHost.SendAsync(chat, HttpMethod.Get, "/chat/api/messages", null)).Json!.ToJsonString();
                return text.Contains("silk", StringComparison.Ordinal) ? text : null;
            },
            "answer"
        );

        Assert.Contains("/help/en/delicate", history, StringComparison.Ordinal);
        Assert.Null((await _host.GetAsync("conversations")).Items[0]!["waitingSince"]);
    }

    private async Task<JsonNode> AskAsync() =>
        (await _host.PostAsync("bots/helper/ask", $$"""{"text":"{{Question}}","locale":"en"}""")).Json!;
}
