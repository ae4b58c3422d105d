using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class CampaignTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_mistake_is_told_at_its_field_and_the_mended_campaign_is_saved()
    {
        OpenPage desk = await OpenAsync("/campaigns/new");
        ILocator text = desk.Handle("campaign-content-text");
        await desk.FillAsync("campaign-name", "Autumn beans");
        await desk.FillAsync("campaign-content-title", "Hello");
        await text.FillAsync("For you, {{customer.nam}}: {{nonsense}}");
        await desk.ClickAsync("campaign-save");

        await Expect(text).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(text).ToBeFocusedAsync();
        ILocator field = desk.Page.Locator(".mantine-Textarea-root").Filter(new() { Has = text });
        await Expect(field).ToContainTextAsync("customer.nam}}");
        await Expect(field).ToContainTextAsync("{{nonsense}}");
        await desk.AssertAccessibleAsync();

        // By the name that the field has, not by a pointer into what was sent.
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Text");
        await Expect(desk.Page.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("/content");

        await text.FillAsync("For you, {{customer.name}}");
        await desk.ClickAsync("campaign-save");
        await desk.Page.WaitForURLAsync("**/campaigns/autumn-beans");
        await desk.ExpectAsync(desk.Handle("funnel"), "the funnel of the new campaign");
        Host.HasNoErrors();
    }
}
