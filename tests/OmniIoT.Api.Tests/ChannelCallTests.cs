using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Channels as administrators set them up, providers call them, and agents answer on them.</summary>
public sealed class ChannelCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_secret_is_written_and_never_read_back()
    {
        Answer put = await host.PutAsync("channels/quiet", Webhook("https://shop.example/hook", "very secret"));
        Answer got = await host.GetAsync("channels/quiet");
        Answer list = await host.GetAsync("channels?q=quiet");
        string audit = (await host.GetAsync("audit?subject=channel:quiet")).Text;

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Equal("""{"set":true}""", got.Json!["settings"]!["secret"]!.ToJsonString());
        Assert.All(
            new[] { put.Text, got.Text, list.Text, audit },
            text => Assert.DoesNotContain("very secret", text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("sealed", put.Text + got.Text + list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_was_read_is_written_again_with_its_secret()
    {
        await host.PutAsync("channels/kept", Webhook("https://shop.example/hook", "still the same"));
        JsonObject read = (JsonObject)(await host.GetAsync("channels/kept")).Json!;
        read["name"] = "Renamed";

        Answer put = await host.PutAsync("channels/kept", read.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("kept", Message("k-1", "hello"), "still the same")).StatusCode);
    }

    /// <summary>Providers are not ours to correct: the last of two members counts, and half a character is no text.</summary>
    [Theory]
    [InlineData("""{"from":{"type":"email","value":"a@example.com"},"text":"1","externalId":"t-1","text":"2"}""", HttpStatusCode.OK)]
    [InlineData(
        """{"from":{"type":"email","value":"a@example.com"},"text":"\ud800","externalId":"t-2"}""",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData(
        """{"from":{"type":"email","value":"a@example.com"},"text":"1","externalId":"t-3","\ud800":1}""",
        HttpStatusCode.UnprocessableEntity
    )]
    public async Task What_a_provider_says_twice_or_in_half_is_no_failure_of_the_host(string body, HttpStatusCode status)
    {
        await host.PutAsync("channels/twice", Webhook("https://shop.example/hook", "said twice"));

        using HttpResponseMessage response = await CallAsync("twice", body, "said twice");

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task What_is_null_says_nothing()
    {
        Answer put = await host.PutAsync("channels/still", """{"type":"webchat","name":"Still","queue":null,"enabled":null}""");
        Answer test = await host.PostAsync("channels/still/test", "{}");

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Equal(HttpStatusCode.OK, test.Status);
    }

    [Theory]
    [InlineData(
        """{"type":"sms","name":"x","settings":{"accountSid":"A","from":"+1","authToken":"kept"} }""",
        """{"type":"sms","name":"x","settings":{"accountSid":"A","from":"+1","authToken":{"set":true},"endpoint":"https://elsewhere.example"} }""",
        "/settings/authToken"
    )]
    [InlineData(
        """{"type":"email","name":"x","settings":{"address":"a@b","imap":{"host":"here","user":"u","password":"kept"} } }""",
        """{"type":"email","name":"x","settings":{"address":"a@b","imap":{"host":"there","user":"u","password":{"set":true} } } }""",
        "/settings/imap/password"
    )]
    public async Task A_secret_that_is_stored_is_not_sent_to_another_host(string known, string moved, string pointer)
    {
        Answer put = await host.PutAsync("channels/moved", known);

        Answer refused = await host.PutAsync("channels/moved", moved);
        await host.DeleteAsync("channels/moved");

        Assert.True(put.IsSuccess);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(pointer, (string?)Assert.Single(refused.Json!["errors"]!.AsArray())!["pointer"]);
    }

    [Theory]
    [InlineData("""{"type":"pigeon","name":"x","settings":{}}""", "/type")]
    [InlineData("""{"type":"sms","name":"x","settings":{"authToken":"t","from":"+1"}}""", "/settings/accountSid")]
    [InlineData(
        """{"type":"sms","name":"x","settings":{"accountSid":"A","authToken":"t","from":"+1","region":"Azerbaijan"}}""",
        "/settings/region"
    )]
    [InlineData("""{"type":"email","name":"x","settings":{"address":"nobody","token":"t"}}""", "/settings/address")]
    [InlineData(
        """{"type":"email","name":"x","settings":{"address":"a@b","token":"t","smtp":{"host":"h","port":70000}}}""",
        "/settings/smtp/port"
    )]
    [InlineData("""{"type":"webhook","name":"x","settings":{"url":"ftp://x","secret":"s"}}""", "/settings/url")]
    [InlineData("""{"type":"webhook","name":"x","settings":{"secret":{"set":true}}}""", "/settings/secret")]
    [InlineData("""{"type":"webhook","name":"x","settings":{"secret":"s","colour":"red"}}""", "/settings/colour")]
    [InlineData("""{"type":"webhook","settings":{"secret":"s"}}""", "/name")]
    [InlineData("""{"type":"webhook","name":"x","settings":{"secret":"s","region":"Baku"}}""", "/settings/region")]
    [InlineData("""{"type":"email","name":"x","settings":{"address":"a@b"}}""", "/settings/token")]
    [InlineData("""{"type":"email","name":"x","settings":{"address":"a@b","token":"t","imap":{"host":"h"}}}""", "/settings/imap/user")]
    [InlineData(
        """{"type":"email","name":"x","settings":{"address":"a@b","imap":{"host":"h","user":"u","password":"p","box":"x"}}}""",
        "/settings/imap/box"
    )]
    public async Task What_is_wrong_with_a_channel_is_said_with_its_place(string json, string pointer)
    {
        Answer answer = await host.PutAsync("channels/wrong", json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Json!["errors"]!.AsArray(), error => (string?)error!["pointer"] == pointer);
    }

    [Fact]
    public async Task What_comes_in_twice_is_one_message_and_what_is_answered_goes_out_signed()
    {
        await using ForeignSystem partner = new();
        await host.PutAsync("channels/shop", Webhook(partner.Endpoint + "/hook", "between us"));

        HttpResponseMessage first = await CallAsync("shop", Message("s-1", "It leaks"), "between us");
        HttpResponseMessage again = await CallAsync("shop", Message("s-1", "It leaks"), "between us");
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=shop")).Items)!;
        Answer answered = await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"We come at once"}""");
        JsonNode sent = await Awaited.Seen(() => SentAsync((string)talk["id"]!), "the answer to be sent");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(HttpStatusCode.Created, answered.Status);
        ProviderCall call = Assert.Single(partner.Taken);
        Assert.Equal(("We come at once", (string?)sent["id"]), ((string?)call.Json["text"], (string?)call.Json["externalId"]));
        Assert.Equal(Signature(call.Body, "between us"), call.Headers["X-OmniIoT-Signature"]);
    }

    [Fact]
    public async Task A_refusal_for_ever_fails_the_message_and_is_a_dead_letter()
    {
        await using ForeignSystem partner = new();
        await host.PutAsync("channels/gone", Webhook(partner.Endpoint + "/hook", "between us"));
        partner.FailNext(HttpStatusCode.Gone);
        await CallAsync("gone", Message("g-1", "Anybody?", "gone@example.com"), "between us");
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=gone")).Items)!;

        Answer answered = await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"Here"}""");
        JsonNode letter = await Awaited.Seen(() => DeadLetterAsync((string)answered.Json!["id"]!), "the dead letter");

        Assert.Equal("undeliverable", (string?)letter["reason"]);
    }

    [Fact]
    public async Task A_wrong_proof_is_403_and_counted()
    {
        await host.PutAsync("channels/closed", Webhook("https://shop.example/hook", "right"));

        HttpResponseMessage refused = await CallAsync("closed", Message("c-1", "let me in"), "wrong");
        Answer metrics = await RunningHost.SendAsync(host.Http, HttpMethod.Get, "/metrics", null);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("omniiot_webhooks_refused_total{channel=\"closed\"} 1", metrics.Text, StringComparison.Ordinal);
        Assert.Empty((await host.GetAsync("conversations?channel=closed")).Items);
    }

    [Fact]
    public async Task Who_calls_a_channel_wrongly_is_told_so()
    {
        await host.PutAsync("channels/strict", Webhook("https://shop.example/hook", "right"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CallAsync("strict", "{}", "right")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await CallAsync("strict", new string('x', 300_000), "right")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await CallAsync("nowhere", "{}", "right")).StatusCode);
    }

    [Fact]
    public async Task A_test_says_whether_the_provider_answers()
    {
        await using ForeignSystem partner = new();
        await host.PutAsync("channels/tested", Webhook(partner.Endpoint + "/hook", "right"));
        Answer good = await host.PostAsync("channels/tested/test");
        partner.FailNext(HttpStatusCode.InternalServerError);
        Answer bad = await host.PostAsync("channels/tested/test");

        Assert.Equal((true, false), ((bool)good.Json!["ok"]!, (bool)bad.Json!["ok"]!));
        Assert.False(string.IsNullOrEmpty((string?)bad.Json["error"]));
    }

    [Theory]
    [InlineData("heads", """{"type":"email","name":"Mail","settings":{"address":"help@shop.example","token":"t"}}""", "?token=wrong")]
    [InlineData("bots", """{"type":"telegram","name":"Bot","settings":{"token":"1:token","secretToken":"knock"}}""", "")]
    public async Task Who_cannot_be_the_provider_is_not_waited_for(string id, string channel, string query)
    {
        await host.PutAsync("channels/" + id, channel);
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", host.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        using StreamReader answer = new(client.GetStream());

        // The head of a call, and never its body.
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes($"POST /api/v1/channels/{id}/inbound{query} HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"),
                TestContext.Current.CancellationToken
            );

        string? status = await Awaited.Within(answer.ReadLineAsync(TestContext.Current.CancellationToken).AsTask(), "the answer");
        Assert.Equal("HTTP/1.1 403 Forbidden", status);
    }

    [Fact]
    public async Task Who_wants_to_be_left_alone_for_a_year_is_asked_once_more_after_a_day()
    {
        await using ForeignSystem partner = new();
        await host.PutAsync("channels/weary", Webhook(partner.Endpoint + "/hook", "between us"));
        partner.FailNext(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromDays(365));
        await CallAsync("weary", Message("w-1", "Anybody?", "weary@example.com"), "between us");
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=weary")).Items)!;

        Answer answered = await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"Here"}""");
        OutgoingMessage waiting = (
            await Awaited.Seen(() => PostponedAsync((string)answered.Json!["id"]!), "the message to be postponed")
        ).Message;

        IReadOnlyList<WaitingMessage> due = await host
            .Services.GetRequiredService<IOutgoingMessages>()
            .DueAsync(waiting.CreatedAt + TimeSpan.FromDays(1), 100, TestContext.Current.CancellationToken);
        Assert.Contains(due, message => message.Message.MessageId == waiting.MessageId);
    }

    [Fact]
    public async Task What_was_begun_before_a_crash_goes_again_and_says_that_it_may_have_gone_twice()
    {
        await using TelegramServer telegram = new("1:token");
        await host.PutAsync(
            "channels/bot",
            $$"""{"type":"telegram","name":"Bot","settings":{"endpoint":"{{telegram.Endpoint}}","token":"1:token","secretToken":"knock"} }"""
        );
        await WriteByTelegramAsync();
        JsonNode talk = Assert.Single((await host.GetAsync("conversations?channel=bot")).Items)!;
        telegram.FailNext(HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(5));
        Answer answered = await host.PostAsync($"conversations/{talk["id"]}/messages", """{"text":"Here"}""");
        WaitingMessage waiting = await Awaited.Seen(() => PostponedAsync((string)answered.Json!["id"]!), "the message to be postponed");

        // As a process leaves it that ends while it sends.
        await host
            .Services.GetRequiredService<ICommitter>()
            .CommitAsync(new CommitUnit { Effects = { new BeginSending(waiting.Message.MessageId, waiting.Tries) } });
        JsonNode sent = await Awaited.Seen(() => SentAsync((string)talk["id"]!), "the answer to be sent");

        Assert.Single(telegram.Taken);
        Assert.Equal("maybeSentTwice", (string?)sent["error"]);
    }

    private static string Webhook(string url, string secret) =>
        $$"""{"type":"webhook","name":"Shop","settings":{"url":"{{url}}","secret":"{{secret}}"} }""";

    private static string Message(string id, string text, string from = "leyla@example.com") =>
        $$"""{"from":{"type":"email","value":"{{from}}","name":"Leyla"},"text":"{{text}}","externalId":"{{id}}"}""";

    private static string Signature(string body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private async Task<HttpResponseMessage> CallAsync(string channel, string body, string secret)
    {
        using HttpClient provider = host.ClientWith(null);
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/channels/{channel}/inbound");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-OmniIoT-Signature", Signature(body, secret));
        return await provider.SendAsync(request);
    }

    private async Task WriteByTelegramAsync()
    {
        using HttpClient provider = host.ClientWith(null);
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/channels/bot/inbound");
        request.Content = new StringContent(
            """{"update_id":1,"message":{"message_id":1,"chat":{"id":77,"type":"private"},"text":"Anybody?"}}"""
        );
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", "knock");
        using HttpResponseMessage response = await provider.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<WaitingMessage?> PostponedAsync(string message) =>
        (
            await host
                .Services.GetRequiredService<IOutgoingMessages>()
                .DueAsync(new Instant(long.MaxValue / 2), 100, TestContext.Current.CancellationToken)
        ).FirstOrDefault(waiting => waiting.Message.MessageId == message && waiting is { Tries: 1, IsBegun: false });

    private async Task<JsonNode?> SentAsync(string conversation) =>
        (await host.GetAsync($"conversations/{conversation}")).Json!["messages"]!
            .AsArray()
            .FirstOrDefault(message => (string?)message!["state"] == "sent");

    private async Task<JsonNode?> DeadLetterAsync(string message) =>
        (await host.GetAsync("dead-letters")).Items.FirstOrDefault(letter => (string?)letter!["messageId"] == message);
}
