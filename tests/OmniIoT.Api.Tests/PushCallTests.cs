using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Browsers of visitors that are told what agents write.</summary>
public sealed class PushCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Strict = """{"type":"push","name":"Shop","settings":{"subject":"https://shop.example"}}""";

    [Fact]
    public async Task A_channel_that_does_not_say_where_push_services_find_the_company_is_told_so_when_it_is_tried()
    {
        Answer put = await host.PutAsync("channels/push-nameless", """{"type":"push","name":"Shop","settings":{}}""");
        await host.PutAsync("channels/push-named", Strict);

        string nameless = (await host.PostAsync("channels/push-nameless/test")).Json!.ToJsonString(),
            named = (await host.PostAsync("channels/push-named/test")).Json!.ToJsonString();

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Contains("subject", nameless, StringComparison.Ordinal);
        Assert.DoesNotContain("subject", named, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_allowed_it_is_told_until_the_browser_is_gone()
    {
        await using PushServer service = new(TimeProvider.System);
        await host.PutAsync(
            "channels/push",
            $$"""{"type":"push","name":"Shop","settings":{"endpoint":"{{service.Endpoint}}","subject":"mailto:help@shop.example"} }"""
        );
        using HttpClient visitor = await VisitorAsync();
        await CallAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"It leaks"}""");
        service.ServerKey = (string?)(await CallAsync(visitor, HttpMethod.Get, "/chat/api/push", null)).Json!["key"];
        (PushBrowser browser, string endpoint) = service.Subscribe();

        Answer subscribed = await SubscribeAsync(visitor, browser, endpoint);
        Answer answered = await AnswerAsync("We come at once");
        await Awaited.Seen(() => StateAsync(answered, "sent"), "the message to be sent");
        service.FailNext(HttpStatusCode.Gone);
        Answer late = await AnswerAsync("Are you there?");
        await Awaited.Seen(() => StateAsync(late, "failed"), "the message to fail");

        string lost = await Awaited.Seen(() => LetterAsync(late), "the message among the dead letters");

        Assert.DoesNotContain(browser.Auth, lost, StringComparison.Ordinal);
        Assert.Contains("Are you there?", lost, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, subscribed.Status);
        Assert.Equal("We come at once", (string?)JsonNode.Parse(Assert.Single(browser.Told))!["text"]);
        Assert.Equal("noIdentity", (string?)(await AnswerAsync("Hello?")).Json!["reason"]);
        await SubscribeAsync(visitor, browser, endpoint);
        Answer again = await AnswerAsync("There you are");
        await Awaited.Seen(() => StateAsync(again, "sent"), "the browser to be told again");
        await host.DeleteAsync("channels/push");
    }

    [Fact]
    public async Task A_visitor_who_may_have_closed_the_chat_is_told_what_is_answered_there()
    {
        await using PushServer service = new(TimeProvider.System);
        await host.PutAsync(
            "channels/push",
            $$"""{"type":"push","name":"Shop","settings":{"endpoint":"{{service.Endpoint}}","subject":"mailto:help@shop.example"} }"""
        );
        using HttpClient visitor = await VisitorAsync();
        await CallAsync(visitor, HttpMethod.Post, "/chat/api/messages", """{"text":"It leaks"}""");
        service.ServerKey = (string?)(await CallAsync(visitor, HttpMethod.Get, "/chat/api/push", null)).Json!["key"];
        (PushBrowser browser, string endpoint) = service.Subscribe();
        await SubscribeAsync(visitor, browser, endpoint);

        await AnswerAsync("We come at once", "webchat");

        string told = await Awaited.Seen(() => Task.FromResult(browser.Told.FirstOrDefault()), "word for the browser");
        Assert.Equal("We come at once", (string?)JsonNode.Parse(told)!["text"]);
        await host.DeleteAsync("channels/push");
    }

    [Theory]
    [InlineData("""{"endpoint":"http://169.254.169.254/","keys":{"p256dh":"x","auth":"y"}}""")]
    [InlineData("""{"endpoint":"https://fcm.googleapis.com/x","keys":{"p256dh":"x","auth":"y"}}""")]
    [InlineData("""{"endpoint":"https://fcm.googleapis.com/x"}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task What_is_no_browser_of_a_visitor_is_refused(string json)
    {
        await host.PutAsync("channels/push-strict", Strict);
        using HttpClient visitor = await VisitorAsync();

        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await CallAsync(visitor, HttpMethod.Post, "/chat/api/push-subscriptions", json)).Status
        );
        using HttpClient stranger = host.ClientWith(null);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await CallAsync(stranger, HttpMethod.Post, "/chat/api/push-subscriptions", json)).Status
        );
    }

    private async Task<HttpClient> VisitorAsync()
    {
        using HttpClient stranger = host.ClientWith(null);
        Answer introduced = await CallAsync(stranger, HttpMethod.Post, "/chat/api/visitors", """{"name":"Leyla"}""");
        return host.ClientWith((string)introduced.Json!["token"]!);
    }

    private static Task<Answer> CallAsync(HttpClient client, HttpMethod method, string path, string? json) =>
        RunningHost.SendAsync(client, method, path, json);

    private static Task<Answer> SubscribeAsync(HttpClient visitor, PushBrowser browser, string endpoint) =>
        CallAsync(
            visitor,
            HttpMethod.Post,
            "/chat/api/push-subscriptions",
            $$"""{"endpoint":"{{endpoint}}","keys":{"p256dh":"{{browser.Key}}","auth":"{{browser.Auth}}"} }"""
        );

    private async Task<Answer> AnswerAsync(string text, string channel = "push")
    {
        JsonNode talk = (await host.GetAsync("conversations?channel=webchat")).Items.First()!;
        return await host.PostAsync($"conversations/{talk["id"]}/messages", $$"""{"text":"{{text}}","channel":"{{channel}}"}""");
    }

    /// <summary>What is kept of a message that was lost.</summary>
    private async Task<string?> LetterAsync(Answer answered) =>
        (await host.GetAsync("dead-letters")).Items.FirstOrDefault(one => (string?)one!["messageId"] == (string?)answered.Json!["id"])
            is { } letter
            ? Encoding.UTF8.GetString(Convert.FromBase64String((string)letter["payload"]!))
            : null;

    private async Task<string?> StateAsync(Answer answered, string state)
    {
        JsonNode talk = (await host.GetAsync($"conversations/{answered.Json!["conversationId"]}")).Json!;
        JsonNode message = talk["messages"]!.AsArray().Single(one => (string?)one!["id"] == (string?)answered.Json["id"])!;
        return (string?)message["state"] == state ? state : null;
    }
}
