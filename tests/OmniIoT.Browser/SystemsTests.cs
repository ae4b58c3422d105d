using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Other systems that are told of changes, and what they were sent.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class SystemsTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_webhook_is_made_and_what_it_did_not_take_is_told_and_sent_again()
    {
        OpenPage desk = await OpenAsync("/systems");
        await desk.ClickAsync("webhooks-create");
        await desk.FillAsync("webhook-name", "Shop system");
        await desk.FillAsync("webhook-url", "http://127.0.0.1:9/hook");
        await desk.FillAsync("webhook-events", "note.added");
        await desk.Handle("webhook-events").PressAsync("Enter");
        await desk.FillAsync("webhook-secret", "not for anybody");
        await desk.SaveMendedAsync("webhook", "webhook-url", "https://shop.invalid/hook");
        ILocator row = desk.Handle("webhooks-row").Filter(new() { HasText = "Shop system" });
        await desk.ExpectAsync(row, "the webhook");
        Assert.DoesNotContain("not for anybody", await desk.Page.ContentAsync(), StringComparison.Ordinal);

        await Host.Api.PutAsync("customers/told", """{"name":"Told"}""");
        await Host.Api.PostAsync("customers/told/timeline", """{"kind":"note.added","title":"Called"}""");
        await row.GetByTestId("deliveries-open").ClickAsync();
        ILocator delivery = desk.Handle("delivery", "state", "waiting");
        await desk.ExpectAsync(delivery, "the change that waits");
        await Expect(delivery.First).ToContainTextAsync("shop.invalid");
        await desk.AssertAccessibleAsync();
        await delivery.First.GetByTestId("delivery-again").ClickAsync();

        JsonNode stored = await Host.Api.ReadAsync("webhooks/shop-system");
        Assert.Equal("""["note.added"]""", stored["events"]!.ToJsonString());
    }

    [Fact]
    public async Task A_help_desk_is_connected_and_its_key_is_never_shown()
    {
        OpenPage desk = await OpenAsync("/systems");
        await desk.ClickAsync("integrations-create");
        await desk.FillAsync("integration-name", "Old desk");
        await desk.FillAsync("integration-endpoint", "http://10.0.0.7");
        await desk.FillAsync("integration-user", "us@example.com");
        await desk.FillAsync("integration-token", "not for anybody");
        await desk.SaveMendedAsync("integration", "integration-endpoint", "https://desk.invalid");

        ILocator row = desk.Handle("integrations-row").Filter(new() { HasText = "Old desk" });
        await Expect(row).ToContainTextAsync("/api/v1/integrations/old-desk/inbound");
        await row.GetByTestId("integrations-edit").ClickAsync();
        await Expect(desk.Handle("integration-token")).ToHaveValueAsync("");
        await Expect(desk.Handle("integration-user")).ToHaveValueAsync("us@example.com");
        await desk.FillAsync("integration-name", "Old desks");
        await desk.ClickAsync("integration-save");
        await desk.ExpectAsync(desk.Handle("integrations-row").Filter(new() { HasText = "Old desks" }), "its new name");

        JsonNode stored = await Host.Api.ReadAsync("integrations/old-desk");
        Assert.True((bool)stored["credentials"]!["token"]!["set"]!);
    }
}
