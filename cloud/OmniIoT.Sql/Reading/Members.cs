namespace OmniIoT.Sql.Reading;

/// <summary>Which ids are meant when a customer is named.</summary>
internal static class Members
{
    /// <summary>All ids of the person that the id belongs to, the survivor's first; null when none is given.</summary>
    public static async ValueTask<IReadOnlyList<string>?> OfAsync(ISqlReader sql, string? customerId, CancellationToken cancellationToken)
    {
        if (customerId is null)
            return null;
        // Nearly nobody was merged: one question for all that there is to know.
        IReadOnlyList<(string Survivor, string Absorbed)> merges = await sql.ReadAsync(
            """
            SELECT survivor_id, id FROM merges
            WHERE survivor_id = $1 OR survivor_id = (SELECT survivor_id FROM merges WHERE id = $1) ORDER BY id
            """,
            [customerId],
            static row => (row.Text(0), row.Text(1)),
            cancellationToken
        );
        return merges.Count == 0 ? [customerId] : [merges[0].Survivor, .. merges.Select(static merge => merge.Absorbed)];
    }
}
