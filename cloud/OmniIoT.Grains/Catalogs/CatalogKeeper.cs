using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>Reads a stored fence; whoever knows geometry checks it.</summary>
public interface IFenceReader
{
    /// <summary>Null when the document is not understood.</summary>
    Fence? Read(string id, ReadOnlySpan<byte> json);
}

/// <summary>
/// Keeps the catalog in step with the stored documents: all of them at start, then each that changes. A new catalog is built
/// aside and swapped in.
/// </summary>
public sealed partial class CatalogKeeper(
    IDocumentQueries documents,
    ICustomerQueries customers,
    IFenceReader fences,
    ILogger<CatalogKeeper> logger
) : ICatalog, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _building = new(1);
    private volatile Catalog _current = Catalog.Empty;

    /// <summary>What is in force now.</summary>
    public Catalog Current => _current;

    public Merges Merges => _current.Merges;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        List<Document> models = await AllAsync(DocumentKind.Model, cancellationToken);
        List<Document> sites = await AllAsync(DocumentKind.Site, cancellationToken);
        List<Document> beacons = await AllAsync(DocumentKind.Beacon, cancellationToken);
        List<Document> campaigns = await AllAsync(DocumentKind.Campaign, cancellationToken);
        List<Document> places = await AllAsync(DocumentKind.Fence, cancellationToken);
        _current = new Catalog
        {
            Models = Read(models, ReadModel)
                .ToFrozenDictionary(model => model.Id, StringComparer.Ordinal),
            Sites = Read(sites, ReadSite)
                .ToFrozenDictionary(site => site.Id, StringComparer.Ordinal),
            Beacons = Read(beacons, ReadBeacon)
                .ToFrozenDictionary(beacon => beacon.Id, StringComparer.OrdinalIgnoreCase),
            Fences = FenceIndex.Build(
                Read(places, document => fences.Read(document.Id, document.Json))
            ),
            Merges = Merges.Of(await customers.MergesAsync(cancellationToken)),
        };
        _current = WithCampaigns(_current, Read(campaigns, ReadCampaign));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask RefreshAsync(
        DocumentKind kind,
        string id,
        CancellationToken cancellationToken
    )
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            Document? document = await documents.FindAsync(kind, id, cancellationToken);
            _current = Change(_current, kind, id, document);
        }
        finally
        {
            _building.Release();
        }
    }

    public async ValueTask RefreshMergesAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            _current = _current with
            {
                Merges = Merges.Of(await customers.MergesAsync(cancellationToken)),
            };
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose() => _building.Dispose();

    private Catalog Change(Catalog catalog, DocumentKind kind, string id, Document? document) =>
        kind switch
        {
            DocumentKind.Model => catalog with
            {
                Models = With(catalog.Models, id, document is null ? null : ReadModel(document)),
            },
            DocumentKind.Site => catalog with
            {
                Sites = With(catalog.Sites, id, document is null ? null : ReadSite(document)),
            },
            DocumentKind.Beacon => catalog with
            {
                Beacons = With(catalog.Beacons, id, document is null ? null : ReadBeacon(document)),
            },
            DocumentKind.Campaign => WithCampaigns(
                catalog,
                With(catalog.Campaigns, id, document is null ? null : ReadCampaign(document)).Values
            ),
            DocumentKind.Fence => catalog with { Fences = WithFence(catalog.Fences, id, document) },
            _ => catalog,
        };

    private FenceIndex WithFence(FenceIndex index, string id, Document? document) =>
        document is not null && fences.Read(id, document.Json) is { } fence
            ? index.With(fence)
            : index.Without(id);

    private static Catalog WithCampaigns(Catalog catalog, IEnumerable<Campaign> campaigns)
    {
        FrozenDictionary<string, Campaign> all = campaigns.ToFrozenDictionary(
            campaign => campaign.Id,
            StringComparer.Ordinal
        );
        return catalog with { Campaigns = all, Dwells = DwellThresholds.From(all.Values) };
    }

    private static FrozenDictionary<string, T> With<T>(
        FrozenDictionary<string, T> all,
        string id,
        T? value
    )
        where T : class
    {
        Dictionary<string, T> changed = new(all, all.Comparer);
        changed.Remove(id);
        if (value is not null)
            changed[id] = value;
        return changed.ToFrozenDictionary(all.Comparer);
    }

    private List<T> Read<T>(List<Document> stored, Func<Document, T?> read)
        where T : class
    {
        List<T> values = [];
        foreach (Document document in stored)
        {
            if (read(document) is { } value)
                values.Add(value);
            else
                LogNotUnderstood(logger, document.Kind, document.Id);
        }
        return values;
    }

    private async Task<List<Document>> AllAsync(
        DocumentKind kind,
        CancellationToken cancellationToken
    )
    {
        List<Document> all = [];
        string? cursor = null;
        do
        {
            Page<Document> page = await documents.ListAsync(
                kind,
                new PageRequest(cursor, PageRequest.MaximumLimit),
                cancellationToken
            );
            all.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    private static DeviceModel? ReadModel(Document document) =>
        DeviceModelReader.Read(document.Json).Model;

    private static Campaign? ReadCampaign(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return CampaignReader.Read(document.Id, json.RootElement).Value;
    }

    private static Site? ReadSite(Document document) =>
        JsonSerializer.Deserialize<SiteDocument>(document.Json, OmniJson.Options) is { } site
            ? new Site(document.Id, site.Name ?? document.Id)
            : null;

    private static Beacon? ReadBeacon(Document document) =>
        JsonSerializer.Deserialize<BeaconDocument>(document.Json, OmniJson.Options)
            is { SiteId: { } siteId } beacon
            ? new Beacon(document.Id, siteId, beacon.Name, beacon.Zone)
            : null;

    private sealed record SiteDocument(string? Name);

    private sealed record BeaconDocument(string? SiteId, string? Name, string? Zone);

    [LoggerMessage(
        1301,
        LogLevel.Error,
        "The stored {Kind} '{Id}' is not understood and has no effect."
    )]
    private static partial void LogNotUnderstood(ILogger logger, DocumentKind kind, string id);
}
