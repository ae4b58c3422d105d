using Microsoft.Extensions.Hosting;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Grains.Catalogs;

/// <summary>
/// Makes one pack of the fences after changes, and writes it to its file, beside all that goes on: once soon after a start, then at most
/// once each <see cref="Interval"/>.
/// </summary>
public sealed class FenceTidying(CatalogKeeper catalog, StoredFences stored, BackgroundLoops loops) : BackgroundService
{
    /// <summary>A million fences cost some seconds of CPU each time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private FenceIndex? _tidied;
    private long _saved = -1;
    private long _version;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _version = stored.Version;
        return loops.RunEveryAsync(Interval, PartNames.Cluster, "tidying the fences", TidyAsync, stoppingToken);
    }

    private async ValueTask TidyAsync(CancellationToken cancellationToken)
    {
        // A change takes effect a moment after its commit: the number of a whole round ago is one that all of has taken effect.
        long version = _version;
        _version = await stored.LastAsync(cancellationToken);
        if (ReferenceEquals(catalog.Current.Fences, _tidied) && version == _saved)
            return;
        FenceIndex merged = await catalog.MergeFencesAsync(cancellationToken);
        stored.Save(merged, version);
        (_tidied, _saved) = (merged, version);
    }
}
