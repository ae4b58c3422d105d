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
        using HttpClient visitor = host.ClientWith(
            await IntroduceAsync("""{"name":"Rashad","email":"r@example.org"}""")
        );
        Answer written = await RunningHost.SendAsync(
            visitor,
            HttpMethod.Post,
            "/chat/api/messages",
            """{"text":"It leaks"}"""
        );
        JsonNode conversation = Assert.Single(
            (await host.GetAsync("conversations?status=open&queue=support")).Items,
            OfChat
        )!;
        using EventReader stream = await EventReader.OpenAsync(
            ClientOf(visitor),
            "/chat/api/stream",
            null
        );

        Answer answered = await host.PostAsync(
            $"conversations/{conversation["id"]}/messages",
            """{"text":"We come at once"}"""
        );
        StreamEvent heard = await stream.NextAsync("message");
        Answer history = await RunningHost.SendAsync(
            visitor,
            HttpMethod.Get,
            "/chat/api/messages",
            null
        );
        Answer timeline = await host.GetAsync($"customers/{conversation["customerId"]}/timeline");

        Assert.Equal("visitor", (string?)written.Json!["from"]);
        Assert.Equal(HttpStatusCode.Created, answered.Status);
        Assert.Equal("We come at once", (string?)JsonNode.Parse(heard.Data)!["text"]);
        Assert.Equal(
            ["It leaks", "We come at once"],
            history.Json!["messages"]!.AsArray().Select(message => (string?)message!["text"])
        );
        Assert.Contains(timeline.Items, entry => (string?)entry!["kind"] == "message.received");
        Assert.Contains(timeline.Items, entry => (string?)entry!["kind"] == "message.sent");
    }

    [Fact]
    public async Task A_known_customer_is_known_in_the_chat()
    {
        await host.PutAsync("customers/chat-known", """{"name":"Known"}""");
        string appToken = (string)
            (await host.PostAsync("customers/chat-known/app-token")).Json!["token"]!;
        using HttpClient visitor = host.ClientWith(
            await IntroduceAsync($$"""{"token":"{{appToken}}"}""")
        );

        await RunningHost.SendAsync(
            visitor,
            HttpMethod.Post,
            "/chat/api/messages",
            """{"text":"Hello"}"""
        );

        Assert.Contains(
            (await host.GetAsync("customers/chat-known/timeline")).Items,
            entry => (string?)entry!["text"] == "Hello"
        );
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"x","email":"nonsense"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"token":"c1.wrong"}""", HttpStatusCode.Unauthorized)]
    public async Task Who_does_not_introduce_themselves_is_refused(
        string json,
        HttpStatusCode status
    )
    {
        using HttpClient nobody = host.ClientWith(null);

        Assert.Equal(
            status,
            (
                await RunningHost.SendAsync(nobody, HttpMethod.Post, "/chat/api/visitors", json)
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await RunningHost.SendAsync(nobody, HttpMethod.Get, "/chat/api/messages", null)).Status
        );
    }

    private static bool OfChat(JsonNode? conversation) =>
        (string?)conversation!["subject"] == "It leaks";

    private HttpClient ClientOf(HttpClient visitor) =>
        host.ClientWith(visitor.DefaultRequestHeaders.Authorization!.Parameter);

    private async Task<string> IntroduceAsync(string json)
    {
        using HttpClient nobody = host.ClientWith(null);
        Answer answer = await Awaited.Within(
            RunningHost.SendAsync(nobody, HttpMethod.Post, "/chat/api/visitors", json),
            "introduction"
        );
        return (string)answer.Json!["token"]!;
    }
}
