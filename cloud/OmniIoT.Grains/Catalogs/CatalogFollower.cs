using Microsoft.Extensions.Hosting;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Grains.Catalogs;

/// <summary>
/// Brings what other processes changed into this one's catalog, within <see cref="Interval"/> and the time it takes. Starts before the
/// catalog is loaded, so that nothing falls between.
/// </summary>
public sealed class CatalogFollower(ICatalogLog log, ICatalog catalog, IEnumerable<IDocumentWatcher> watchers, BackgroundLoops loops)
    : BackgroundService
{
    private const int AtOnce = 1000;

    /// <summary>By contract what is put acts everywhere within 1 s.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private long _version;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _version = await log.LastAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Interval, PartNames.Cluster, "following the catalog", FollowAsync, stoppingToken);

    private async ValueTask FollowAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CatalogChange> changes;
        do
        {
            changes = await log.AfterAsync(_version, AtOnce, cancellationToken);
            foreach (CatalogChange change in changes.DistinctBy(change => (change.Kind, change.Id)))
                await TakeAsync(change, cancellationToken);
            if (changes.Count > 0)
                _version = changes[^1].Version;
        } while (changes.Count == AtOnce);
    }

    private ValueTask TakeAsync(CatalogChange change, CancellationToken cancellationToken)
    {
        if (change.Kind is not { } kind)
            return catalog.RefreshMergesAsync(cancellationToken);
        foreach (IDocumentWatcher watcher in watchers)
            watcher.Changed(kind, change.Id);
        return catalog.RefreshAsync(kind, change.Id, cancellationToken);
    }
}
