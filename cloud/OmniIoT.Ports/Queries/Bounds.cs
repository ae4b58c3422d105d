namespace OmniIoT.Ports.Queries;

/// <summary>
/// What somebody is limited to. Queues bound cases and conversations, sites bound devices and places; what has none of its own goes
/// with what it belongs to: an alarm with its device, a case or conversation with its device's site or else its customer's, a device
/// with its cases where only queues are named, a customer with any device, case or conversation of theirs that is within.
/// </summary>
/// <param name="Queues">Names, at least one; null: queues do not bound.</param>
/// <param name="Sites">Ids, at least one; null: sites do not bound.</param>
public sealed record Bounds(IReadOnlyList<string>? Queues, IReadOnlyList<string>? Sites)
{
    /// <summary>More than a person looks after, and few enough for a query.</summary>
    public const int MaximumCount = 200;

    /// <summary>Null when nothing bounds: a list without names is none.</summary>
    public static Bounds? Of(IReadOnlyList<string>? queues, IReadOnlyList<string>? sites) =>
        queues is { Count: > 0 } || sites is { Count: > 0 } ? new Bounds(Sorted(queues), Sorted(sites)) : null;

    /// <summary>Whether queues bound, and this is one of them.</summary>
    public bool HasQueue(string queue) => Queues?.Contains(queue) == true;

    /// <summary>Whether sites bound, and this is one of them.</summary>
    public bool HasSite(string? siteId) => siteId is not null && Sites?.Contains(siteId) == true;

    public bool Equals(Bounds? other) => other is not null && Same(Queues, other.Queues) && Same(Sites, other.Sites);

    public override int GetHashCode() => HashCode.Combine(Queues?.Count, Sites?.Count);

    private static bool Same(IReadOnlyList<string>? a, IReadOnlyList<string>? b) =>
        a is null || b is null ? a is null && b is null : a.SequenceEqual(b, StringComparer.Ordinal);

    private static string[]? Sorted(IReadOnlyList<string>? names) =>
        names is { Count: > 0 } ? [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : null;
}
