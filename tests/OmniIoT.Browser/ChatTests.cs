using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using static Microsoft.Playwright.Assertions;

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

    private static async Task SayAsync(OpenPage visitor, string text)
    {
        await visitor.Page.GetByLabel("Your message").FillAsync(text);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await HearsAsync(visitor, text);
    }

    private static Task HearsAsync(OpenPage visitor, string text) =>
        visitor.ExpectAsync(visitor.Page.GetByRole(AriaRole.Log).GetByText(text), $"'{text}' in the chat");
}
