using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>The first day: what each role is shown, ended at will, begun again from the help.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class TourTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task An_agent_is_led_from_the_inbox_to_a_case_and_what_resolves_it()
    {
        await using Washer washer = await Washer.StartAsync(Host, "tour-washer");
        await washer.OverheatAsync();
        OpenPage desk = await OpenAsRoleAsync("agent", "/inbox");
        await desk.ExpectAsync(desk.Handle("tour-offer"), "the offer of the tour");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await desk.ClickAsync("tour-begin");
        await desk.ExpectAsync(desk.Handle("tour", "step", "inbox"), "the first step");
        await Expect(desk.Handle("tour-offer")).ToHaveCountAsync(0);
        await desk.ClickAsync("tour-next");
        await desk.ExpectAsync(desk.Handle("tour", "step", "case"), "the case");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/cases/"));
        await desk.ClickAsync("tour-next");
        await desk.ExpectAsync(desk.Page.Locator("[data-testid='resolve-button'][data-toured]"), "what resolves a case, pointed at");
        await desk.AssertAccessibleAsync();

        await desk.Page.ReloadAsync();
        await desk.ExpectAsync(desk.Handle("tour", "step", "resolve"), "the same step");
        await desk.ClickAsync("tour-skip");
        await Expect(desk.Handle("tour")).ToHaveCountAsync(0);
        await desk.Page.GotoAsync("/inbox");
        await desk.ExpectLiveAsync();
        await Expect(desk.Handle("tour-offer")).ToHaveCountAsync(0);
        await desk.Page.Keyboard.PressAsync("?");
        await desk.ClickAsync("tour-again");
        await desk.ExpectAsync(desk.Handle("tour", "step", "inbox"), "the tour, begun again");
        Assert.Empty(desk.Errors);
    }

    [Theory]
    [InlineData("marketer", "en")]
    [InlineData("admin", "fa")]
    public async Task A_role_is_led_over_its_own_pages_to_the_end(string role, string language)
    {
        OpenPage desk = await OpenAsRoleAsync(role, $"/?lang={language}");
        await desk.ClickAsync("tour-begin");
        for (string? step = null; step != "end"; )
        {
            string? before = step;
            await Expect(desk.Handle("tour")).Not.ToHaveAttributeAsync("data-step", before ?? "");
            step = await desk.Handle("tour").GetAttributeAsync("data-step");
            await desk.ExpectAsync(desk.Page.Locator("main h1"), $"the page of {step}");
            await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
            await desk.AssertFitsAsync();
            if (step != "end")
                await desk.ClickAsync("tour-next");
        }
        await desk.ClickAsync("tour-next");
        await Expect(desk.Handle("tour")).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }
}
