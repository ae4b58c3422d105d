using System.Globalization;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Cases and conversations in one list.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class OneInboxTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Queue = "one-inbox";

    [Fact]
    public async Task What_is_to_be_done_stands_in_one_list_by_what_is_due_first_and_opens_beside_it_by_key()
    {
        await PromiseAsync("one-inbox", "1h");
        await PromiseAsync("one-inbox-soon", "5m");
        await Host.Api.PutAsync("customers/one-bo", """{ "name": "Inbox Bo" }""");
        await Host.Api.PostAsync("cases", $$"""{ "customerId": "one-bo", "title": "Later case", "queue": "{{Queue}}" }""");
        string talker = await Fixture.WriteAsync("one-ann", "Inbox Ann", "Where is my part?");
        await Host.Api.PatchAsync($"conversations/{talker}", """{ "queue": "one-inbox-soon" }""");
        OpenPage desk = await OpenAsync("/inbox?queue=one-inbox");
        await desk.ExpectTextAsync("inbox-row", "Later case");
        await Expect(Row(desk, "Inbox Ann")).ToHaveCountAsync(0);

        // It comes into the queue while one looks, and its promise of before is due first.
        await Host.Api.PatchAsync($"conversations/{talker}", $$"""{ "queue": "{{Queue}}" }""");

        await desk.ExpectAsync(Row(desk, "Inbox Ann"), "the conversation among what is to be done");
        await desk.ExpectAsync(desk.Page.GetByText("2 things to do", new() { Exact = true }), "how many the server counts");
        await Expect(Row(desk, "Later case").GetByTestId("sla-mark")).ToBeVisibleAsync();
        await Expect(desk.Handle("inbox-row", "unread", "true")).ToHaveCountAsync(2);
        await desk.AssertAccessibleAsync();

        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("k");
        string first = await desk.Page.EvaluateAsync<string>("() => document.activeElement.dataset.kind");
        Assert.Equal(await desk.Handle("inbox-row").First.GetAttributeAsync("data-kind"), first);
        await Row(desk, "Inbox Ann").FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.ExpectTextAsync("message", "Where is my part?");
        await Expect(desk.Handle("inbox-row", "unread", "true")).ToHaveCountAsync(1);
        await desk.AssertAccessibleAsync();

        await Row(desk, "Later case").ClickAsync();
        await desk.ExpectAsync(desk.Handle("case-open"), "the case beside the list");
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Each_view_shows_whose_it_says_counted_by_the_server_and_an_empty_one_leads_on()
    {
        const string queue = "one-views";
        string mine = await Fixture.WriteAsync("view-mine", "View Mine", "I am taken");
        string nobodys = await Fixture.WriteAsync("view-nobody", "View Nobody", "I am not");
        await Host.Api.PatchAsync($"conversations/{mine}", $$"""{ "queue": "{{queue}}", "assignee": "nigar" }""");
        await Host.Api.PatchAsync($"conversations/{nobodys}", $$"""{ "queue": "{{queue}}", "assignee": "" }""");
        OpenPage desk = await OpenAsync($"/inbox?view=mine&queue={queue}");
        await desk.ExpectAsync(Row(desk, "View Mine"), "what is mine");
        await Expect(desk.Handle("inbox-row")).ToHaveCountAsync(1);
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Radio, new() { Name = "Unassigned 1" }).Locator("xpath=.."), "the count");

        await desk.Page.GetByText("Unassigned 1").ClickAsync();
        await desk.ExpectAsync(Row(desk, "View Nobody"), "what is nobody's");
        await Expect(desk.Handle("inbox-row")).ToHaveCountAsync(1);

        string later = TimeProvider.System.GetUtcNow().AddHours(2).ToString("O", CultureInfo.InvariantCulture);
        await Host.Api.PatchAsync($"conversations/{mine}", $$"""{ "snoozedUntil": "{{later}}" }""");
        await desk.Page.GetByText("Snoozed 1").ClickAsync();
        await desk.ExpectAsync(Row(desk, "View Mine"), "what is snoozed");
        await desk.Page.GetByText("Mine", new() { Exact = false }).First.ClickAsync();
        await desk.ExpectAsync(desk.Handle("inbox-lead-on"), "the way on from an empty view");
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }

    private static ILocator Row(OpenPage desk, string text) => desk.Handle("inbox-row").Filter(new() { HasText = text });

    /// <summary>A queue whose customers are promised a first answer within a time.</summary>
    private async Task PromiseAsync(string queue, string within)
    {
        await Host.Api.PutAsync($"slas/{queue}", $$"""{ "firstResponse": "{{within}}" }""");
        await Host.Api.PutAsync($"queues/{queue}", $$"""{ "name": "{{queue}}", "sla": "{{queue}}" }""");
    }
}
