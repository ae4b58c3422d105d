using OmniIoT.Domain.Search;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

/// <summary>Customers by what people know of them; whoever was merged is one person with all they were merged with.</summary>
internal static class NamedCustomer
{
    /// <summary>A condition on a row of customers: it was not merged away.</summary>
    public const string IsSurvivor = "NOT EXISTS (SELECT 1 FROM merges WHERE merges.id = customers.id)";

    /// <summary>All ids of the person whose id is in the column <c>customer_id</c>.</summary>
    private const string Person = """
        SELECT customer_id UNION SELECT survivor_id FROM merges WHERE id = customer_id
            UNION SELECT id FROM merges WHERE survivor_id = customer_id
            UNION SELECT other.id FROM merges own JOIN merges other ON other.survivor_id = own.survivor_id WHERE own.id = customer_id
        """;

    /// <summary>A condition on the column <c>customer_id</c>: that the person is named by a word.</summary>
    public static async ValueTask<string> ByAsync(
        ITextIndex text,
        Select select,
        IReadOnlyList<string> ways,
        CancellationToken cancellationToken
    ) =>
        await IdsAsync(text, select, ways, cancellationToken) is { } named
            ? $"customer_id IN ({named})"
            : $"EXISTS (SELECT 1 FROM customers c WHERE c.id IN ({Person}) AND {text.Says(select, "c.search", ways)})";

    /// <summary>A query for all ids of persons who are named by a word; null where they are many.</summary>
    public static async ValueTask<string?> IdsAsync(
        ITextIndex text,
        Select select,
        IReadOnlyList<string> ways,
        CancellationToken cancellationToken
    )
    {
        if (await text.IdsAsync(select, Searched.Customers, new SearchQuery([ways]), cancellationToken) is not { } named)
            return null;
        string answering = $"{named} UNION SELECT survivor_id FROM merges WHERE id IN ({named})";
        return $"{answering} UNION SELECT id FROM merges WHERE survivor_id IN ({answering})";
    }

    /// <summary>A condition on a row of customers that was not merged away: that every word names the person.</summary>
    public static async ValueTask<string> SurvivorAsync(
        ITextIndex text,
        Select select,
        SearchQuery query,
        CancellationToken cancellationToken
    )
    {
        string? ids = await text.IdsAsync(select, Searched.Customers, query, cancellationToken);
        string itself = ids is null ? string.Join(" AND ", query.Words.Select(ways => text.Says(select, "search", ways))) : "";
        string merged = string.Join(" AND ", query.Words.Select(ways => text.Says(select, "c.search", ways)));
        string others = $"SELECT m.survivor_id FROM merges m JOIN customers c ON c.id = m.id WHERE {merged}";
        return ids is null ? $"(({itself}) OR id IN ({others}))" : $"id IN ({ids} UNION {others})";
    }
}
