using System.Text.RegularExpressions;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>An agent says that they are there, and gets work.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class PresenceTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task What_is_given_to_who_is_available_is_taken_or_given_back_within_the_time_that_is_told()
    {
        OpenPage desk = await OpenMemberAsync("pres-queue");
        await OpenCaseAsync("First to do", "pres-queue");
        await Expect(desk.Handle("offered")).ToHaveCountAsync(0);

        await desk.Handle("presence").PressAsync("Enter");
        await desk.Handle("presence-available").PressAsync("Enter");
        await desk.ExpectAsync(desk.Handle("presence", "state", "available"), "that one is available");
        await desk.ExpectAsync(desk.Handle("offered-row").Filter(new() { HasText = "Presence Customer" }), "what was given");
        await Expect(desk.Handle("offered-left")).ToHaveTextAsync(new Regex("^[0-9]+ (s|min) left to answer$"));
        await desk.AssertAccessibleAsync();

        await desk.Handle("offered-take").PressAsync("Enter");
        await Expect(desk.Handle("offered")).ToHaveCountAsync(0);
        await desk.ExpectAsync(desk.Handle("inbox-row").Filter(new() { HasText = "First to do" }), "it among what is mine");

        await OpenCaseAsync("Not for me", "pres-queue");
        await desk.ClickAsync("offered-decline");
        await Expect(desk.Handle("offered")).ToHaveCountAsync(0);
        await Host.Api.SeenAsync(
            "cases?queue=pres-queue&assignee=-",
            page => page["items"]!.AsArray().Any(item => (string?)item!["title"] == "Not for me"),
            "that it is nobody's"
        );
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task What_was_not_answered_in_time_is_taken_back_and_it_says_so()
    {
        await using HostProcess host = await HostProcess.StartAsync(null, "--OmniIoT:Desk:AnswerWithin=2s");
        await host.Api.PutAsync("queues/hasty", """{ "name": "Hasty" }""");
        OpenPage desk = await SignInAsync(host);
        await host.Api.PutAsync("agents/nigar", """{ "name": "Nigar", "role": "agent", "queues": ["hasty"] }""");
        await desk.ClickAsync("presence");
        await desk.ClickAsync("presence-available");
        await desk.ExpectAsync(desk.Handle("presence", "state", "available"), "that one is available");
        await host.Api.PutAsync("customers/hasty-ann", """{ "name": "Hasty Ann" }""");
        await host.Api.PostAsync("cases", """{ "customerId": "hasty-ann", "title": "Quick", "queue": "hasty" }""");

        await desk.ExpectAsync(desk.Page.GetByText("It was taken back: there was no answer in time."), "that it was taken back");
        await Expect(desk.Handle("offered")).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }

    /// <summary>The page of somebody who works in a queue.</summary>
    private async Task<OpenPage> OpenMemberAsync(string queue)
    {
        await Host.Api.PutAsync($"queues/{queue}", """{ "name": "Presence" }""");
        OpenPage desk = await OpenAsRoleAsync("agent", "/inbox?view=mine");
        await Host.Api.PutAsync("agents/agent", $$"""{ "name": "Agent", "role": "agent", "queues": ["{{queue}}"] }""");
        return desk;
    }

    private async Task OpenCaseAsync(string title, string queue)
    {
        await Host.Api.PutAsync("customers/pres-ann", """{ "name": "Presence Customer" }""");
        await Host.Api.PostAsync("cases", $$"""{ "customerId": "pres-ann", "title": "{{title}}", "queue": "{{queue}}" }""");
    }
}
