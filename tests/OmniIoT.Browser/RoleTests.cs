using Microsoft.Playwright;
using OmniIoT.Browser.Desk;
using OmniIoT.TestKit.Hosting;
using static Microsoft.Playwright.Assertions;

namespace OmniIoT.Browser;

/// <summary>What a role may not do is not offered to it. A unit test of the console holds its table of rights to the API's.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RoleTests(ConsoleFixture fixture) : ConsoleTest(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.Api.PutAsync("sites/role-site", """{ "name": "Role site" }""");
        await Host.Api.PutAsync(
            "fences/role-fence",
            """
            { "siteId": "role-site", "name": "Role fence",
              "geometry": { "type": "Point", "coordinates": [49.9, 40.4] }, "radiusMeters": 40 }
            """
        );
        await Host.Api.PutAsync(
            "campaigns/role-campaign",
            """
            { "name": "Role campaign", "trigger": "enter", "content": { "title": "Hello", "text": "Beans" } }
            """
        );
        await Host.Api.PutAsync("models/role-model", """{ "metrics": {} }""");
        await Host.Api.PutAsync("devices/role-device", """{ "model": "role-model" }""");
        await Host.Api.PutAsync("customers/role-customer", """{ "name": "Role customer" }""");
    }

    [Theory]
    [InlineData("technician", "customers", "customer-create", false)]
    [InlineData("technician", "customers/role-customer", "customer-edit", false)]
    [InlineData("technician", "campaigns", "campaign-create", false)]
    [InlineData("technician", "campaigns/role-campaign", "campaign-save", false)]
    [InlineData("technician", "places", "fence-draw", false)]
    [InlineData("technician", "places", "site-create", false)]
    [InlineData("technician", "places", "fence-edit", false)]
    [InlineData("technician", "devices/role-device", "command-button", true)]
    [InlineData("technician", "devices/role-device", "desired-edit", true)]
    [InlineData("agent", "customers", "customer-create", true)]
    [InlineData("agent", "customers/role-customer", "customer-edit", true)]
    [InlineData("agent", "campaigns", "campaign-create", true)]
    [InlineData("agent", "campaigns/role-campaign", "campaign-save", true)]
    [InlineData("agent", "places", "fence-draw", true)]
    [InlineData("agent", "places", "fence-edit", true)]
    [InlineData("agent", "devices", "device-create", false)]
    [InlineData("agent", "devices/role-device", "device-edit", false)]
    [InlineData("agent", "models", "model-create", false)]
    [InlineData("agent", "models/role-model", "model-save", false)]
    [InlineData("admin", "devices", "device-create", true)]
    [InlineData("admin", "models/role-model", "model-save", true)]
    public async Task A_page_offers_what_the_role_may_do_and_nothing_else(string role, string page, string handle, bool isOffered)
    {
        OpenPage desk = await OpenAsRoleAsync(role, $"/{page}");
        await desk.ExpectAsync(desk.Page.Locator("main h1"), $"the heading of {page}");
        await Expect(desk.Page.Locator("main .mantine-Skeleton-root")).ToHaveCountAsync(0);
        if (page == "places")
            await desk.ExpectAsync(desk.Handle("fence-row").First, "the fences");

        if (isOffered)
            await desk.ExpectAsync(desk.Handle(handle).First, handle);
        else
            await Expect(desk.Handle(handle)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("technician", "/enrollments")]
    [InlineData("technician", "/enrollments/some")]
    [InlineData("technician", "/campaigns/new")]
    [InlineData("agent", "/models/new")]
    [InlineData("agent", "/start")]
    [InlineData("agent", "/enrollments")]
    public async Task A_page_that_is_not_for_a_role_is_not_in_its_navigation_and_says_so_when_it_is_typed(string role, string path)
    {
        OpenPage desk = await OpenAsRoleAsync(role, path);

        ILocator heading = desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Not for your role" });
        await desk.ExpectAsync(heading, "that the page is not for the role");
        await desk.ExpectAsync(desk.Page.Locator("nav a[href='/cases']"), "the navigation");
        bool isListed = path.EndsWith("/new", StringComparison.Ordinal);
        await Expect(desk.Page.Locator($"nav a[href='/{path.Split('/')[1]}']")).ToHaveCountAsync(isListed ? 1 : 0);
        await desk.AssertAccessibleAsync();
        Assert.Empty(desk.Errors);
    }
}
