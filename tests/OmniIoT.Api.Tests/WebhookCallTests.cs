using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Other systems that are told of changes, as administrators set them up.</summary>
public sealed class WebhookCallTests : IAsyncLifetime
{
    private readonly RunningHost _host = new(static settings => settings with { AllowsPrivateWebhooks = true });
    private readonly ForeignSystem _shop = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_secret_is_written_and_never_read_back()
    {
        Answer put = await _host.PutAsync("webhooks/shop", Webhook("very secret"));
        Answer got = await _host.GetAsync("webhooks/shop");
        Answer list = await _host.GetAsync("webhooks?q=shop");
        string audit = (await _host.GetAsync("audit?subject=webhook:shop")).Text;

        Assert.Equal(HttpStatusCode.Created, put.Status);
        Assert.Equal("""{"set":true}""", got.Json!["secret"]!.ToJsonString());
        Assert.Single(list.Items);
        Assert.Contains("webhook.changed", audit, StringComparison.Ordinal);
        Assert.All(
            new[] { put.Text, got.Text, list.Text, audit },
            text => Assert.DoesNotContain("very secret", text, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("sealed", put.Text + got.Text + list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_sent_signed_and_stands_among_the_deliveries()
    {
        await _host.PutAsync("webhooks/shop", Webhook("between us", "note.added"));
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");

        Answer note = await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        JsonNode delivery = await DeliveredAsync();

        ProviderCall call = Assert.Single(_shop.Taken);
        Assert.Equal(Signature(call.Body, "between us"), call.Headers["X-OmniIoT-Signature"]);
        Assert.Equal((string?)delivery["id"], call.Headers["X-OmniIoT-Delivery"]);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal(
            ((string?)delivery["id"], "note.added", "ann", (string?)note.Json!["id"]),
            ((string?)call.Json["id"], (string?)call.Json["kind"], (string?)call.Json["customerId"], (string?)call.Json["data"]!["id"])
        );
        Assert.Equal((1, 200, null), ((int)delivery["attempts"]!, (int)delivery["statusCode"]!, (string?)delivery["error"]));
    }

    [Fact]
    public async Task A_webhook_that_was_read_is_written_again_with_its_secret()
    {
        await _host.PutAsync("webhooks/shop", Webhook("still the same", "case"));
        JsonObject read = (JsonObject)(await _host.GetAsync("webhooks/shop")).Json!;
        read["events"] = new JsonArray("note.added");

        Answer put = await _host.PutAsync("webhooks/shop", read.ToJsonString());
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");
        await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        await DeliveredAsync();

        Assert.Equal(HttpStatusCode.OK, put.Status);
        ProviderCall call = Assert.Single(_shop.Taken);
        Assert.Equal(Signature(call.Body, "still the same"), call.Headers["X-OmniIoT-Signature"]);
    }

    [Fact]
    public async Task What_was_not_taken_says_why_and_when_it_is_tried_next_and_goes_at_once_when_it_is_asked_for()
    {
        await _host.PutAsync("webhooks/shop", Webhook("between us", "note.added"));
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");
        _shop.FailNext(HttpStatusCode.ServiceUnavailable, new JsonObject { ["say"] = "closed" });

        await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        JsonNode tried = await Awaited.Seen(() => FindAsync(one => one["error"] is not null), "the try that failed");
        Answer again = await _host.PostAsync($"webhooks/shop/deliveries/{tried["id"]}/redeliver");
        JsonNode delivered = await DeliveredAsync();

        Assert.Equal(("waiting", 503), ((string?)tried["state"], (int)tried["statusCode"]!));
        Assert.Contains("closed", (string?)tried["error"], StringComparison.Ordinal);
        Assert.True((DateTimeOffset)tried["nextAt"]! > (DateTimeOffset)tried["triedAt"]!);
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal((string?)tried["id"], (string?)delivered["id"]);
        Assert.Equal((string?)tried["id"], Assert.Single(_shop.Taken).Headers["X-OmniIoT-Delivery"]);
    }

    [Fact]
    public async Task What_waits_goes_at_once_when_the_webhook_is_put_right()
    {
        await _host.PutAsync("webhooks/shop", Webhook("between us", "note.added"));
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");
        _shop.FailNext(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromHours(1));
        await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        await Awaited.Seen(() => FindAsync(one => one["error"] is not null), "the try that failed");

        await _host.PutAsync("webhooks/shop", Webhook("another secret", "note.added"));
        await DeliveredAsync();

        ProviderCall call = Assert.Single(_shop.Taken);
        Assert.Equal(Signature(call.Body, "another secret"), call.Headers["X-OmniIoT-Signature"]);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using ForeignSystem elsewhere = new();
        await using Leading leading = new(elsewhere.Endpoint);
        await _host.PutAsync("webhooks/shop", Webhook("between us", "note.added", leading.Endpoint));
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");

        await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        JsonNode tried = await Awaited.Seen(() => FindAsync(one => one["error"] is not null), "the try that failed");

        Assert.Equal(302, (int)tried["statusCode"]!);
        Assert.Empty(elsewhere.Taken);
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_what_is_wrong_is_422()
    {
        Answer wrong = await _host.PutAsync("webhooks/shop", """{"url":"https://a.example","secret":"s","events":["case.opend"]}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/events"), (wrong.Status, wrong.Pointer));
        Assert.Contains("the nearest is case.opened", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync("webhooks/nowhere")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync("webhooks/nowhere/deliveries")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.PostAsync("webhooks/nowhere/deliveries/x/redeliver")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.DeleteAsync("webhooks/nowhere")).Status);
    }

    [Fact]
    public async Task Who_may_not_see_what_would_be_sent_sets_up_no_webhook_for_it()
    {
        Answer made = await _host.PostAsync("api-keys", """{"name":"half","rights":["settings:write","cases:read"]}""");
        using HttpClient half = _host.ClientWith((string?)made.Json!["key"]);

        Answer all = await RunningHost.SendAsync(half, HttpMethod.Put, "webhooks/shop", Webhook("s"));
        Answer cases = await RunningHost.SendAsync(half, HttpMethod.Put, "webhooks/shop", Webhook("s", "case.*"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Created), (all.Status, cases.Status));
    }

    [Fact]
    public async Task A_webhook_that_is_removed_takes_what_waits_with_it()
    {
        await _host.PutAsync("webhooks/shop", Webhook("between us", "note.added"));
        await _host.PutAsync("customers/ann", """{"name":"Ann"}""");
        _shop.FailNext(HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromHours(1));
        await _host.PostAsync("customers/ann/timeline", """{"kind":"note.added","title":"Called"}""");
        await Awaited.Seen(() => FindAsync(one => one["error"] is not null), "the try that failed");

        Answer removed = await _host.DeleteAsync("webhooks/shop");
        await _host.PutAsync("webhooks/shop", Webhook("between us", "case"));

        Assert.Equal(HttpStatusCode.NoContent, removed.Status);
        Assert.Empty((await _host.GetAsync("webhooks/shop/deliveries")).Items);
    }

    private string Webhook(string secret, string? events = null, string? address = null) =>
        new JsonObject
        {
            ["url"] = (address ?? _shop.Endpoint) + "/hook",
            ["secret"] = secret,
            ["events"] = events is null ? [] : new JsonArray(events),
        }.ToJsonString();

    private static string Signature(string body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private Task<JsonNode> DeliveredAsync() => Awaited.Seen(() => FindAsync(one => (string?)one["state"] == "delivered"), "a delivery");

    private async Task<JsonNode?> FindAsync(Func<JsonNode, bool> isIt) =>
        (await _host.GetAsync("webhooks/shop/deliveries")).Items.FirstOrDefault(one => isIt(one!));

    /// <summary>Sends whoever calls it elsewhere.</summary>
    private sealed class Leading(string elsewhere) : ProviderServer
    {
        protected override JsonObject Unauthorized => [];

        protected override string? Location => elsewhere;

        protected override JsonObject? Answer(ProviderCall call) => [];
    }
}
