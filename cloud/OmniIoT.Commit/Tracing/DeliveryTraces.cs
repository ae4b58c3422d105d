using System.Collections.Concurrent;
using System.Diagnostics;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Commit.Tracing;

/// <summary>
/// Which trace a row comes from that waits to be delivered. Kept in memory, the latest only: what another process or an earlier run
/// left is delivered without.
/// </summary>
internal sealed class DeliveryTraces
{
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<string, ActivityContext> _origins = [];
    private readonly ConcurrentQueue<string> _oldest = [];

    /// <summary>Belongs before the commit: once it is durable, its rows may be delivered at any moment.</summary>
    public void Note(List<CommitUnit> units)
    {
        foreach (CommitUnit unit in units)
        {
            if (unit.Trace != default)
                Note(unit);
        }
    }

    /// <summary>The span of delivering the row; null when it comes from no trace.</summary>
    public Activity? Begin(string rowId) =>
        _origins.TryRemove(rowId, out ActivityContext origin) ? OmniTracing.Begin("deliver", ActivityKind.Producer, origin) : null;

    private void Note(CommitUnit unit)
    {
        foreach (Effect effect in unit.Effects)
        {
            if (effect is Enqueue { Downlink.Id: var downlink })
                Note(downlink, unit.Trace);
            else if (effect is Tell { Letter.Id: var letter })
                Note(letter, unit.Trace);
        }
    }

    private void Note(string rowId, ActivityContext origin)
    {
        _origins[rowId] = origin;
        _oldest.Enqueue(rowId);
        if (_oldest.Count > Kept && _oldest.TryDequeue(out string? oldest))
            _origins.TryRemove(oldest, out _);
    }
}
