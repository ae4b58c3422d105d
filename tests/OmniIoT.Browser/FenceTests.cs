using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NetTopologySuite.Geometries;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

[Collection(ConsoleCollection.Name)]
public sealed class FenceTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.Api.PutAsync("sites/mall", """{ "name": "Mall" }""");
        // A fence that is there already, and chosen, gives the map its place and scale.
        await Host.Api.PutAsync(
            "fences/mall-entrance",
            """
            { "siteId": "mall", "name": "Entrance", "geometry": { "type": "Point", "coordinates": [49.86, 40.41] }, "radiusMeters": 60 }
            """
        );
    }

    [Fact]
    public async Task A_fence_is_made_with_the_keyboard_alone()
    {
        OpenPage desk = await OpenAsync("/places?fence=mall-entrance");
        IKeyboard keyboard = desk.Page.Keyboard;

        await desk.Handle("fence-draw").FocusAsync();
        await keyboard.PressAsync("Enter");
        await desk.ExpectAsync(desk.Handle("fence-name"), "the form of a new fence");
        await desk.Page.GetByRole(AriaRole.Radio, new() { Name = "Polygon" }).FocusAsync();
        await keyboard.PressAsync("ArrowRight");
        await desk.Handle("fence-name").FocusAsync();
        await keyboard.TypeAsync("Typed circle");
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync("Mall");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Option, new() { Name = "Mall", Exact = true }), "the site that was typed");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await desk.Handle("fence-centre").FocusAsync();
        await keyboard.TypeAsync("40.412, 49.868");
        await keyboard.PressAsync("Tab");
        await desk.Handle("fence-save").FocusAsync();
        await keyboard.PressAsync("Enter");

        await desk.ExpectTextAsync("fence-row", "Typed circle");
        await Expect(desk.Handle("fence-draw")).ToBeFocusedAsync();
        JsonNode saved = Assert.Single(await Host.Api.ListAsync("fences"), fence => (string?)fence["name"] == "Typed circle");
        Assert.Equal([49.868, 40.412], saved["geometry"]!["coordinates"]!.AsArray().Select(at => (double)at!));
        Assert.Empty(desk.Errors);
    }

    [Fact]
    public async Task A_fence_is_drawn_by_clicks_and_saved_as_a_closed_valid_polygon()
    {
        OpenPage desk = await OpenAsync("/places?fence=mall-entrance");

        await DrawAsync(desk, "Food court", (0.2, 0.2), (0.8, 0.25), (0.75, 0.8), (0.25, 0.7));
        await desk.ExpectTextAsync("fence-row", "Food court");

        JsonNode saved = Assert.Single(await Host.Api.ListAsync("fences"), fence => (string?)fence["name"] == "Food court");
        Assert.Equal("mall", (string?)saved["siteId"]);
        Assert.Equal("Polygon", (string?)saved["geometry"]!["type"]);
        Coordinate[] ring =
        [
            .. Assert
                .Single(saved["geometry"]!["coordinates"]!.AsArray())!
                .AsArray()
                .Select(at => new Coordinate((double)at![0]!, (double)at[1]!)),
        ];
        Assert.Equal(5, ring.Length);
        Assert.Equal(ring[0], ring[4]);
        Assert.True(new Polygon(new LinearRing(ring)).IsValid, "The polygon is not valid.");
        Assert.Empty(desk.Errors);
        Host.HasNoErrors();
    }

    [Fact]
    public async Task A_fence_that_crosses_itself_is_refused_and_the_crossing_is_shown()
    {
        OpenPage desk = await OpenAsync("/places?fence=mall-entrance");

        await DrawAsync(desk, "Bow tie", (0.2, 0.2), (0.8, 0.8), (0.8, 0.2), (0.2, 0.8));
        await desk.ExpectAsync(desk.Page.Locator(".map-mistake"), "where the fence crosses itself");
        await desk.ExpectAsync(desk.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "cross" }), "what is wrong with the fence");

        Assert.DoesNotContain(await Host.Api.ListAsync("fences"), fence => (string?)fence["name"] == "Bow tie");
        await desk.ExpectAsync(desk.Handle("fence-name"), "the form with what was drawn");
        Host.HasNoErrors();
    }

    [Fact]
    public async Task What_was_drawn_survives_Escape_and_the_way_to_another_page_and_back()
    {
        OpenPage desk = await OpenAsync("/places?fence=mall-entrance");
        ILocator corners = desk.Handle("fence-map").Locator(".map-corner:not(.map-corner-add)");
        await desk.ExpectTextAsync("fence-row", "Entrance");
        await desk.ClickAsync("fence-draw");
        await desk.Handle("fence-map")
            .ClickAsync(
                new()
                {
                    Position = new() { X = 90, Y = 120 },
                }
            );
        await desk.Handle("fence-map")
            .ClickAsync(
                new()
                {
                    Position = new() { X = 190, Y = 140 },
                }
            );
        await Expect(corners).ToHaveCountAsync(2);
        await desk.FillAsync("fence-name", "Half a fence");
        await desk.Handle("fence-draw").FocusAsync();

        await desk.Page.Keyboard.PressAsync("Escape");
        await Expect(desk.Handle("fence-name")).ToBeHiddenAsync();
        await desk.ClickAsync("fence-draw");
        await Expect(desk.Handle("fence-name")).ToHaveValueAsync("Half a fence");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Devices" }).ClickAsync();
        await Expect(desk.Handle("fence-name")).ToBeHiddenAsync();
        await desk.Page.GoBackAsync();

        await Expect(desk.Handle("fence-name")).ToHaveValueAsync("Half a fence");
        await Expect(corners).ToHaveCountAsync(2);
        Assert.Empty(desk.Errors);
    }

    /// <param name="corners">As shares of the map's width and height, from its upper left.</param>
    private static async Task DrawAsync(OpenPage desk, string name, params (double Across, double Down)[] corners)
    {
        ILocator map = desk.Handle("fence-map");
        await desk.ExpectTextAsync("fence-row", "Entrance");
        await Expect(map.Locator(".leaflet-zoom-anim")).ToHaveCountAsync(0);
        await desk.ClickAsync("fence-draw");
        LocatorBoundingBoxResult box = (await map.BoundingBoxAsync())!;
        for (int corner = 0; corner < corners.Length; corner++)
        {
            await map.ClickAsync(
                new()
                {
                    Position = new() { X = (float)(box.Width * corners[corner].Across), Y = (float)(box.Height * corners[corner].Down) },
                }
            );
            await desk.ExpectAsync(map.Locator(".map-corner:not(.map-corner-add)").Nth(corner), $"corner {corner + 1}");
        }
        await desk.FillAsync("fence-name", name);
        await Expect(desk.Handle("fence-site")).ToHaveValueAsync("");
        await Expect(desk.Handle("fence-save")).ToBeDisabledAsync();
        await desk.ClickAsync("fence-site");
        await desk.Page.GetByRole(AriaRole.Option, new() { Name = "Mall", Exact = true }).ClickAsync();
        await desk.ClickAsync("fence-save");
    }
}
