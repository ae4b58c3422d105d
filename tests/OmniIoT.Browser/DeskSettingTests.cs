using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Channels, queues, calendars and promises as forms.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class DeskSettingTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_channel_is_made_tested_switched_off_and_changed_and_its_secrets_are_never_shown()
    {
        OpenPage desk = await OpenAsync("/channels");
        await desk.ClickAsync("channels-create");
        await ChooseAsync(desk, "channel-type", "Webhook");
        await desk.FillAsync("channel-name", "Shop talk");
        await desk.FillAsync("channel-url", "nowhere");
        await desk.FillAsync("channel-secret", "not for anybody");
        await desk.SaveMendedAsync("channel", "channel-url", "http://127.0.0.1:9/in");

        ILocator row = desk.Handle("channels-row").Filter(new() { HasText = "Shop talk" });
        await desk.ExpectAsync(row, "the channel");
        await Expect(row.GetByTestId("channel-inbound")).ToContainTextAsync("/api/v1/channels/shop-talk/inbound");
        await row.GetByTestId("channel-test").ClickAsync();
        await desk.ExpectAsync(desk.Handle("channel-told", "ok", "false"), "that nobody answers there");
        await desk.AssertAccessibleAsync();

        await row.GetByTestId("channels-edit").ClickAsync();
        await Expect(desk.Handle("channel-secret")).ToHaveValueAsync("");
        await desk.FillAsync("channel-name", "Shop talks");
        await desk.ClickAsync("channel-save");
        await Expect(desk.Handle("channels-row").Filter(new() { HasText = "Shop talks" })).ToBeVisibleAsync();
        await desk.Handle("channel-on").PressAsync("Space");
        await desk.ExpectAsync(desk.Page.GetByText("Switched off"), "that it is off");

        JsonNode stored = await Host.Api.ReadAsync("channels/shop-talk");
        Assert.Equal(("Shop talks", false), ((string?)stored["name"], (bool)stored["enabled"]!));
        Assert.True((bool)stored["settings"]!["secret"]!["set"]!);
        Assert.DoesNotContain("not for anybody", await desk.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervisor_makes_a_calendar_a_promise_and_a_queue_and_is_told_what_is_wrong_at_its_field()
    {
        OpenPage desk = await OpenAsRoleAsync("supervisor", "/queues");
        await desk.ClickAsync("calendars-create");
        await desk.FillAsync("calendar-name", "Office hours");
        await desk.FillAsync("calendar-zone", "Asia/Baku");
        await desk.FillAsync("hours-from", "19:00");
        await desk.ClickAsync("calendar-save");
        await desk.ExpectTextAsync("hours-mistake", "must be after the beginning");
        await desk.FillAsync("hours-from", "09:00");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("calendar-save");
        ILocator calendar = desk.Handle("calendars-row").Filter(new() { HasText = "Office hours" });
        await Expect(calendar.GetByTestId("week")).ToContainTextAsync("09:00–18:00");

        await desk.ClickAsync("slas-create");
        await desk.FillAsync("sla-name", "Gold promise");
        await desk.Handle("sla-firstResponse").First.FillAsync("soon");
        await desk.ClickAsync("sla-save");
        await Expect(desk.Handle("sla-firstResponse").First).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.Handle("sla-firstResponse").First.FillAsync("5m");
        await ChooseAsync(desk, "sla-calendar", "Office hours");
        await desk.ClickAsync("sla-save");
        await desk.ExpectTextAsync("slas-row", "Gold promise");

        await desk.ClickAsync("queues-create");
        await desk.FillAsync("queue-name", "Gold line");
        await ChooseAsync(desk, "queue-sla", "Gold promise");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("queue-save");
        await desk.ExpectTextAsync("queues-row", "Gold line");
        await desk.ExpectTextAsync("queue-now", "0 wait");

        // What another names stays, and it says why.
        await desk.Handle("slas-row").Filter(new() { HasText = "Gold promise" }).GetByTestId("slas-remove").ClickAsync();
        await desk.ClickAsync("slas-confirm");
        await desk.ExpectAsync(desk.Page.GetByText("A queue uses this policy."), "why it stays");
        Assert.Equal("gold-promise", (string?)(await Host.Api.ReadAsync("queues/gold-line"))["sla"]);
    }

    [Fact]
    public async Task Who_may_not_is_offered_no_such_page()
    {
        OpenPage agent = await OpenAsRoleAsync("agent", "/queues");
        await ExpectNoneAsync(agent);
        OpenPage supervisor = await OpenAsRoleAsync("supervisor", "/channels");
        await ExpectNoneAsync(supervisor);
        await Expect(supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "Queues" })).ToBeVisibleAsync();
        await Expect(supervisor.Page.GetByRole(AriaRole.Link, new() { Name = "Channels" })).ToHaveCountAsync(0);

        static Task ExpectNoneAsync(OpenPage page) => page.ExpectAsync(page.Handle("not-for-you"), "that the page is not for them");
    }

    private static async Task ChooseAsync(OpenPage desk, string field, string name)
    {
        await desk.ClickAsync(field);
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = name, Exact = true }).ClickAsync();
    }
}
