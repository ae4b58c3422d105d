using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>A conversation goes to somebody else, takes another in, or is put off.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class HandingOnTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_conversation_is_handed_to_a_queue_with_a_note_and_to_a_person()
    {
        await Host.Api.PutAsync("queues/second-line", """{ "name": "Second line" }""");
        await Fixture.SessionOfAsync("orkhan", "agent");
        string id = await Fixture.WriteAsync("hand-ann", "Handed Ann", "It hums");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        await desk.ClickAsync("conversation-more");
        await desk.ClickAsync("conversation-transfer");
        await ChooseAsync(desk, "transfer-to", "Second line");
        await desk.FillAsync("transfer-note", "Third call about this");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("transfer-save");
        await Expect(desk.Handle("conversation-queue-name")).ToHaveTextAsync("second-line");
        await Expect(desk.Handle("message", "direction", "internal")).ToContainTextAsync("Third call about this");

        await desk.ClickAsync("conversation-more");
        await desk.ClickAsync("conversation-transfer");
        await desk.Page.GetByText("To a person", new() { Exact = true }).ClickAsync();
        await ChooseAsync(desk, "transfer-to", "Orkhan");
        await desk.ClickAsync("transfer-save");

        await Expect(desk.Handle("assignee")).ToHaveValueAsync("Orkhan");
        JsonNode stored = await Host.Api.ReadAsync($"conversations/{id}");
        Assert.Equal(("second-line", "orkhan"), ((string?)stored["queue"], (string?)stored["assignee"]));
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_conversation_takes_in_another_of_the_same_person()
    {
        string from = await Fixture.WriteAsync("merge-ann", "Merged Ann", "An old story");
        await Host.Api.PatchAsync($"conversations/{from}", """{ "status": "closed" }""");
        JsonNode begun = await Host.Api.PostAsync(
            "conversations",
            """{ "customerId": "merge-ann", "channel": "webchat", "text": "Is it well now?" }"""
        );
        string into = (string)begun["id"]!;
        OpenPage desk = await OpenAsync($"/inbox?talkId={into}");
        await desk.ExpectTextAsync("message", "Is it well now?");
        await Expect(desk.Handle("message")).ToHaveCountAsync(1);

        await desk.ClickAsync("conversation-more");
        await Expect(desk.Handle("conversation-merge")).ToBeVisibleAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("conversation-merge");
        await desk.Handle("merge-choice").CheckAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("merge-save");

        await desk.ExpectTextAsync("message", "An old story");
        Assert.Equal(into, (string?)(await Host.Api.ReadAsync($"conversations/{from}"))["mergedInto"]);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_conversation_is_put_off_until_tomorrow_or_until_its_customer_writes_and_comes_back()
    {
        string id = await Fixture.WriteAsync("snooze-ann", "Snoozed Ann", "No hurry");
        OpenPage desk = await OpenAsync($"/inbox?talkId={id}");
        await desk.ClickAsync("conversation-snooze");
        await desk.ClickAsync("snooze-Day");
        await desk.ExpectAsync(desk.Handle("conversation-wake"), "the way back");
        JsonNode stored = await Host.Api.ReadAsync($"conversations/{id}");
        Assert.Equal("snoozed", (string?)stored["status"]);
        Assert.NotNull((string?)stored["snoozedUntil"]);

        await desk.ClickAsync("conversation-wake");
        await desk.ClickAsync("conversation-snooze");
        await desk.ClickAsync("snooze-Reply");
        await desk.ExpectAsync(desk.Handle("conversation-wake"), "that it is out of sight");
        await Fixture.WriteAsync("snooze-ann", "Snoozed Ann", "Are you there?");

        await desk.ExpectAsync(desk.Handle("conversation-snooze"), "that it is back");
        await desk.ExpectTextAsync("message", "Are you there?");
        Assert.Empty(desk.Errors);
    }

    private static async Task ChooseAsync(OpenPage desk, string field, string name)
    {
        await desk.ClickAsync(field);
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
    }
}
