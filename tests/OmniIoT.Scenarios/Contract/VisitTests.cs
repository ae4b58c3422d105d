using System.Globalization;
using System.Text.Json.Nodes;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class VisitTests(ContractHost host) : IAsyncLifetime
{
    private readonly long _start = ContractHost.NowMilliseconds - 900_000;
    private string _site = "";

    public async ValueTask InitializeAsync()
    {
        _site = host.NewId("site-");
        await host.PutAsync("sites/" + _site, """{ "name": "Bar" }""");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_visit_ends_after_a_minute_outside_and_lasted_until_the_first_fix_there()
    {
        string fence = await SquareAsync(10, 10);
        await using ContractClient app = await ShopperAsync();

        await app.LocateAsync(_start, 10.005, 10.005);
        await app.LocateAsync(_start + 30_000, 10.02, 10.005);
        await app.LocateAsync(_start + 89_000, 10.02, 10.005);
        JsonNode open = Assert.Single(await VisitsAsync(app))!;
        Assert.Equal(
            (_site, fence, At(0), null),
            ((string?)open["siteId"], (string?)open["fenceId"], (string?)open["enteredAt"], (string?)open["exitedAt"])
        );
        await app.LocateAsync(_start + 90_000, 10.02, 10.005);

        JsonNode over = Assert.Single(await VisitsAsync(app))!;
        Assert.Equal((At(30_000), 30), ((string?)over["exitedAt"], (double)over["dwellSeconds"]!));
    }

    [Fact]
    public async Task Jitter_on_the_border_makes_no_second_visit()
    {
        await SquareAsync(11, 11);
        await using ContractClient app = await ShopperAsync();

        for (int i = 0; i < 60; i++)
            await app.LocateAsync(_start + (i * 5000), 11.005, 11 + (i % 2 == 0 ? 0.0002 : -0.0002), 15);

        JsonNode visit = Assert.Single(await VisitsAsync(app))!;
        Assert.Null((string?)visit["exitedAt"]);
    }

    [Fact]
    public async Task Who_allows_it_while_inside_comes_in_and_who_withdraws_it_is_gone()
    {
        string fence = await SquareAsync(15, 15);
        string customer = await host.AddCustomerAsync(""" "tags": [] """);
        await using ContractClient app = await host.ConnectAppAsync(customer);
        await app.LocateAsync(_start, 15.005, 15.005);
        Assert.Empty(await VisitsAsync(app));

        await host.PutAsync("customers/" + customer, """{ "consent": { "location": true } }""");
        await app.LocateAsync(_start + 10_000, 15.005, 15.005);
        await app.LocateAsync(_start + 20_000, 15.005, 15.005);
        Assert.Equal(fence, (string?)Assert.Single(await VisitsAsync(app))!["fenceId"]);
        await host.PutAsync("customers/" + customer, """{ "consent": { "location": false } }""");
        await app.LocateAsync(_start + 30_000, 15.005, 15.005);

        Assert.Equal(10, (double)Assert.Single(await VisitsAsync(app))!["dwellSeconds"]!);
        Assert.DoesNotContain((await host.GetAsync("places/present?limit=500")).Items, visit => (string?)visit!["customerId"] == customer);
    }

    [Fact]
    public async Task A_doubtful_fix_enters_nothing()
    {
        await SquareAsync(12, 12);
        await using ContractClient app = await ShopperAsync();

        await app.LocateAsync(_start, 12.005, 12.005, 5000);

        Assert.Empty(await VisitsAsync(app));
    }

    [Theory]
    [InlineData(0.999, 1)]
    [InlineData(1.001, 0)]
    public async Task A_circle_reaches_as_far_as_its_radius_on_the_sphere(double radii, int visits)
    {
        const double DegreesPerMeter = 180 / (Math.PI * 6_371_008.8);
        // A place of its own for each case: they share the host.
        int longitude = 16 + visits;
        await FenceAsync($$"""{ "type": "Point", "coordinates": [{{longitude}}, 13] }, "radiusMeters": 100""");
        await using ContractClient app = await ShopperAsync();

        await app.LocateAsync(_start, 13 + (radii * 100 * DegreesPerMeter), longitude, 0);

        Assert.Equal(visits, (await VisitsAsync(app)).Count);
    }

    [Fact]
    public async Task A_point_on_the_border_is_inside()
    {
        await SquareAsync(14, 14);
        await using ContractClient app = await ShopperAsync();

        await app.PublishAsync($"customers/{app.Id}/location", """{"lat":14,"lon":14.005}""");

        Assert.Single(await VisitsAsync(app));
    }

    [Theory]
    [InlineData("""{ "type": "Polygon", "coordinates": [[[0,0],[1,1],[1,0],[0,1],[0,0]]] }""", "/geometry/coordinates/0")]
    [InlineData("""{ "type": "Polygon", "coordinates": [] }""", "/geometry/coordinates")]
    [InlineData("""{ "type": "Polygon", "coordinates": [[[0,0],[181,0],[1,1],[0,0]]] }""", "/geometry/coordinates/0/1/0")]
    [InlineData("""{ "type": "Polygon", "coordinates": [[[0,0],[1,91],[1,1],[0,0]]] }""", "/geometry/coordinates/0/1/1")]
    [InlineData("""{ "type": "Point", "coordinates": [0,0] }""", "/radiusMeters")]
    [InlineData("""{ "type": "LineString", "coordinates": [[0,0],[1,1]] }""", "/geometry/type")]
    [InlineData("null", "/geometry")]
    public async Task A_wrong_fence_is_refused_with_the_place_of_the_mistake(string geometry, string pointer)
    {
        Answer put = await host.PutAsync("fences/" + host.NewId("fence-"), $$"""{ "siteId": "{{_site}}", "geometry": {{geometry}} }""");

        Assert.Equal((422, pointer), (put.Status, Assert.Single(put.Pointers)));
    }

    [Fact]
    public async Task A_fence_of_more_than_10000_vertices_is_refused()
    {
        IEnumerable<string> ring = Enumerable
            .Range(0, 10_001)
            .Select(i => Math.Tau * i / 10_001)
            .Select(angle => string.Create(CultureInfo.InvariantCulture, $"[{Math.Cos(angle):F9},{Math.Sin(angle):F9}]"));
        string coordinates = string.Join(",", ring.Append("[1.000000000,0.000000000]"));

        Answer put = await host.PutAsync(
            "fences/" + host.NewId("fence-"),
            $$"""{ "siteId": "{{_site}}", "geometry": { "type": "Polygon", "coordinates": [[{{coordinates}}]] } }"""
        );

        Assert.Equal((422, "/geometry/coordinates/0"), (put.Status, Assert.Single(put.Pointers)));
    }

    private Task<string> SquareAsync(double longitude, double latitude) =>
        FenceAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                { "type": "Polygon", "coordinates": [[[{{longitude}},{{latitude}}],[{{longitude + 0.01}},{{latitude}}],[{{longitude
                    + 0.01}},{{latitude + 0.01}}],[{{longitude}},{{latitude + 0.01}}],[{{longitude}},{{latitude}}]]] }
                """
            )
        );

    private async Task<string> FenceAsync(string geometry)
    {
        string id = host.NewId("fence-");
        Assert.Equal(
            201,
            (await host.PutAsync("fences/" + id, $$"""{ "siteId": "{{_site}}", "name": "Floor", "geometry": {{geometry}} }""")).Status
        );
        return id;
    }

    private async Task<ContractClient> ShopperAsync() => await host.ConnectAppAsync(await host.AddCustomerAsync());

    private async Task<JsonArray> VisitsAsync(ContractClient app) => (await host.GetAsync($"customers/{app.Id}/visits")).Items;

    private string At(int milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(_start + milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
