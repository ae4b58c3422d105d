namespace OmniIoT.Sql.Reading;

/// <summary>Names of many things with one query.</summary>
internal static class Names
{
    /// <param name="query">Gives id and name; ends before the values of the <c>IN</c> that ends it.</param>
    public static async ValueTask<IReadOnlyDictionary<string, string>> OfAsync(
        ISqlReader sql,
        string query,
        IReadOnlyCollection<string> ids,
        Func<IRow, string?> name,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
            return new Dictionary<string, string>();
        string places = string.Join(", ", ids.Select((_, i) => $"${i + 1}"));
        IReadOnlyList<(string Id, string? Name)> rows = await sql.ReadAsync(
            $"{query} IN ({places})",
            [.. ids],
            row => (row.Text(0), name(row)),
            cancellationToken
        );
        return rows.Where(row => row.Name is not null).ToDictionary(row => row.Id, row => row.Name!);
    }
}
