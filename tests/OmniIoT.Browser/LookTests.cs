using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.Browser.Devices;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Every page in every look: nothing breaks, nothing overflows, everybody can use it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class LookTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private static readonly string[] Lists =
    [
        "inbox",
        "cases",
        "callbacks",
        "board",
        "voice",
        "surveys",
        "imports",
        "conversations",
        "customers",
        "devices",
        "places",
        "campaigns",
        "articles",
        "flows",
        "models",
        "enrollments",
        "channels",
        "queues",
        "automation",
        "bots",
        "people",
        "keys",
        "audit",
        "cluster",
        "system",
    ];

    [Theory]
    [InlineData("light", "en", "ltr")]
    [InlineData("dark", "en", "ltr")]
    [InlineData("light", "ar", "rtl")]
    [InlineData("dark", "ar", "rtl")]
    public async Task Every_page_opens_without_an_error(string scheme, string language, string direction)
    {
        await using Washer washer = await Washer.StartAsync(Host, $"{scheme}-{language}-washer");
        string[] details = await PrepareAsync(washer);
        BrowserNewContextOptions look = new() { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light };
        OpenPage desk = await OpenAsync($"/?lang={language}", look);

        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("dir", direction);
        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("data-mantine-color-scheme", scheme);
        foreach (string list in Lists)
        {
            await desk.Page.Locator($"nav a[href='/{list}']").ClickAsync();
            await AssertSoundAsync(desk, list);
        }
        foreach (string detail in details)
        {
            await desk.Page.GotoAsync(detail);
            await AssertSoundAsync(desk, detail);
            await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("dir", direction);
        }
        Assert.True(desk.Errors.Count == 0, string.Join("\n", desk.Errors));
        Host.HasNoErrors();
    }

    /// <summary>Something of every kind to look at; returns the pages of single things.</summary>
    private async Task<string[]> PrepareAsync(Washer washer)
    {
        await Host.Api.PutAsync("sites/cafe", """{ "name": "Café" }""");
        await Host.Api.PutAsync(
            "fences/cafe",
            """{ "siteId": "cafe", "name": "Café", "geometry": { "type": "Point", "coordinates": [49.87, 40.42] }, "radiusMeters": 60 }"""
        );
        await Host.Api.PutAsync(
            "campaigns/beans",
            """{ "name": "Beans", "trigger": "enter", "fenceIds": ["cafe"], "content": { "title": "Hello", "text": "Beans" } }"""
        );
        await Host.Api.PutAsync("models/lamp", """{ "name": "Lamp", "metrics": {}, "rules": [] }""");
        await Host.Api.PutAsync("enrollments/lamps", """{ "name": "Lamps", "model": "lamp", "maxDevices": 10 }""");
        await washer.OverheatAsync();
        JsonNode opened = Assert.Single(await Host.Api.ListAsync($"cases?deviceId={washer.Id}"));
        return
        [
            $"/cases/{(string)opened["id"]!}",
            $"/customers/{washer.CustomerId}",
            $"/devices/{washer.Id}",
            "/campaigns/beans",
            "/enrollments/lamps",
            "/models/lamp",
            "/start",
        ];
    }

    private static async Task AssertSoundAsync(OpenPage desk, string name)
    {
        await Expect(desk.Page).ToHaveURLAsync(new Regex($"^https?://[^/]+/{Regex.Escape(name.TrimStart('/'))}([?#].*)?$"));
        await desk.ExpectAsync(desk.Page.Locator("main h1"), $"the heading of {name}");
        await Expect(desk.Page.Locator("main .mantine-Skeleton-root")).ToHaveCountAsync(0);
        await desk.ExpectLiveAsync();
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
    }
}
