using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Administrators read who did what.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class AuditTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "ar")]
    public async Task Entries_are_filtered_opened_to_their_differences_and_come_by_themselves(int width, string scheme, string language)
    {
        string id = $"audited-{width}";
        await Host.Api.PutAsync($"customers/{id}", """{ "name": "Old name" }""");
        await Host.Api.PutAsync($"customers/{id}", """{ "name": "New name" }""");
        OpenPage desk = await OpenAsync(
            $"/audit?subject=customer:{id}&lang={language}",
            new()
            {
                ViewportSize = new() { Width = width, Height = 844 },
                ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            }
        );
        ILocator entries = desk.Handle("audit-entry", "subject", $"customer:{id}");
        await Expect(entries).ToHaveCountAsync(2);

        await entries.First.Locator("summary").ClickAsync();

        ILocator name = entries.First.Locator("[data-testid='audit-difference'][data-place='name']");
        await Expect(name.Locator("del")).ToHaveTextAsync("Old name");
        await Expect(name.Locator("ins")).ToHaveTextAsync("New name");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await desk.MarkAsync();
        await Host.Api.PutAsync($"customers/{id}", """{ "name": "Newest name" }""");
        await Expect(entries).ToHaveCountAsync(3, new() { Timeout = 15_000 });
        await desk.AssertNotReloadedAsync();
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task An_action_is_chosen_and_kept_in_the_address()
    {
        await Host.Api.PutAsync("sites/audited-site", """{ "name": "Site" }""");
        OpenPage desk = await OpenAsync("/audit");

        await desk.Handle("audit-action").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "Site: changed", Exact = true }).ClickAsync();

        await Expect(desk.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("action=site\\.changed"));
        await desk.ExpectAsync(desk.Handle("audit-entry", "subject", "site:audited-site").First, "the change of the site");
        await Expect(desk.Page.Locator("[data-testid='audit-entry']:not([data-action='site.changed'])")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("technician")]
    [InlineData("agent")]
    public async Task Nobody_else_finds_the_page(string role)
    {
        OpenPage desk = await OpenAsRoleAsync(role, "/audit");

        await desk.ExpectAsync(desk.Page.Locator("main h1"), "a heading");
        await Expect(desk.Page.Locator("nav a[href='/audit']")).ToHaveCountAsync(0);
        await Expect(desk.Handle("audit-entry")).ToHaveCountAsync(0);
        Host.HasNoErrors();
    }
}
