using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

/// <summary>
/// Which rows lie within somebody's <see cref="Bounds"/>: the one place that says it, for lists, counts, search and single things alike.
/// The conditions name the columns of the table that is read by the table's name.
/// </summary>
internal static class BoundRows
{
    /// <summary>Null does not restrict.</summary>
    public static Select Within(this Select select, BoundKind kind, Bounds? bounds) =>
        bounds is null ? select : select.Where(Condition(select, kind, bounds));

    private static string Condition(Select select, BoundKind kind, Bounds bounds) =>
        kind switch
        {
            BoundKind.Alarm => $"alarms.device_id IN (SELECT devices.id FROM devices WHERE {Devices(select, bounds)})",
            BoundKind.Callback => CallBacks(select, bounds),
            BoundKind.Case => Cases(select, bounds),
            BoundKind.Conversation => Conversations(select, bounds),
            BoundKind.Customer => $"customers.id IN (SELECT person FROM ({Survivors(Owners(select, bounds))}) AS persons)",
            BoundKind.Device => Devices(select, bounds),
            BoundKind.Fence or BoundKind.Beacon => bounds.Sites is { } sites ? $"documents.site_id IN ({Values(select, sites)})" : "1 = 1",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };

    private static string Devices(Select select, Bounds bounds) =>
        bounds.Sites is { } sites
            ? $"devices.site_id IN ({Values(select, sites)})"
            : $"devices.id IN (SELECT cases.device_id FROM cases WHERE cases.queue IN ({Values(select, bounds.Queues!)}))";

    private static string Cases(Select select, Bounds bounds)
    {
        List<string> conditions = [];
        if (bounds.Queues is { } queues)
            conditions.Add($"cases.queue IN ({Values(select, queues)})");
        if (bounds.Sites is { } sites)
            conditions.Add(
                $"(cases.device_id IN (SELECT devices.id FROM devices WHERE devices.site_id IN ({Values(select, sites)}))"
                    + $" OR (cases.device_id IS NULL AND cases.customer_id IN ({PersonsAt(select, sites)})))"
            );
        return string.Join(" AND ", conditions);
    }

    /// <summary>By their queue, and by whose they are.</summary>
    private static string CallBacks(Select select, Bounds bounds)
    {
        List<string> conditions = [];
        if (bounds.Queues is { } queues)
            conditions.Add($"callbacks.queue IN ({Values(select, queues)})");
        if (bounds.Sites is { } sites)
            conditions.Add($"callbacks.customer_id IN ({PersonsAt(select, sites)})");
        return string.Join(" AND ", conditions);
    }

    private static string Conversations(Select select, Bounds bounds)
    {
        List<string> conditions = [];
        if (bounds.Queues is { } queues)
            conditions.Add($"conversations.queue IN ({Values(select, queues)})");
        if (bounds.Sites is { } sites)
            conditions.Add($"conversations.customer_id IN ({PersonsAt(select, sites)})");
        return string.Join(" AND ", conditions);
    }

    /// <summary>All ids of those who own something at the sites.</summary>
    private static string PersonsAt(Select select, IReadOnlyList<string> sites)
    {
        string survivors = Survivors($"SELECT devices.customer_id FROM devices WHERE devices.site_id IN ({Values(select, sites)})");
        return $"SELECT person FROM ({survivors}) AS persons"
            + $" UNION SELECT merges.id FROM merges WHERE merges.survivor_id IN (SELECT person FROM ({survivors}) AS persons)";
    }

    /// <summary>Whose something within is, by the ids that were written.</summary>
    private static string Owners(Select select, Bounds bounds) =>
        $"SELECT devices.customer_id FROM devices WHERE {Devices(select, bounds)}"
        + $" UNION SELECT cases.customer_id FROM cases WHERE {Cases(select, bounds)}"
        + $" UNION SELECT conversations.customer_id FROM conversations WHERE {Conversations(select, bounds)}";

    /// <summary>Who answers for the ids of customers that a query finds.</summary>
    private static string Survivors(string selecting) =>
        "SELECT coalesce(merges.survivor_id, owners.customer_id) AS person"
        + $" FROM ({selecting}) AS owners LEFT JOIN merges ON merges.id = owners.customer_id WHERE owners.customer_id IS NOT NULL";

    private static string Values(Select select, IReadOnlyList<string> values) => string.Join(", ", values.Select(select.Parameter));

    /// <summary>The table and, for documents, the kind that is meant.</summary>
    public static (string Table, DocumentKind? Kind) Of(BoundKind kind) =>
        kind switch
        {
            BoundKind.Alarm => ("alarms", null),
            BoundKind.Callback => ("callbacks", null),
            BoundKind.Case => ("cases", null),
            BoundKind.Conversation => ("conversations", null),
            BoundKind.Customer => ("customers", null),
            BoundKind.Device => ("devices", null),
            BoundKind.Fence => ("documents", DocumentKind.Fence),
            BoundKind.Beacon => ("documents", DocumentKind.Beacon),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };
}
