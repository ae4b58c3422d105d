using Microsoft.Playwright;
using OmniIoT.Browser.Desk;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class SignInTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_opens_the_inbox()
    {
        OpenPage desk = await OpenStrangerAsync();
        await desk.Page.GotoAsync("/cases");

        await SignInAsync(desk, "not the password");
        await desk.ExpectAsync(desk.Page.GetByText("Name or password is wrong."), "that the password is wrong");
        Assert.EndsWith("/signin", new Uri(desk.Page.Url).AbsolutePath, StringComparison.Ordinal);

        await SignInAsync(desk, ConsoleFixture.Password);
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Cases", Exact = true }), "the inbox");
        await desk.ExpectLiveAsync();
        Assert.Equal("/cases", new Uri(desk.Page.Url).AbsolutePath);
        Assert.Empty(Host.Errors);
    }

    private static async Task SignInAsync(OpenPage desk, string password)
    {
        await desk.FillAsync("signin-user", ConsoleFixture.Agent);
        await desk.FillAsync("signin-password", password);
        await desk.ClickAsync("signin-submit");
    }
}
