using Microsoft.Playwright;
using OmniIoT.Browser.Desk;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class ChatTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
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
        Assert.Empty(Host.Errors);
    }

    private static async Task SayAsync(OpenPage visitor, string text)
    {
        await visitor.Page.GetByLabel("Your message").FillAsync(text);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await HearsAsync(visitor, text);
    }

    private static Task HearsAsync(OpenPage visitor, string text) =>
        visitor.ExpectAsync(visitor.Page.GetByRole(AriaRole.Log).GetByText(text), $"'{text}' in the chat");
}
