using System.Diagnostics;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Ports.Tracing;

/// <summary>
/// The spans of the platform: <c>receive</c> (a burst of messages, until it is acknowledged) ⊃ <c>turn</c> (with the event
/// <c>case opened</c>) ⊃ <c>commit</c> and <c>deliver</c>. Whoever shows them listens to the source <see cref="SourceName"/>; while
/// nobody does, nothing is created.
/// </summary>
public static class OmniTracing
{
    public const string SourceName = "OmniIoT";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// Begins a span that any thread may <see cref="End"/>; it never becomes the current one, because what it measures changes threads.
    /// </summary>
    /// <param name="parent">Default: a trace begins here.</param>
    /// <returns>Null when nobody listens, or the trace is not sampled.</returns>
    public static Activity? Begin(string name, ActivityKind kind, ActivityContext parent = default, IEnumerable<ActivityLink>? links = null)
    {
        if (!Source.HasListeners())
            return null;
        Activity? current = Activity.Current;
        Activity.Current = null; // A connection's own request, or whoever's thread this is, did not cause it.
        Activity? span = Source.StartActivity(name, kind, parent, tags: null, links);
        Activity.Current = current;
        return span is { Recorded: true } ? span : null;
    }

    public static void End(this Activity span)
    {
        Activity? current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }

    /// <summary>As W3C's <c>traceparent</c>; null for none.</summary>
    public static string? Write(ActivityContext span) =>
        span == default ? null : $"00-{span.TraceId}-{span.SpanId}-{(byte)span.TraceFlags:x2}";

    /// <summary>What <see cref="Write"/> wrote; default for null.</summary>
    public static ActivityContext Read(string? span) =>
        ActivityContext.TryParse(span, traceState: null, isRemote: true, out ActivityContext read) ? read : default;

    public static void CaseOpened(this Activity span, Case opened) =>
        span.AddEvent(
            new ActivityEvent(
                "case opened",
                tags: new ActivityTagsCollection { ["omniiot.case.id"] = opened.Id, ["omniiot.case.number"] = opened.Number }
            )
        );
}
