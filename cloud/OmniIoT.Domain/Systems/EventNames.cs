using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Systems;

/// <summary>What changes are called: kinds of the timeline and of records, or all that begin with the same word (<c>case.*</c>).</summary>
public static class EventNames
{
    private const string AnyEnd = ".*";

    /// <summary>Records that change, as the event stream calls them.</summary>
    private static readonly string[] Records = ["alarm", "case", "conversation", "decision", "message", "offer", "visit"];

    /// <summary>Every kind of change.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Records, .. TimelineKind.All];

    /// <summary>Every kind, and every pattern that some of them match.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Kinds, .. TimelineKind.All.Select(static kind => kind[..kind.IndexOf('.', StringComparison.Ordinal)] + AnyEnd).Distinct()];

    /// <summary>The kinds that some of these names mean; none mean all.</summary>
    /// <param name="names">Of <see cref="All"/>.</param>
    public static IEnumerable<string> KindsOf(IReadOnlyList<string> names) =>
        names.Count == 0 ? Kinds : Kinds.Where(kind => names.Any(name => Matches(name, kind)));

    private static bool Matches(string name, string kind) =>
        name.EndsWith(AnyEnd, StringComparison.Ordinal) ? kind.StartsWith(name[..^1], StringComparison.Ordinal) : name == kind;
}
