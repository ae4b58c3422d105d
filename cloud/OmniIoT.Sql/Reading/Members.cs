namespace OmniIoT.Sql.Reading;

/// <summary>Which ids are meant when a customer is named.</summary>
internal static class Members
{
    /// <summary>All ids of the person that the id belongs to, the survivor's first; null when none is given.</summary>
    public static async ValueTask<IReadOnlyList<string>?> OfAsync(ISqlReader sql, string? customerId, CancellationToken cancellationToken)
    {
        if (customerId is null)
            return null;
        string survivor =
            await sql.FirstAsync("SELECT survivor_id FROM merges WHERE id = $1", [customerId], static row => row.Text(0), cancellationToken)
            ?? customerId;
        IReadOnlyList<string> absorbed = await sql.ReadAsync(
            "SELECT id FROM merges WHERE survivor_id = $1 ORDER BY id",
            [survivor],
            static row => row.Text(0),
            cancellationToken
        );
        return [survivor, .. absorbed];
    }
}
