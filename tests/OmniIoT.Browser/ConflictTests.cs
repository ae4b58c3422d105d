using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>Two people change one thing: neither overwrites the other unseen, and nothing that was typed is lost.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class ConflictTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    [Fact]
    public async Task A_customer_that_somebody_else_changed_meanwhile_is_told_with_both_versions_and_mine_is_saved_when_I_say_so()
    {
        await Host.Api.PutAsync("customers/both-changed", """{ "name": "As it was", "tags": ["owner"] }""");
        OpenPage desk = await OpenAsync("/customers/both-changed");
        await desk.ClickAsync("customer-edit");
        await desk.FillAsync("customer-name", "As I typed it");
        await Host.Api.PutAsync("customers/both-changed", """{ "name": "As they saved it", "tags": ["owner"] }""");
        await desk.ClickAsync("customer-save");

        ILocator row = desk.Handle("conflict").GetByRole(AriaRole.Row).Filter(new() { HasText = "Name" });
        await Expect(row).ToContainTextAsync("As I typed it");
        await Expect(row).ToContainTextAsync("As they saved it");
        await Expect(desk.Handle("customer-name")).ToHaveValueAsync("As I typed it");
        Assert.Equal("As they saved it", await NameAsync("customers/both-changed"));
        await desk.AssertAccessibleAsync();

        await desk.ClickAsync("conflict-mine");
        await Expect(desk.Handle("customer-name")).ToBeHiddenAsync();
        Assert.Equal("As I typed it", await NameAsync("customers/both-changed"));
    }

    [Fact]
    public async Task A_campaign_is_saved_again_and_again_and_a_foreign_change_is_taken_when_I_say_so()
    {
        await Host.Api.PutAsync("campaigns/both-changed", Campaign("As it was"));
        OpenPage desk = await OpenAsync("/campaigns/both-changed");
        await SaveAsync(desk, "My first");
        await SaveAsync(desk, "My second");

        await Host.Api.PutAsync("campaigns/both-changed", Campaign("As they saved it"));
        await desk.FillAsync("campaign-name", "My third");
        await desk.ClickAsync("campaign-save");
        await Expect(desk.Handle("conflict")).ToContainTextAsync("My third");
        await desk.ClickAsync("conflict-theirs");
        await Expect(desk.Handle("campaign-name")).ToHaveValueAsync("As they saved it");

        await SaveAsync(desk, "My fourth");
        Assert.Equal("My fourth", await NameAsync("campaigns/both-changed"));
    }

    [Theory]
    [InlineData("devices/edit-it", "/devices/edit-it", "device-edit", "device-name", "device-save", Device)]
    [InlineData("customers/edit-it", "/customers/edit-it", "customer-edit", "customer-name", "customer-save", """{ "name": "theirs" }""")]
    [InlineData("models/edit-it", "/models/edit-it", null, "model-text", "model-save", """{ "name": "theirs", "metrics": {} }""")]
    [InlineData("enrollments/edit-it", "/enrollments/edit-it", null, "enrollment-name", "enrollment-save", Enrollment)]
    [InlineData("fences/edit-it", "/places?fence=edit-it", "fence-edit", "fence-name", "fence-save", Fence)]
    public async Task Every_form_rests_on_the_version_that_it_began_with(
        string address,
        string page,
        string? edit,
        string field,
        string save,
        string theirs
    )
    {
        await Host.Api.PutAsync("models/edit-model", """{ "name": "Edited", "metrics": {} }""");
        await Host.Api.PutAsync("sites/edit-site", """{ "name": "Edited site" }""");
        await Host.Api.PutAsync(address, theirs.Replace("theirs", "as it was", StringComparison.Ordinal));
        OpenPage desk = await OpenAsync(page);
        if (edit is not null)
        {
            ILocator row = desk.Handle("fence-row").Filter(new() { HasText = "as it was" });
            await (edit == "fence-edit" ? row : desk.Page.Locator("main")).GetByTestId(edit).ClickAsync();
        }
        await desk.FillAsync(field, field == "model-text" ? """{ "name": "mine", "metrics": {} }""" : "mine");
        await Host.Api.PutAsync(address, theirs);
        await desk.ClickAsync(save);

        await Expect(desk.Handle("conflict")).ToContainTextAsync("mine");
        await Expect(desk.Handle("conflict")).ToContainTextAsync("theirs");
        Assert.Equal("theirs", await NameAsync(address));
        await desk.ClickAsync("conflict-mine");
        await Expect(desk.Handle("conflict")).ToBeHiddenAsync();
        Assert.Equal("mine", await NameAsync(address));
    }

    [Fact]
    public async Task Settings_of_a_device_are_a_form_and_rest_on_the_version_that_was_read()
    {
        await Host.Api.PutAsync("models/set-model", """{ "metrics": {} }""");
        await Host.Api.PutAsync("devices/set-device", """{ "model": "set-model" }""");
        await PatchAsync("""{ "spinRpm": 900, "quiet": false }""");
        OpenPage desk = await OpenAsync("/devices/set-device");
        await desk.ClickAsync("desired-edit");
        await desk.FillAsync("setting-spinRpm", "1000");
        await desk.AssertAccessibleAsync();
        await PatchAsync("""{ "spinRpm": 1200 }""");
        await desk.ClickAsync("desired-save");

        ILocator row = desk.Handle("conflict").GetByRole(AriaRole.Row).Filter(new() { HasText = "spinRpm" });
        await Expect(row).ToContainTextAsync("1000");
        await Expect(row).ToContainTextAsync("1200");
        await desk.ClickAsync("conflict-mine");
        await Expect(desk.Handle("desired-save")).ToBeHiddenAsync();
        JsonNode twin = await Host.Api.ReadAsync("devices/set-device/twin");
        Assert.Equal("""{"spinRpm":1000,"quiet":false}""", twin["desired"]!.ToJsonString());
    }

    private const string Fence = """
        { "siteId": "edit-site", "name": "theirs", "geometry": { "type": "Point", "coordinates": [49.95, 40.45] }, "radiusMeters": 40 }
        """;

    private const string Device = """{ "model": "edit-model", "name": "theirs" }""";

    private const string Enrollment = """{ "name": "theirs", "models": ["edit-model"] }""";

    private static string Campaign(string name) =>
        $$"""{ "name": "{{name}}", "trigger": "enter", "content": { "title": "Hello", "text": "Beans" } }""";

    private static async Task SaveAsync(OpenPage desk, string name)
    {
        await desk.FillAsync("campaign-name", name);
        await desk.ClickAsync("campaign-save");
        await Expect(desk.Handle("saved")).ToHaveTextAsync("Saved");
        // What says so does not stand in the way of the next time.
        await desk.ClickAsync("campaign-save");
        await Expect(desk.Handle("saved")).ToHaveTextAsync("Saved");
    }

    private async Task<string?> NameAsync(string address) => (string?)(await Host.Api.ReadAsync(address))["name"];

    private async Task PatchAsync(string patch)
    {
        using HttpResponseMessage answer = await Host.Api.PatchAsync("devices/set-device/twin/desired", new StringContent(patch));
        answer.EnsureSuccessStatusCode();
    }
}
