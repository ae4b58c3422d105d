using Microsoft.Extensions.Hosting;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Catalogs;
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

    /// <summary>Changes that are read in one go: whoever puts a document waits for them.</summary>
    private const int AtOnce = 1000;

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
        await CatchUpAsync(cancellationToken);
        if (ReferenceEquals(catalog.Current.Fences, _tidied) && _version == _saved)
            return;
        FenceIndex merged = await catalog.MergeFencesAsync(cancellationToken);
        stored.Save(merged, _version);
        (_tidied, _saved) = (merged, _version);
    }

    /// <summary>Whatever was committed takes effect here once more, if it did not: the file says up to which number it holds all.</summary>
    private async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await stored.AfterAsync(_version, AtOnce, cancellationToken) is { Count: > 0 } changes)
        {
            WrittenFence[] fences =
            [
                .. changes
                    .Where(change => change.Kind == DocumentKind.Fence)
                    .Select(change => change.Id)
                    .Distinct(StringComparer.Ordinal)
                    .Select(id => new WrittenFence(id, null)),
            ];
            await catalog.RefreshFencesAsync(fences, cancellationToken);
            _version = changes[^1].Version;
        }
    }
}
