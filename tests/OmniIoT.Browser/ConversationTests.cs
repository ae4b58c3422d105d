using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What agents do with a conversation beside answering in it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConversationTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task An_agent_takes_a_conversation_notes_closes_and_reopens_it_by_keyboard()
    {
        string id = await Fixture.WriteAsync("talk-ann", "Talking Ann", "It leaks");
        OpenPage desk = await OpenAsync($"/conversations?id={id}");
        await desk.ExpectTextAsync("message", "It leaks");
        await desk.AssertAccessibleAsync();

        await desk.Handle("assign-me").PressAsync("Enter");
        await Expect(desk.Handle("assign-me")).ToHaveCountAsync(0);
        await Expect(desk.Handle("assignee")).ToHaveValueAsync("Nigar");

        await desk.Page.GetByRole(AriaRole.Radio, new() { Name = "Reply", Exact = true }).PressAsync("ArrowRight");
        await desk.FillAsync("reply-text", "Third time this year");
        await desk.AssertAccessibleAsync();
        await desk.Handle("reply-text").PressAsync("Control+Enter");
        await Expect(desk.Handle("message", "direction", "internal")).ToContainTextAsync("Third time this year");
        await Expect(desk.Handle("reply-text")).ToHaveValueAsync("");

        await desk.Handle("conversation-close").PressAsync("Enter");
        await desk.ExpectAsync(desk.Handle("conversation-closed"), "that the conversation is closed");
        await Expect(Row(desk, "Talking Ann")).ToHaveCountAsync(0);
        await desk.AssertAccessibleAsync();
        await desk.Handle("conversation-reopen").PressAsync("Enter");
        await desk.ExpectAsync(desk.Handle("reply-text"), "the place to write");
        await desk.ExpectAsync(Row(desk, "Talking Ann"), "the conversation among the open ones");

        JsonNode stored = await Host.Api.ReadAsync($"conversations/{id}");
        Assert.Equal(("open", ConsoleFixture.Agent), ((string?)stored["status"], (string?)stored["assignee"]));
        // Closing may rest on the version before one's own note, of which the stream had not told yet.
        Assert.All(desk.Errors, error => Assert.Contains("412", error, StringComparison.Ordinal));
        Host.HasNoErrors();
    }

    [Fact]
    public async Task What_a_conversation_is_about_is_changed_though_the_customer_writes_meanwhile()
    {
        string id = await Fixture.WriteAsync("talk-bo", "Talking Bo", "It drips");
        await Host.Api.PostAsync("cases", """{ "customerId": "talk-bo", "title": "Dripping tap" }""");
        OpenPage desk = await OpenAsync($"/conversations?id={id}");
        await desk.ClickAsync("conversation-edit");
        await desk.FillAsync("conversation-subject", "A tap");
        await desk.FillAsync("conversation-queue-field", "plumbing");
        await desk.ClickAsync("conversation-case-field");
        await desk.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Dripping tap" }).ClickAsync();
        await desk.FillAsync("conversation-tags", "leak");
        await desk.Handle("conversation-tags").PressAsync("Enter");
        await desk.AssertAccessibleAsync();
        await Fixture.WriteAsync("talk-bo", "Talking Bo", "Still there?");
        await desk.ExpectTextAsync("message", "Still there?");

        await desk.ClickAsync("conversation-save");

        await Expect(desk.Handle("conversation-case")).ToContainTextAsync("Dripping tap");
        await Expect(desk.Handle("conversation-queue-name")).ToHaveTextAsync("plumbing");
        JsonNode stored = await Host.Api.ReadAsync($"conversations/{id}");
        Assert.Equal(("A tap", "leak"), ((string?)stored["subject"], (string?)Assert.Single(stored["tags"]!.AsArray())));
        // The first try rested on the version before the customer's words.
        Assert.Contains("412", Assert.Single(desk.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_are_found_by_whose_they_are_and_by_queue_and_the_server_counts_them()
    {
        string id = await Fixture.WriteAsync("talk-found", "Talking Found", "Where is it?");
        await Fixture.WriteAsync("talk-other", "Talking Other", "And mine?");
        await ChangeAsync(id, """{ "queue": "lost", "assignee": "nigar" }""");
        OpenPage desk = await OpenAsync("/conversations");
        await desk.ExpectAsync(Row(desk, "Talking Other"), "another's conversation");

        await desk.ClickAsync("conversation-queue");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "lost" }).ClickAsync();
        await desk.ExpectAsync(desk.Page.GetByText("1 conversation", new() { Exact = true }), "how many there are");
        await desk.ExpectAsync(Row(desk, "Talking Found"), "the conversation of the queue");
        await Expect(Row(desk, "Talking Other")).ToHaveCountAsync(0);

        // It leaves the list as it leaves the queue, without a word from this page.
        await ChangeAsync(id, """{ "queue": "found" }""");
        await Expect(Row(desk, "Talking Found")).ToHaveCountAsync(0);
        await desk.ExpectAsync(desk.Page.GetByText("0 conversations", new() { Exact = true }), "that there is none");
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_technician_reads_and_writes_but_is_offered_no_change()
    {
        string id = await Fixture.WriteAsync("talk-read", "Talking Read", "Hello?");
        OpenPage desk = await OpenAsRoleAsync("technician", $"/conversations?id={id}");

        await desk.ExpectAsync(desk.Handle("reply-text"), "the place to write");
        foreach (string handle in new[] { "conversation-close", "conversation-edit", "assign-me", "assignee" })
            await Expect(desk.Handle(handle)).ToHaveCountAsync(0);
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }

    private static ILocator Row(OpenPage desk, string customer) => desk.Handle("conversation-row").Filter(new() { HasText = customer });

    private async Task ChangeAsync(string id, string change) => await Host.Api.PatchAsync($"conversations/{id}", change);
}
