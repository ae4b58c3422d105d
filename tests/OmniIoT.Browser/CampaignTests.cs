using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
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
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/campaigns/autumn-beans$"));
        await desk.ExpectAsync(desk.Handle("funnel"), "the funnel of the new campaign");
        Host.HasNoErrors();
    }

    [Fact]
    public async Task Who_bought_something_somewhere_since_a_day_is_addressed()
    {
        await Host.Api.PutAsync("sites/nizami", """{ "name": "Nizami street" }""");
        OpenPage desk = await OpenAsync("/campaigns/new");
        await desk.FillAsync("campaign-name", "Filter owners");
        await desk.FillAsync("campaign-content-title", "Hello");
        await desk.FillAsync("campaign-content-text", "A new filter for you");
        await desk.ClickAsync("campaign-bought-at");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "Nizami street" }).ClickAsync();
        await desk.FillAsync("campaign-bought-since", "2026-05-03T08:00");
        await desk.ClickAsync("campaign-save");
        await Expect(desk.Handle("campaign-bought")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.AssertAccessibleAsync();

        await desk.FillAsync("campaign-bought", "filter-7");
        await desk.ClickAsync("campaign-save");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/campaigns/filter-owners$"));

        JsonNode? bought = (await Host.Api.ReadAsync("campaigns/filter-owners"))["audience"]!["bought"];
        Assert.Equal(("filter-7", "nizami"), ((string?)bought!["sku"], (string?)bought["siteId"]));
        // Baku is four hours ahead.
        Assert.Equal(new DateTimeOffset(2026, 5, 3, 4, 0, 0, TimeSpan.Zero), (DateTimeOffset?)bought["since"]);
        await Expect(desk.Handle("campaign-bought-at")).ToHaveValueAsync("Nizami street");
        Host.HasNoErrors();
    }
}
