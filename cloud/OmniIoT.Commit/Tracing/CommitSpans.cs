using System.Diagnostics;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Commit.Tracing;

/// <summary>One commit, as each of the traces sees it whose units are in it.</summary>
internal readonly struct CommitSpans : IDisposable
{
    private readonly List<Activity>? _spans;

    private CommitSpans(List<Activity>? spans) => _spans = spans;

    public static CommitSpans Begin(List<CommitUnit> units)
    {
        List<Activity>? spans = null;
        foreach (CommitUnit unit in units)
        {
            if (unit.Trace == default || OmniTracing.Begin("commit", ActivityKind.Internal, unit.Trace) is not { } span)
                continue;
            span.SetTag("omniiot.commit.units", units.Count);
            (spans ??= []).Add(span);
        }
        return new CommitSpans(spans);
    }

    public void Dispose()
    {
        foreach (Activity span in _spans ?? [])
            span.End();
    }
}
