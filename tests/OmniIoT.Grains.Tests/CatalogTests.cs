using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>Whatever is stored, the process starts and everything that can be read has effect.</summary>
public sealed class CatalogTests
{
    private const string Uuid = "f7826da6-4fa2-4e98-8024-bc5b71e0893e";

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"id":7,"name":{},"siteId":[],"geometry":"round","rules":7,"content":[]}""")]
    [InlineData("""{"id":"washer","name":"Another document with the washer's id","metrics":{}}""")]
    [InlineData("""{"siteId":"s","geometry":{"type":"Polygon","coordinates":[[[0,0],[0,0],[0,0],[0,0]]]}}""")]
    public async Task What_cannot_be_read_of_any_kind_holds_nothing_up(string json)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Site, "shop", """{ "name": "Shop" }""");
        foreach (
            DocumentKind kind in (DocumentKind[])
                [DocumentKind.Model, DocumentKind.Site, DocumentKind.Beacon, DocumentKind.Campaign, DocumentKind.Fence]
        )
        {
            await harness.PutAsync(kind, "odd", json);
            await harness.PutAsync(kind, Uuid.ToUpperInvariant() + ":1:2", json);
        }

        await harness.RestartAsync();

        Catalog catalog = harness.Get<CatalogKeeper>().Current;
        Assert.Equal("Shop", catalog.Sites["shop"].Name);
        Assert.Equal("Washer", catalog.Models["washer"].Name);
        Assert.Empty(catalog.Fences.Fences);
        Assert.Empty(catalog.Campaigns);
    }

    [Fact]
    public async Task A_beacon_stored_under_several_spellings_is_one_beacon_after_a_start()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        foreach (
            (string id, string name) in (ValueTuple<string, string>[])
                [(Uuid.ToUpperInvariant() + ":1:2", "upper"), (Uuid + ":1:2", "lower"), (Uuid + ":01:2", "zero"), (Uuid + ":03:4", "other")]
        )
            await harness.PutAsync(DocumentKind.Beacon, id, $$"""{ "id": "{{id}}", "siteId": "shop", "name": "{{name}}" }""");

        await harness.RestartAsync();

        Beacon[] beacons = [.. harness.Get<CatalogKeeper>().Current.Beacons.Values.OrderBy(beacon => beacon.Id)];
        Assert.Equal([(Uuid + ":1:2", "lower"), (Uuid + ":3:4", "other")], beacons.Select(beacon => (beacon.Id, beacon.Name!)));
        Page<Document> stored = await harness
            .Get<IDocumentQueries>()
            .ListAsync(DocumentKind.Beacon, new PageRequest(null, 10), CancellationToken.None);
        Assert.Equal([Uuid + ":1:2", Uuid + ":3:4"], stored.Items.Select(document => document.Id));
        Assert.All(
            stored.Items,
            document => Assert.Contains($"\"{document.Id}\"", System.Text.Encoding.UTF8.GetString(document.Json), StringComparison.Ordinal)
        );
    }
}
