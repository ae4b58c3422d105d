using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>The frame around every page: where one is, where one came from, and how one goes on.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ShellTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string CutPlaceholders = """
        () => JSON.stringify([...document.querySelectorAll('main input[placeholder]')].filter((input) => {
          const pen = document.createElement('canvas').getContext('2d');
          const style = getComputedStyle(input);
          pen.font = style.font;
          const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          return pen.measureText(input.placeholder).width > room + 0.5;
        }).map((input) => input.placeholder))
        """;

    private const string LowControls = """
        () => JSON.stringify([...document.querySelectorAll('main .mantine-SegmentedControl-label')]
          .filter((label) => label.getBoundingClientRect().height < 24).map((label) => label.textContent))
        """;

    [Fact]
    public async Task An_address_of_nothing_keeps_the_navigation()
    {
        OpenPage desk = await OpenAsync("/nothing/of/the/kind");

        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing here" }), "that there is nothing");
        await desk.Page.Locator("nav a[href='/devices']").ClickAsync();
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Devices" }), "the way on");
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_new_page_begins_at_its_head_and_the_way_back_ends_at_the_link_that_was_left()
    {
        await Host.Api.PutAsync("customers/focus-a", """{ "name": "Focus A" }""");
        await Host.Api.PutAsync("customers/focus-b", """{ "name": "Focus B" }""");
        OpenPage desk = await OpenAsync("/customers?q=Focus");
        ILocator link = desk.Handle("customer-row").Filter(new() { HasText = "Focus B" });
        await link.FocusAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Focus B" }), "the customer");
        await Expect(desk.Page.Locator("#content")).ToBeFocusedAsync();

        await desk.Page.GoBackAsync();
        await Expect(link).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("az")]
    [InlineData("ar")]
    [InlineData("hy")]
    [InlineData("fa")]
    public async Task No_placeholder_is_cut_and_no_control_is_too_low(string language)
    {
        await Host.Api.PutAsync("customers/looked-at", """{ "name": "Looked at" }""");
        OpenPage desk = await OpenAsync(
            $"/cases?lang={language}",
            new()
            {
                ViewportSize = new() { Width = 1440, Height = 900 },
            }
        );
        foreach (string path in new[] { "/cases", "/conversations", "/customers", "/devices", "/customers/looked-at" })
        {
            await desk.Page.GotoAsync(path);
            await desk.ExpectAsync(desk.Page.Locator("main h1"), $"the heading of {path}");
            await Expect(desk.Page.Locator("main .mantine-Skeleton-root")).ToHaveCountAsync(0);
            Assert.Equal((path, "[]"), (path, await desk.Page.EvaluateAsync<string>(CutPlaceholders)));
            Assert.Equal((path, "[]"), (path, await desk.Page.EvaluateAsync<string>(LowControls)));
        }
    }

    [Fact]
    public async Task A_parameter_that_a_page_does_not_know_goes_into_no_call()
    {
        OpenPage desk = await OpenAsync("/cases?lang=en&odd=1");

        await Expect(desk.Page.Locator("main .mantine-Skeleton-root")).ToHaveCountAsync(0);
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }
}
