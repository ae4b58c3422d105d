using System.Globalization;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Who may sign in, what roles may do, and the keys of programs.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class PeopleTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_person_is_added_gets_a_role_that_was_made_and_is_removed(int width)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"new-{width}");
        string role = string.Create(CultureInfo.InvariantCulture, $"Watcher {width}");
        OpenPage desk = await OpenAsync("/people", Wide(width));
        await desk.ClickAsync("role-create");
        await desk.FillAsync("role-name", role);
        await desk.Handle("right-devices-write").CheckAsync();
        await Expect(desk.Handle("right-devices-read")).ToBeCheckedAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("role-save");
        await desk.ExpectTextAsync("role-row", role);

        await desk.ClickAsync("agent-create");
        await desk.FillAsync("agent-id", id);
        await desk.FillAsync("agent-password", "short");
        await desk.ClickAsync("agent-save");
        await desk.ExpectAsync(desk.Page.GetByText("must have at least 12 characters").First, "what is wrong with the password");
        await desk.FillAsync("agent-password", ConsoleFixture.Password);
        await desk.ClickAsync("agent-role");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = role }).ClickAsync();
        await desk.ClickAsync("agent-save");
        ILocator row = desk.Handle("agent-row", "agent", id);
        await desk.ExpectAsync(row.GetByText(role), "the person with the role");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await row.GetByTestId("agent-end-sessions").ClickAsync();
        await desk.ClickAsync("agent-confirm");
        await Expect(desk.Handle("agent-confirm")).ToHaveCountAsync(0);
        await row.GetByTestId("agent-remove").ClickAsync();
        await desk.ClickAsync("agent-confirm");
        await Expect(row).ToHaveCountAsync(0);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task A_key_is_shown_once_and_ended()
    {
        OpenPage desk = await OpenAsync("/keys");
        await desk.ClickAsync("key-create");
        await desk.FillAsync("key-name", "Warehouse");
        await desk.Handle("right-devices-read").CheckAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("key-save");

        string key = await desk.Handle("api-key").InputValueAsync();
        Assert.StartsWith("omniiot_", key, StringComparison.Ordinal);
        await desk.ClickAsync("api-key-done");
        await desk.ExpectTextAsync("key-row", "Warehouse");
        await Expect(desk.Page.GetByText(key)).ToHaveCountAsync(0);
        await desk.AssertAccessibleAsync();

        await desk.ClickAsync("key-end");
        await desk.ClickAsync("key-end-confirm");
        await Expect(desk.Handle("key-row")).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task Whose_role_only_sees_people_changes_none()
    {
        OpenPage desk = await OpenAsRoleAsync("supervisor", "/people");

        await desk.ExpectAsync(desk.Handle("agent-row").First, "the people");
        await Expect(desk.Handle("agent-create")).ToHaveCountAsync(0);
        await Expect(desk.Handle("agent-edit")).ToHaveCountAsync(0);
        await Expect(desk.Page.Locator("nav a[href='/keys']")).ToHaveCountAsync(0);
    }

    private static BrowserNewContextOptions Wide(int width) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
        };
}
