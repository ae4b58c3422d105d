using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class EnrollmentTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.Api.PutAsync("models/fleet-lamp", """{ "name": "Fleet lamp", "metrics": {}, "rules": [] }""");
    }

    [Theory]
    [InlineData(1280, "Line seven")]
    [InlineData(390, "Line eight")]
    public async Task An_enrolment_is_made_its_key_shown_once_used_changed_and_revoked(int width, string name)
    {
        OpenPage desk = await OpenAsync(
            "/enrollments",
            new()
            {
                ViewportSize = new() { Width = width, Height = 844 },
            }
        );
        await desk.ClickAsync("enrollment-create");
        await desk.FillAsync("enrollment-name", name);
        await ChooseModelAsync(desk, "Fleet lamp");
        await desk.FillAsync("enrollment-pattern", "lamp-*");
        await desk.AssertFitsAsync();
        await desk.ClickAsync("enrollment-save");

        string key = await desk.Handle("enrollment-key").InputValueAsync();
        string id = name.ToLowerInvariant().Replace(' ', '-');
        await ProvisionAsync(key, id, $"lamp-{width}");
        await Assert.ThrowsAsync<HttpRequestException>(() => ProvisionAsync(key, id, $"torch-{width}"));
        await desk.ClickAsync("enrollment-key-done");
        await desk.ExpectAsync(desk.Handle("registration", "outcome", "registered"), "the device that registered");
        await desk.ExpectAsync(desk.Handle("registration", "outcome", "idNotAllowed"), "the device that was refused");
        await Expect(desk.Page.GetByText(key)).ToHaveCountAsync(0);
        await desk.AssertFitsAsync();

        await desk.ClickAsync("enrollment-new-key");
        await desk.ClickAsync("enrollment-new-key-confirm");
        Assert.NotEqual(key, await desk.Handle("enrollment-key").InputValueAsync());
        await desk.ClickAsync("enrollment-key-done");
        await desk.ClickAsync("enrollment-revoke");
        await desk.ClickAsync("enrollment-revoke-confirm");
        await Expect(desk.Handle("enrollment-row").Filter(new() { HasText = name })).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    private static async Task ChooseModelAsync(OpenPage desk, string model)
    {
        await desk.Handle("enrollment-models").Locator(".mantine-MultiSelect-input").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = model }).ClickAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
    }

    private async Task ProvisionAsync(string key, string enrollment, string deviceId)
    {
        using HttpClient device = new() { BaseAddress = Host.Api.BaseAddress };
        device.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await device.PostAsync(
            "provision",
            new JsonObject
            {
                ["enrollment"] = enrollment,
                ["deviceId"] = deviceId,
                ["model"] = "fleet-lamp",
            }.ToJsonString()
        );
    }
}
