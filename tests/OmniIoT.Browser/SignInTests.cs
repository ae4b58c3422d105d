using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using static Microsoft.Playwright.Assertions;

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
        Host.HasNoErrors();
    }

    [Fact]
    public async Task Whoever_signs_out_in_one_tab_is_out_in_all_and_returns_to_where_each_was()
    {
        OpenPage desk = await OpenStrangerAsync();
        await desk.Page.GotoAsync("/cases?priority=high");
        await SignInAsync(desk, ConsoleFixture.Password);
        await desk.ExpectLiveAsync();
        IPage second = await desk.Page.Context.NewPageAsync();
        await second.GotoAsync("/customers?q=nobody");
        await Expect(second.GetByRole(AriaRole.Heading, new() { Name = "Customers" })).ToBeVisibleAsync();

        await desk.ClickAsync("person-menu");
        await desk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(desk.Handle("signin-user")).ToBeVisibleAsync();
        await Expect(second.GetByTestId("signin-user")).ToBeVisibleAsync();

        await SignInAsync(desk, ConsoleFixture.Password);
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/cases\\?priority=high$"));
        await Expect(second).ToHaveURLAsync(new Regex("/customers\\?q=nobody$"));
    }

    [Fact]
    public async Task A_session_that_the_host_no_longer_knows_ends_at_the_sign_in()
    {
        OpenPage desk = await OpenStrangerAsync();
        await desk.Page.AddInitScriptAsync(
            "localStorage.setItem('omniiot.session', JSON.stringify({ user: 'nigar', name: 'Nigar', role: 'admin', rights: ['devices:read'], proof: 'long ago' }));"
        );
        await desk.Page.GotoAsync("/devices");

        await Expect(desk.Handle("signin-user")).ToBeVisibleAsync();
        Assert.EndsWith("/signin?from=%2Fdevices", desk.Page.Url, StringComparison.Ordinal);
    }

    private static async Task SignInAsync(OpenPage desk, string password)
    {
        await desk.FillAsync("signin-user", ConsoleFixture.Agent);
        await desk.FillAsync("signin-password", password);
        await desk.ClickAsync("signin-submit");
    }
}
