using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Voice menus as a drawing: by mouse, by finger, by keys, with their mistakes and versions.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class FlowTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    private const string Menu = """
        {"name":"Main","start":"hello","nodes":{
          "hello":{"say":{"en":"Welcome"},"next":"ask"},
          "ask":{"gather":{"choices":{"1":{"next":"wait"}},"exhausted":"wait"}},
          "wait":{"queue":"washers"}}}
        """;

    [Theory]
    [InlineData("light", "en")]
    [InlineData("dark", "ar")]
    public async Task A_step_is_added_written_connected_by_the_pointer_and_stored(string scheme, string language)
    {
        string id = $"drawn-{scheme}";
        await Host.Api.PutAsync($"flows/{id}", Menu);
        OpenPage desk = await OpenAsync($"/flows/{id}?lang={language}", Look(1280, scheme));
        await desk.ExpectAsync(desk.Handle("flow-node-wait"), "the drawing");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();

        await desk.ClickAsync("flow-add");
        await desk.ClickAsync("flow-add-say");
        await Expect(desk.Handle("flow-mistake")).ToHaveCountAsync(1);
        await desk.FillAsync("flow-say", "Goodbye");
        await DragAsync(desk, desk.Handle("flow-handle-say-0"), desk.Handle("flow-node-wait"));
        await DragAsync(desk, desk.Handle("flow-handle-ask-1"), desk.Handle("flow-node-say"));
        await Expect(desk.Handle("flow-mistake")).ToHaveCountAsync(0);
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("flow-save");
        await Expect(desk.Handle("saved")).Not.ToBeEmptyAsync();

        JsonNode stored = await Host.Api.ReadAsync($"flows/{id}");
        Assert.Equal("say", (string?)stored["nodes"]!["ask"]!["gather"]!["exhausted"]);
        Assert.Equal(("Goodbye", "wait"), ((string?)stored["nodes"]!["say"]!["say"]![language], (string?)stored["nodes"]!["say"]!["next"]));
        Host.HasNoErrors();
    }

    [Fact]
    public async Task All_of_it_is_done_by_keys_and_each_change_is_taken_back()
    {
        await Host.Api.PutAsync("flows/keyed", Menu);
        OpenPage desk = await OpenAsync("/flows/keyed");
        ILocator ask = desk.Handle("flow-node-ask");
        await ask.FocusAsync();
        await ask.PressAsync("Enter");
        await Expect(desk.Page.Locator("[data-testid='flow-node-form'] h2")).ToBeFocusedAsync();
        await desk.Handle("flow-exit-gather-exhausted").FillAsync("hello");
        await desk.Handle("flow-exit-gather-exhausted").PressAsync("ArrowDown");
        await desk.Handle("flow-exit-gather-exhausted").PressAsync("Enter");
        await Expect(ask).ToContainTextAsync("leads to hello");
        await desk.FillAsync("flow-node-name", "question");
        await desk.Handle("flow-node-name").PressAsync("Enter");
        await Expect(desk.Handle("flow-node-question")).ToBeVisibleAsync();
        await Expect(desk.Handle("flow-node-hello")).ToContainTextAsync("leads to question");

        await desk.Handle("flow-node-wait").PressAsync("Delete");
        await Expect(desk.Handle("flow-node-wait")).ToHaveCountAsync(0);
        await Expect(desk.Handle("flow-node-question", "wrong", "true")).ToBeVisibleAsync();
        await desk.ClickAsync("flow-undo");
        await Expect(desk.Handle("flow-node-wait")).ToBeVisibleAsync();
        await Expect(desk.Handle("flow-mistake")).ToHaveCountAsync(0);

        await desk.FillAsync("flow-inputs", "1");
        await desk.ClickAsync("flow-run");
        await Expect(desk.Handle("flow-step")).ToHaveCountAsync(2);
        await desk.ExpectAsync(desk.Handle("flow-node-wait", "gone", "true"), "where the call went");
        await desk.Page.Locator("nav a[href='/devices']").ClickAsync();
        await desk.ExpectAsync(desk.Handle("flow-leave"), "the question before what was drawn is lost");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("flow-leave");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/devices$"));
        Host.HasNoErrors();
    }

    [Fact]
    public async Task An_earlier_version_is_looked_at_and_taken_back()
    {
        await Host.Api.PutAsync("flows/versioned", Menu);
        await Host.Api.PutAsync("flows/versioned", """{"name":"Short","start":"end","nodes":{"end":{"hangup":true}}}""");
        OpenPage desk = await OpenAsync("/flows/versioned");
        await desk.ClickAsync("versions");
        await Expect(desk.Handle("version")).ToHaveCountAsync(2);
        await desk.Handle("version-look").Nth(1).ClickAsync();
        await desk.ExpectAsync(desk.Handle("version-take"), "the way back");
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("version-take");

        await Expect(desk.Handle("flow-node-hello")).ToBeVisibleAsync();
        await Expect(desk.Handle("version-take")).ToHaveCountAsync(0);
        await desk.ClickAsync("flow-save");
        await Expect(desk.Handle("version")).ToHaveCountAsync(3);
        Assert.Equal("Main", (string?)(await Host.Api.ReadAsync("flows/versioned"))["name"]);

        await desk.ClickAsync("flow-remove");
        await desk.ClickAsync("flow-remove-confirm");
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/flows$"));
        await Expect(desk.Page.Locator("a[href='/flows/versioned']")).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task Who_may_not_write_looks_at_it_only()
    {
        await Host.Api.PutAsync("flows/looked", Menu);
        OpenPage desk = await OpenAsRoleAsync("agent", "/flows/looked");
        await desk.ClickAsync("flow-node-ask");

        await Expect(desk.Handle("flow-add").Or(desk.Handle("flow-save")).Or(desk.Handle("flow-node-form"))).ToHaveCountAsync(0);
        await Expect(desk.Page.Locator("[data-testid^='flow-handle']")).ToHaveCountAsync(0);
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task On_a_phone_a_step_is_connected_by_its_form()
    {
        await Host.Api.PutAsync("flows/phoned", Menu);
        OpenPage desk = await OpenAsync("/flows/phoned?lang=fa", Look(390, "dark"));
        await desk.ClickAsync("flow-node-hello");
        await desk.FillAsync("flow-exit-next", "wait");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "wait" }).ClickAsync();
        await Expect(desk.Handle("flow-exit-next")).ToHaveValueAsync("wait");
        await desk.AssertFitsAsync();
        await desk.AssertAccessibleAsync();
        await desk.ClickAsync("flow-save");
        await Expect(desk.Handle("saved")).Not.ToBeEmptyAsync();
        Assert.Equal("wait", (string?)(await Host.Api.ReadAsync("flows/phoned"))["nodes"]!["hello"]!["next"]);
        Host.HasNoErrors();
    }

    private static async Task DragAsync(OpenPage desk, ILocator from, ILocator to)
    {
        await to.ScrollIntoViewIfNeededAsync();
        await from.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult start = (await from.BoundingBoxAsync())!;
        LocatorBoundingBoxResult end = (await to.BoundingBoxAsync())!;
        await desk.Page.Mouse.MoveAsync(start.X + start.Width / 2, start.Y + start.Height / 2);
        await desk.Page.Mouse.DownAsync();
        await desk.Page.Mouse.MoveAsync(end.X + end.Width / 2, end.Y + 12, new() { Steps = 4 });
        await desk.Page.Mouse.UpAsync();
    }

    private static BrowserNewContextOptions Look(int width, string scheme) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        };
}
