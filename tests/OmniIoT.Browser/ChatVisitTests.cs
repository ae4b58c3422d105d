using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What the chat of a site tells of the pages that its visitors look at.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ChatVisitTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task Only_while_the_site_says_that_pages_may_be_known_are_they_told()
    {
        OpenPage shop = await OpenStrangerAsync();
        await shop.Page.Clock.InstallAsync();
        await EmbedAsync(shop, "Filters", $"data-token=\"{await TokenOfAsync("asked")}\" data-visits=\"false\"");
        Assert.Equal(0, await shop.Page.Locator("iframe").CountAsync());

        await shop.Page.EvaluateAsync("document.querySelector('script').dataset.visits = ''");
        await SeesAsync("asked", "Filters");
        await shop.Page.EvaluateAsync("delete document.querySelector('script').dataset.visits");
        await MoveAsync(shop, "Secrets");
        await shop.Page.Clock.RunForAsync(1_000);
        await MoveAsync(shop, "Pumps");
        await shop.Page.EvaluateAsync("document.querySelector('script').dataset.visits = 'yes'");

        await SeesAsync("asked", "Filters, Pumps");
        Assert.Empty(shop.Errors);
    }

    [Fact]
    public async Task A_page_that_is_shown_without_being_loaded_is_told_by_the_title_that_it_gets()
    {
        OpenPage shop = await OpenStrangerAsync();
        await EmbedAsync(shop, "Filters", $"data-token=\"{await TokenOfAsync("moving")}\" data-visits");
        await SeesAsync("moving", "Filters");

        await MoveAsync(shop, "Pumps");

        await SeesAsync("moving", "Filters, Pumps");
        Assert.Empty(shop.Errors);
    }

    [Fact]
    public async Task What_is_remembered_of_a_known_customer_tells_no_page_of_who_comes_next_to_the_browser()
    {
        OpenPage shop = await OpenStrangerAsync();
        await EmbedAsync(shop, "Filters", $"data-token=\"{await TokenOfAsync("leaving")}\" data-visits");
        await SeesAsync("leaving", "Filters");
        ConcurrentQueue<string> asked = new();
        shop.Page.Request += (_, request) => asked.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");

        await EmbedAsync(shop, "Secrets", "data-visits");
        await shop.Page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" }).ClickAsync();
        IFrameLocator chat = shop.Page.FrameLocator("iframe");
        await chat.GetByLabel("Your message").FillAsync("Hello");
        await chat.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(chat.GetByRole(AriaRole.Log).GetByText("Hello")).ToBeVisibleAsync();

        Assert.Contains("POST /chat/api/messages", asked);
        Assert.DoesNotContain("POST /chat/api/pages", asked);
        Assert.Empty(shop.Errors);
    }

    [Fact]
    public async Task Who_is_known_by_a_new_token_is_known_on_the_page_that_brings_it()
    {
        OpenPage shop = await OpenStrangerAsync();
        await EmbedAsync(shop, "Filters", $"data-token=\"{await TokenOfAsync("renewed")}\" data-visits");
        await SeesAsync("renewed", "Filters");

        await EmbedAsync(shop, "Pumps", $"data-token=\"{await TokenOfAsync("renewed")}\" data-visits");

        await SeesAsync("renewed", "Filters, Pumps");
    }

    [Theory]
    [InlineData("nested", "opens /chat")]
    [InlineData("top-level", "looks at it")]
    [InlineData("auxiliary", "looks at it")]
    public async Task A_notification_leads_to_a_chat_that_can_be_seen(string frame, string outcome)
    {
        using HttpClient site = new();
        string worker = await site.GetStringAsync(Fixture.Address + "chat/worker.js", TestContext.Current.CancellationToken);
        OpenPage visitor = await OpenStrangerAsync();

        Assert.Equal(outcome, await visitor.Page.EvaluateAsync<string>(ClickedIn(worker, frame)));
    }

    [Theory]
    [InlineData("nested", "shown")]
    [InlineData("top-level", "held back")]
    [InlineData("auxiliary", "held back")]
    public async Task A_notice_is_held_back_by_a_chat_that_is_before_the_visitor(string frame, string outcome)
    {
        using HttpClient site = new();
        string worker = await site.GetStringAsync(Fixture.Address + "chat/worker.js", TestContext.Current.CancellationToken);
        OpenPage visitor = await OpenStrangerAsync();

        Assert.Equal(outcome, await visitor.Page.EvaluateAsync<string>(ToldIn(worker, frame)));
    }

    private static string ClickedIn(string worker, string frame) =>
        InWorker(
            worker,
            frame,
            "await handle('notificationclick', { notification: { close() {} } }); return done;",
            "openWindow: async (path) => { done = `opens ${path}`; }"
        );

    private static string ToldIn(string worker, string frame) =>
        InWorker(
            worker,
            frame,
            "await handle('push', { data: { json: () => ({ id: '1', title: 'Laundry', text: 'Done', isNotice: true }) } }); "
                + "return done ?? 'held back';",
            ""
        );

    /// <summary>The worker's own script before one visible chat in a frame of the kind: no browser of tests clicks notifications.</summary>
    private static string InWorker(string worker, string frame, string act, string clients) =>
        $$"""
            async () => {
              let done;
              const handlers = {};
              const chat = {
                url: 'https://shop.example/chat', frameType: '{{frame}}', visibilityState: 'visible', focused: false,
                focus: async () => { done = 'looks at it'; },
              };
              const self = {
                addEventListener: (type, handler) => { handlers[type] = handler; },
                registration: { showNotification: async () => { done = 'shown'; } },
                clients: { matchAll: async () => [chat], {{clients}} },
              };
              const handle = (type, event) => new Promise((resolve) => handlers[type]({ ...event, waitUntil: resolve }));
              {{worker}}
              {{act}}
            }
            """;

    private async Task<string> TokenOfAsync(string customer)
    {
        await Host.Api.PutAsync($"customers/{customer}", """{ "name": "Aygun" }""");
        return (string)(await Host.Api.PostAsync($"customers/{customer}/app-token"))["token"]!;
    }

    /// <summary>A page of a shop with the chat, at an address of its title.</summary>
    private async Task EmbedAsync(OpenPage shop, string title, string attributes)
    {
        await shop.Page.GotoAsync("/healthz");
        await shop.Page.EvaluateAsync("title => history.replaceState(null, '', '/' + title)", title);
        await shop.Page.SetContentAsync(
            $"<title>{title}</title><body><script src=\"{Fixture.Address}chat/widget.js\" {attributes}></script>"
        );
        await Expect(shop.Page.GetByRole(AriaRole.Button, new() { Name = "Chat with us" })).ToBeVisibleAsync();
    }

    /// <summary>As routers of sites do: the address first, and the title once the page is there.</summary>
    private static async Task MoveAsync(OpenPage shop, string title) =>
        await shop.Page.EvaluateAsync(
            """
            async (title) => {
              const moved = new Promise((resolve) => navigation.addEventListener('navigatesuccess', resolve, { once: true }));
              history.pushState(null, '', '/' + title);
              await moved;
              document.title = title;
            }
            """,
            title
        );

    private async Task SeesAsync(string customer, string titles) =>
        await Awaited.Seen(
            async () =>
            {
                IEnumerable<JsonNode?> pages = await Host.Api.ListAsync($"customers/{customer}/timeline?kind=page.viewed");
                string seen = string.Join(", ", pages.Select(page => (string?)page!["title"]).Order(StringComparer.Ordinal));
                return seen == titles ? seen : null;
            },
            $"pages that {customer} looked at: {titles}"
        );
}
