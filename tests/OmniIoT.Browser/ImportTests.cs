using System.Text;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Files of another system: tried, mended, stored, and the secrets of new devices kept.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ImportTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "fa")]
    public async Task A_file_is_tried_its_wrong_line_told_and_then_stored(int width, string scheme, string language)
    {
        OpenPage desk = await OpenAsync($"/imports?lang={language}", Look(width, scheme));
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await ChooseAsync(desk, "people.csv", $"id,name\nbrought-{width},Ann\n!,Bo\n");
        await Expect(desk.Handle("import-store")).ToBeDisabledAsync();
        await desk.ClickAsync("import-try");

        await Expect(desk.Handle("import-mistake")).ToHaveCountAsync(1);
        await Expect(desk.Handle("import-store")).ToBeDisabledAsync();
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        Assert.Empty(await Host.Api.ListAsync($"customers?q=brought-{width}"));

        await ChooseAsync(desk, "people.csv", $"id,name\nbrought-{width},Ann\n");
        await Expect(desk.Handle("import-mistake")).ToHaveCountAsync(0);
        await desk.ClickAsync("import-try");
        await desk.ExpectAsync(desk.Handle("import-told", "dry", "true"), "what it would come to");
        await desk.ClickAsync("import-store");
        await desk.ExpectAsync(desk.Handle("import-told", "dry", "false"), "what was stored");
        Assert.Equal("Ann", (string?)(await Host.Api.ReadAsync($"customers/brought-{width}"))["name"]);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task Secrets_of_new_devices_are_kept_before_one_leaves()
    {
        await Host.Api.PutAsync("models/lamp", """{ "name": "Lamp", "metrics": {}, "rules": [] }""");
        OpenPage desk = await OpenAsync("/imports");
        await desk.Handle("import-kind").GetByText("Devices", new() { Exact = true }).ClickAsync();
        await ChooseAsync(desk, "lamps.jsonl", """{"id":"brought-lamp","model":"lamp"}""");
        await desk.ClickAsync("import-try");
        await desk.ClickAsync("import-store");
        await desk.ExpectAsync(desk.Handle("import-secrets"), "the new secret");

        await desk.Page.Locator("nav a[href='/devices']").ClickAsync();
        await desk.ExpectAsync(desk.Handle("import-leave"), "the question before one leaves");
        await desk.AssertAccessibleAsync();
        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Handle("import-leave")).ToHaveCountAsync(0);
        IDownload download = await desk.Page.RunAndWaitForDownloadAsync(() => desk.ClickAsync("import-secrets"));
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal("id,secret", lines[0]);
        Assert.StartsWith("brought-lamp,", lines[1], StringComparison.Ordinal);

        await desk.Page.Locator("nav a[href='/devices']").ClickAsync();
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Devices" }), "the devices");
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    private static Task ChooseAsync(OpenPage desk, string name, string text) =>
        desk
            .Page.Locator("input[type='file']")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "application/octet-stream",
                    Buffer = Encoding.UTF8.GetBytes(text),
                }
            );

    private static BrowserNewContextOptions Look(int width, string scheme) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        };
}
