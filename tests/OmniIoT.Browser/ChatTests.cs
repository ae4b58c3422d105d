using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class ChatTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    /// <summary>Registers the chat's worker, and waits until it works.</summary>
    private const string Worker = """
        const ready = navigator.serviceWorker.register('/chat/worker.js').then(async (registration) => {
          while (registration.active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 10));
          return registration;
        });
        """;

    [Fact]
    public async Task A_visitor_and_an_agent_speak_with_each_other_from_two_browsers()
    {
        OpenPage desk = await OpenAsync("/conversations");
        OpenPage visitor = await OpenStrangerAsync();
        await visitor.Page.GotoAsync("/chat");
        await visitor.Page.GetByLabel("Your name").FillAsync("Rashad");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Start the chat" }).ClickAsync();

        await SayAsync(visitor, "My washer beeps.");
        ILocator conversation = desk.Handle("conversation-row").Filter(new() { HasText = "Rashad" });
        await desk.ExpectAsync(conversation, "the visitor's conversation");
        await conversation.ClickAsync();
        await desk.ExpectTextAsync("message", "My washer beeps.");

        await desk.FillAsync("reply-text", "How many times?");
        await desk.ClickAsync("reply-send");
        await HearsAsync(visitor, "How many times?");

        await SayAsync(visitor, "Three times.");
        await desk.ExpectTextAsync("message", "Three times.");
        Assert.Empty(desk.Errors);
        Assert.Empty(visitor.Errors);
        Host.HasNoErrors();
    }

    [Theory]
    [InlineData("light", "en", "ltr", "How can we help?")]
    [InlineData("dark", "fa", "rtl", "چگونه می‌توانیم کمک کنیم؟")]
    public async Task The_chat_speaks_the_visitors_language_and_everybody_can_use_it(
        string scheme,
        string language,
        string direction,
        string title
    )
    {
        OpenPage visitor = await OpenStrangerAsync(
            new()
            {
                ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new() { Width = 360, Height = 600 },
            }
        );
        await visitor.Page.GotoAsync($"/chat?lang={language}");

        await Expect(visitor.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync(title);
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("dir", direction);
        await visitor.AssertAccessibleAsync();
        await visitor.Page.Locator("#name").FillAsync("Rashad");
        await visitor.Page.Locator("#introduction button").ClickAsync();
        await visitor.ExpectAsync(visitor.Page.Locator("#text"), "the place to write");
        await visitor.AssertFitsAsync();
        await visitor.AssertAccessibleAsync();
        Assert.Empty(visitor.Errors);
    }

    /// <summary>Addresses stand in logs and histories; an app's token lasts until it is made anew.</summary>
    [Fact]
    public async Task A_page_that_embeds_the_chat_for_a_known_customer_has_the_token_in_no_address_that_is_asked_for()
    {
        await Host.Api.PutAsync("customers/embedded", """{ "name": "Aygun" }""");
        string token = (string)(await Host.Api.PostAsync("customers/embedded/app-token"))["token"]!;
        OpenPage shop = await OpenStrangerAsync();
        ConcurrentQueue<string> asked = new();
        shop.Page.Request += (_, request) => asked.Enqueue(request.Url);
        // The shop's own page, from this host: a browser keeps pages from elsewhere from calling this machine.
        await shop.Page.GotoAsync("/healthz");

        await shop.Page.SetContentAsync($"<body><script src=\"{Fixture.Address}chat/widget.js\" data-token=\"{token}\"></script>");
        await shop.Page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" }).ClickAsync();

        await Expect(shop.Page.FrameLocator("iframe").GetByLabel("Your message")).ToBeVisibleAsync();
        Assert.Contains(asked, address => new Uri(address).AbsolutePath == "/chat");
        Assert.DoesNotContain(
            asked,
            address =>
                new Uri(address).GetComponents(UriComponents.PathAndQuery, UriFormat.Unescaped).Contains(token, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_page_of_the_visitor_is_beside_the_talk_once_the_site_says_that_it_may_be_known()
    {
        string talk = await Fixture.WriteAsync("looking", "Aygun", "Which filter fits?");
        string token = (string)(await Host.Api.PostAsync("customers/looking/app-token"))["token"]!;
        OpenPage desk = await OpenAsync("/conversations?id=" + talk);
        OpenPage shop = await OpenStrangerAsync();
        ConcurrentQueue<string> asked = new();
        shop.Page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await shop.Page.GotoAsync("/healthz?order=7#top");
        await shop.Page.SetContentAsync(
            $"<title>Filters</title><body><script src=\"{Fixture.Address}chat/widget.js\" data-token=\"{token}\"></script>"
        );
        await Expect(shop.Page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" })).ToBeVisibleAsync();
        Assert.DoesNotContain("/chat", asked);

        await shop.Page.EvaluateAsync("document.querySelector('script').dataset.visits = ''");

        await desk.ExpectTextAsync("customer-pages", "Filters");
        await desk.AssertAccessibleAsync();
        JsonNode entry = Assert.Single(await Host.Api.ListAsync("customers/looking/timeline?kind=page.viewed"));
        Assert.Equal(("Filters", Fixture.Address + "healthz"), ((string?)entry["title"], (string?)entry["data"]!["url"]));
        // The chat itself waits until it is opened.
        Assert.DoesNotContain("/chat/api/messages", asked);
        Assert.Empty(shop.Errors);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Who_says_a_name_only_is_known_to_look_at_the_page_where_they_say_it()
    {
        OpenPage shop = await OpenStrangerAsync();
        await shop.Page.GotoAsync("/healthz");
        await shop.Page.SetContentAsync($"<title>Pumps</title><body><script src=\"{Fixture.Address}chat/widget.js\" data-visits></script>");
        await shop.Page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" }).ClickAsync();
        IFrameLocator chat = shop.Page.FrameLocator("iframe");
        await chat.GetByLabel("Your name").FillAsync("Pump looker");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Start the chat" }).ClickAsync();
        await Expect(chat.GetByLabel("Your message")).ToBeVisibleAsync();

        JsonNode customer = Assert.Single(await Host.Api.ListAsync("customers?q=Pump looker"));
        JsonNode entry = await Awaited.Seen(
            async () => (await Host.Api.ListAsync($"customers/{customer["id"]}/timeline?kind=page.viewed")).SingleOrDefault(),
            "the page that they look at"
        );
        Assert.Equal("Pumps", (string?)entry["title"]);
        Assert.Empty(shop.Errors);
    }

    /// <summary>What comes by the browser's push service is handed to the page's worker, whether the page is open or not.</summary>
    [Fact]
    public async Task What_a_browser_is_told_is_shown_by_it()
    {
        OpenPage visitor = await OpenStrangerAsync(new() { Permissions = ["notifications"] });
        await visitor.Page.GotoAsync("/chat");
        ICDPSession browser = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        TaskCompletionSource<string> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, json) =>
        {
            if (json?.GetProperty("registrations") is { } all && all.GetArrayLength() > 0)
                registered.TrySetResult(all[0].GetProperty("registrationId").GetString()!);
        };
        await browser.SendAsync("ServiceWorker.enable");
        await visitor.Page.EvaluateAsync(InWorker("await ready;"));

        string worker = await Awaited.Within(registered.Task, "the worker's registration");
        await DeliverAsync("""{"id":"m1","title":"Laundry","text":"We come at once"}""");
        await ShownAsync("Laundry: We come at once");
        await DeliverAsync("""{"id":"m2","title":"Laundry","text":"It stands on the page that they look at","isNotice":true}""");
        await DeliverAsync("""{"id":"m3","title":"Laundry","text":"Are you there?"}""");
        await ShownAsync("Laundry: Are you there?,Laundry: We come at once");

        // Of another page, on which nobody opened it.
        await visitor.Page.GotoAsync("/healthz");
        await visitor.Page.SetContentAsync($"<body><script src=\"{Fixture.Address}chat/widget.js\" data-visits></script>");
        await Expect(visitor.Page.FrameLocator("iframe").Locator("#introduction")).ToBeAttachedAsync();
        await DeliverAsync("""{"id":"m4","title":"Laundry","text":"Until then","isNotice":true}""");
        await ShownAsync("Laundry: Are you there?,Laundry: Until then,Laundry: We come at once");
        Assert.Empty(visitor.Errors);

        Task DeliverAsync(string words) =>
            browser.SendAsync(
                "ServiceWorker.deliverPushMessage",
                new Dictionary<string, object>
                {
                    ["origin"] = Fixture.Address.TrimEnd('/'),
                    ["registrationId"] = worker,
                    ["data"] = words,
                }
            );

        async Task ShownAsync(string all) =>
            await Awaited.Seen(
                async () =>
                    await visitor.Page.EvaluateAsync<string>(
                        InWorker("return (await (await ready).getNotifications()).map((one) => `${one.title}: ${one.body}`).sort().join();")
                    ) == all
                        ? all
                        : null,
                $"notification beside those: {all}"
            );
    }

    [Fact]
    public async Task Who_comes_next_to_a_browser_is_not_told_what_is_said_to_who_was_there_before()
    {
        await Host.Api.PutAsync(
            "channels/push",
            """{"type":"push","name":"Laundry","settings":{"subject":"mailto:help@laundry.example"}}"""
        );
        OpenPage visitor = await OpenStrangerAsync(new() { Permissions = ["notifications"] });
        await visitor.Page.AddInitScriptAsync(PushService(new PushBrowser()));
        TaskCompletionSource<IResponse> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        visitor.Page.Response += (_, response) =>
        {
            if (response.Request is { Method: "DELETE" } && response.Url.Contains("/push-subscriptions?", StringComparison.Ordinal))
                ended.TrySetResult(response);
        };
        ILocator on = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Tell me when you answer" });
        ILocator off = visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Tell me nothing here any more" });
        await EnterAsync(visitor, "first");
        await on.ClickAsync();
        await Expect(off).ToBeVisibleAsync();
        await EnterAsync(visitor, "first");
        await Expect(off).ToBeVisibleAsync();

        await EnterAsync(visitor, "second");

        Assert.Equal(204, (await Awaited.Within(ended.Task, "the end of what the first one allowed")).Status);
        await Expect(on).ToBeVisibleAsync();
        await on.ClickAsync();
        await off.ClickAsync();
        await Expect(on).ToBeVisibleAsync();
        await Expect(off).ToBeHiddenAsync();
        Assert.Empty(visitor.Errors);
        await Host.Api.DeleteAsync("channels/push");
    }

    /// <summary>Stands in for the push service of the browser's maker, and keeps what it allowed as a browser does.</summary>
    private static string PushService(PushBrowser browser) =>
        $$"""
            const endpoint = 'https://fcm.googleapis.com/fcm/send/1';
            const kept = () => localStorage.getItem('push-service') && {
              endpoint,
              toJSON: () => ({ endpoint, keys: { p256dh: '{{browser.Key}}', auth: '{{browser.Auth}}' } }),
              unsubscribe: async () => localStorage.removeItem('push-service'),
            };
            PushManager.prototype.getSubscription = async () => kept();
            PushManager.prototype.subscribe = async () => localStorage.setItem('push-service', 'on') ?? kept();
            """;

    private async Task EnterAsync(OpenPage visitor, string customer)
    {
        await Host.Api.PutAsync($"customers/{customer}", """{ "name": "Aygun" }""");
        string token = (string)(await Host.Api.PostAsync($"customers/{customer}/app-token"))["token"]!;
        await visitor.Page.GotoAsync("/healthz");
        await visitor.Page.GotoAsync("/chat#token=" + token);
        await Expect(visitor.Page.GetByLabel("Your message")).ToBeVisibleAsync();
    }

    private static string InWorker(string script) => $"async () => {{ {Worker} {script} }}";

    private static async Task SayAsync(OpenPage visitor, string text)
    {
        await visitor.Page.GetByLabel("Your message").FillAsync(text);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await HearsAsync(visitor, text);
    }

    private static Task HearsAsync(OpenPage visitor, string text) =>
        visitor.ExpectAsync(visitor.Page.GetByRole(AriaRole.Log).GetByText(text), $"'{text}' in the chat");
}
