using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Models;
using OmniIoT.Domain;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
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
/// aside and swapped in. What is stored and cannot be read has no effect, is logged, and holds nothing up.
/// </summary>
public sealed partial class CatalogKeeper(
    IDocumentQueries documents,
    ICustomerQueries customers,
    ICommitter committer,
    IFenceReader fences,
    StoredFences storedFences,
    ILogger<CatalogKeeper> logger
) : ICatalog, IHostedService, IDisposable
{
    private readonly SemaphoreSlim _building = new(1);
    private volatile Catalog _current = Catalog.Empty;

    /// <summary>Fences that changed while they are being merged; null while they are not. Of whoever builds.</summary>
    private HashSet<string>? _changedMeanwhile;

    /// <summary>What is in force now.</summary>
    public Catalog Current => _current;

    public Merges Merges => _current.Merges;

    public Knowledge Answers => _current.Answers;

    public IReadOnlyDictionary<string, Flow> Flows => _current.Flows;

    public IReadOnlyDictionary<string, Channel> Channels => _current.Channels;

    public IReadOnlyDictionary<string, Webhook> Webhooks => _current.Webhooks;

    public IReadOnlyDictionary<string, Integration> Integrations => _current.Integrations;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        List<Document> models = await AllAsync(DocumentKind.Model, cancellationToken);
        List<Document> sites = await AllAsync(DocumentKind.Site, cancellationToken);
        List<Document> beacons = await SpellOnceAsync(await AllAsync(DocumentKind.Beacon, cancellationToken));
        List<Document> campaigns = await AllAsync(DocumentKind.Campaign, cancellationToken);
        List<Document> channels = await AllAsync(DocumentKind.Channel, cancellationToken);
        FenceIndex places = await storedFences.LoadAsync(document => Read(document, ReadFence), AllFencesAsync, cancellationToken);
        _current = new Catalog
        {
            Channels = Read(channels, ReadChannel).ToFrozenDictionary(channel => channel.Id, StringComparer.Ordinal),
            Models = Read(models, ReadModel).ToFrozenDictionary(model => model.Id, StringComparer.Ordinal),
            Sites = Read(sites, ReadSite).ToImmutableDictionary(site => site.Id, StringComparer.Ordinal),
            Beacons = Read(beacons, ReadBeacon).ToFrozenDictionary(beacon => beacon.Id, StringComparer.Ordinal),
            Fences = places,
            Merges = Merges.Of(await customers.MergesAsync(cancellationToken)),
            Flows = Read(await AllAsync(DocumentKind.Flow, cancellationToken), AnswerDocuments.ReadFlow)
                .ToFrozenDictionary(flow => flow.Id, StringComparer.Ordinal),
        };
        _current = WithCampaigns(_current, Read(campaigns, ReadCampaign));
        _current = _current with
        {
            Desk = await DeskAsync(cancellationToken),
            Answers = await AnswersAsync(cancellationToken),
            Surveys = Read(await AllAsync(DocumentKind.Survey, cancellationToken), VoiceDocuments.ReadSurvey)
                .ToFrozenDictionary(static survey => survey.Id, StringComparer.Ordinal),
            Webhooks = Read(await AllAsync(DocumentKind.Webhook, cancellationToken), SystemDocuments.ReadWebhook)
                .ToFrozenDictionary(static webhook => webhook.Id, StringComparer.Ordinal),
            Integrations = Read(await AllAsync(DocumentKind.Integration, cancellationToken), SystemDocuments.ReadIntegration)
                .ToFrozenDictionary(static integration => integration.Id, StringComparer.Ordinal),
            Themes = Themes.Of(Read(await AllAsync(DocumentKind.Theme, cancellationToken), VoiceDocuments.ReadTheme)),
        };
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask RefreshAsync(DocumentKind kind, string id, CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            Document? document = await documents.FindAsync(kind, id, cancellationToken);
            _current = Change(_current, kind, id, document);
            if (kind == DocumentKind.Fence)
                _changedMeanwhile?.Add(id);
        }
        finally
        {
            _building.Release();
        }
    }

    public async ValueTask RefreshFencesAsync(IReadOnlyCollection<WrittenFence> written, CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            List<Fence> put = [];
            List<string> gone = [];
            foreach (WrittenFence fence in written)
            {
                Document? stored = await documents.FindAsync(DocumentKind.Fence, fence.Id, cancellationToken);
                if (FenceOf(stored, fence) is { } known)
                    put.Add(known);
                else
                    gone.Add(fence.Id);
            }

            _current = _current with { Fences = _current.Fences.Without(gone).With(put) };
            _changedMeanwhile?.UnionWith(written.Select(fence => fence.Id));
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Makes the fences one pack, beside what changes meanwhile.</summary>
    /// <returns>The fences as they then are.</returns>
    public async ValueTask<FenceIndex> MergeFencesAsync(CancellationToken cancellationToken)
    {
        FenceIndex before = await BuildAsync(fences => fences, () => _changedMeanwhile = [], cancellationToken);
        FenceIndex merged = before.Merged();
        return await BuildAsync(
            now =>
            {
                ILookup<bool, string> changed = _changedMeanwhile!.ToLookup(id => now.TryGet(id, out _));
                return merged
                    .Without(changed[false])
                    .With(changed[true].Select(id => now.TryGet(id, out Fence? fence) ? fence : null).OfType<Fence>());
            },
            () => _changedMeanwhile = null,
            cancellationToken
        );
    }

    public async ValueTask RefreshMergesAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            _current = _current with { Merges = Merges.Of(await customers.MergesAsync(cancellationToken)) };
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose() => _building.Dispose();

    private async ValueTask<FenceIndex> BuildAsync(Func<FenceIndex, FenceIndex> change, Action then, CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            _current = _current with { Fences = change(_current.Fences) };
            then();
            return _current.Fences;
        }
        finally
        {
            _building.Release();
        }
    }

    private Fence? FenceOf(Document? stored, WrittenFence written) =>
        written.Put is { } put && stored?.Json.AsSpan().SequenceEqual(put.Json.Span) == true ? put.Fence : Read(stored, ReadFence);

    private Catalog Change(Catalog catalog, DocumentKind kind, string id, Document? document) =>
        kind switch
        {
            DocumentKind.Model => catalog with { Models = With(catalog.Models, id, Read(document, ReadModel)) },
            DocumentKind.Site => catalog with
            {
                Sites = Read(document, ReadSite) is { } site ? catalog.Sites.SetItem(id, site) : catalog.Sites.Remove(id),
            },
            DocumentKind.Beacon => catalog with { Beacons = With(catalog.Beacons, BeaconId.Canonical(id), Read(document, ReadBeacon)) },
            DocumentKind.Channel => catalog with { Channels = With(catalog.Channels, id, Read(document, ReadChannel)) },
            DocumentKind.Campaign => WithCampaigns(catalog, With(catalog.Campaigns, id, Read(document, ReadCampaign)).Values),
            DocumentKind.Fence => catalog with
            {
                Fences = Read(document, ReadFence) is { } fence ? catalog.Fences.With(fence) : catalog.Fences.Without(id),
            },
            DocumentKind.Article => catalog with { Answers = catalog.Answers.WithArticle(id, Read(document, AnswerDocuments.ReadArticle)) },
            DocumentKind.Bot => catalog with { Answers = catalog.Answers.WithBot(id, Read(document, AnswerDocuments.ReadBot)) },
            DocumentKind.Flow => catalog with { Flows = With(catalog.Flows, id, Read(document, AnswerDocuments.ReadFlow)) },
            DocumentKind.Survey => catalog with { Surveys = With(catalog.Surveys, id, Read(document, VoiceDocuments.ReadSurvey)) },
            DocumentKind.Theme => catalog with { Themes = catalog.Themes.With(id, Read(document, VoiceDocuments.ReadTheme)) },
            DocumentKind.Webhook => catalog with { Webhooks = With(catalog.Webhooks, id, Read(document, SystemDocuments.ReadWebhook)) },
            DocumentKind.Integration => catalog with
            {
                Integrations = With(catalog.Integrations, id, Read(document, SystemDocuments.ReadIntegration)),
            },
            _ => catalog with { Desk = Change(catalog.Desk, kind, id, document) },
        };

    private async Task<Knowledge> AnswersAsync(CancellationToken cancellationToken) =>
        Knowledge.Of(
            Read(await AllAsync(DocumentKind.Article, cancellationToken), AnswerDocuments.ReadArticle),
            Read(await AllAsync(DocumentKind.Bot, cancellationToken), AnswerDocuments.ReadBot)
        );

    private DeskRules Change(DeskRules desk, DocumentKind kind, string id, Document? document) =>
        kind switch
        {
            DocumentKind.Queue => desk with { Queues = With(desk.Queues, id, Read(document, DeskDocuments.ReadQueue)) },
            DocumentKind.Sla => desk with { Policies = With(desk.Policies, id, Read(document, DeskDocuments.ReadSla)) },
            DocumentKind.Calendar => desk with { Calendars = With(desk.Calendars, id, Read(document, DeskDocuments.ReadCalendar)) },
            DocumentKind.Trigger => desk with
            {
                Triggers = InOrder(desk.Triggers.Where(other => other.Id != id).Append(Read(document, DeskDocuments.ReadTrigger))),
            },
            _ => desk,
        };

    private static ImmutableArray<Trigger> InOrder(IEnumerable<Trigger?> triggers) =>
        [
            .. triggers
                .OfType<Trigger>()
                .Where(static trigger => trigger.Enabled)
                .OrderBy(static trigger => trigger.Order)
                .ThenBy(static trigger => trigger.Id, StringComparer.Ordinal),
        ];

    private async Task<DeskRules> DeskAsync(CancellationToken cancellationToken)
    {
        List<Document> queues = await AllAsync(DocumentKind.Queue, cancellationToken);
        List<Document> policies = await AllAsync(DocumentKind.Sla, cancellationToken);
        List<Document> calendars = await AllAsync(DocumentKind.Calendar, cancellationToken);
        List<Document> triggers = await AllAsync(DocumentKind.Trigger, cancellationToken);
        return new DeskRules
        {
            Queues = Read(queues, DeskDocuments.ReadQueue).ToFrozenDictionary(queue => queue.Id, StringComparer.Ordinal),
            Policies = Read(policies, DeskDocuments.ReadSla).ToFrozenDictionary(policy => policy.Id, StringComparer.Ordinal),
            Calendars = Read(calendars, DeskDocuments.ReadCalendar).ToFrozenDictionary(calendar => calendar.Id, StringComparer.Ordinal),
            Triggers = InOrder(Read(triggers, DeskDocuments.ReadTrigger)),
        };
    }

    private static Catalog WithCampaigns(Catalog catalog, IEnumerable<Campaign> campaigns)
    {
        FrozenDictionary<string, Campaign> all = campaigns.ToFrozenDictionary(campaign => campaign.Id, StringComparer.Ordinal);
        return catalog with { Campaigns = all, Dwells = DwellThresholds.From(all.Values) };
    }

    private static FrozenDictionary<string, T> With<T>(FrozenDictionary<string, T> all, string id, T? value)
        where T : class
    {
        Dictionary<string, T> changed = new(all, all.Comparer);
        changed.Remove(id);
        if (value is not null)
            changed[id] = value;
        return changed.ToFrozenDictionary(all.Comparer);
    }

    private IEnumerable<T> Read<T>(List<Document> stored, Func<Document, T?> read)
        where T : class => stored.Select(document => Read(document, read)).OfType<T>();

    private T? Read<T>(Document? document, Func<Document, T?> read)
        where T : class
    {
        if (document is null)
            return null;
        try
        {
            if (read(document) is { } value)
                return value;
            LogNotUnderstood(logger, null, document.Kind, document.Id);
        }
        catch (Exception error)
        {
            LogNotUnderstood(logger, error, document.Kind, document.Id);
        }
        return null;
    }

    /// <summary>
    /// Stores each beacon once, under the one form of its id; earlier versions took every spelling for a beacon of its own.
    /// </summary>
    private async Task<List<Document>> SpellOnceAsync(List<Document> stored)
    {
        List<Document> beacons = [.. stored];
        foreach (BeaconSpellings spelled in BeaconSpellings.Among(stored))
        {
            beacons.RemoveAll(document => document == spelled.Kept || spelled.LeftOut.Contains(document));
            if (Read(spelled.Kept, _ => spelled.Respelled()) is not { } respelled)
                continue;
            beacons.Add(respelled);
            CommitUnit unit = new();
            unit.Effects.AddRange(spelled.Effects());
            await committer.CommitAsync(unit);
            LogSpelledOnce(logger, spelled.Id, spelled.Kept.Id, string.Join(", ", spelled.LeftOut.Select(document => document.Id)));
        }
        return beacons;
    }

    private async Task<IEnumerable<Fence>> AllFencesAsync(CancellationToken cancellationToken) =>
        Read(await AllAsync(DocumentKind.Fence, cancellationToken), ReadFence);

    private async Task<List<Document>> AllAsync(DocumentKind kind, CancellationToken cancellationToken)
    {
        List<Document> all = [];
        string? cursor = null;
        do
        {
            Page<Document> page = await documents.ListAsync(kind, new PageRequest(cursor, PageRequest.MaximumLimit), cancellationToken);
            all.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    // Whoever looks for a model does so by the document's id.
    private static DeviceModel? ReadModel(Document document) =>
        DeviceModelReader.Read(document.Json).Model is { } model && model.Id == document.Id ? model : null;

    private Fence? ReadFence(Document document) => fences.Read(document.Id, document.Json);

    private static Campaign? ReadCampaign(Document document)
    {
        using JsonDocument json = JsonDocument.Parse(document.Json);
        return CampaignParser.Read(document.Id, json.RootElement).Value;
    }

    private static Channel? ReadChannel(Document document) =>
        JsonSerializer.Deserialize<Channel>(document.Json, OmniJson.Options) is { } channel && ChannelKinds.All.ContainsKey(channel.Type)
            ? channel with
            {
                Id = document.Id,
                Version = document.Version,
            }
            : null;

    private static Site? ReadSite(Document document) =>
        JsonSerializer.Deserialize<SiteDocument>(document.Json, OmniJson.Options) is { } site
            ? new Site(document.Id, site.Name ?? document.Id)
            : null;

    private static Beacon? ReadBeacon(Document document) =>
        JsonSerializer.Deserialize<BeaconDocument>(document.Json, OmniJson.Options) is { SiteId: { } siteId } beacon
            ? new Beacon(BeaconId.Canonical(document.Id), siteId, beacon.Name, beacon.Zone)
            : null;

    private sealed record SiteDocument(string? Name);

    private sealed record BeaconDocument(string? SiteId, string? Name, string? Zone);

    [LoggerMessage(1301, LogLevel.Error, "The stored {Kind} '{Id}' is not understood and has no effect.")]
    private static partial void LogNotUnderstood(ILogger logger, Exception? error, DocumentKind kind, string id);

    [LoggerMessage(
        1302,
        LogLevel.Warning,
        "The beacon '{Id}' was stored under other spellings: what '{Kept}' says holds and was stored under the one form, '{LeftOut}' is removed."
    )]
    private static partial void LogSpelledOnce(ILogger logger, string id, string kept, string leftOut);
}
