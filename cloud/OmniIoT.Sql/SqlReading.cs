namespace OmniIoT.Sql;

/// <summary>Results of usual shapes.</summary>
internal static class SqlReading
{
    /// <summary>Stored records, in the first column.</summary>
    public static ValueTask<IReadOnlyList<T>> AllAsync<T>(
        this ISqlReader sql,
        string query,
        IReadOnlyList<object> parameters,
        CancellationToken cancellationToken
    ) => sql.ReadAsync(query, parameters, static row => Json.Read<T>(row.Bytes(0)), cancellationToken);

    /// <summary>The first row; null when there is none.</summary>
    public static async ValueTask<T?> FirstAsync<T>(
        this ISqlReader sql,
        string query,
        IReadOnlyList<object> parameters,
        Func<IRow, T> read,
        CancellationToken cancellationToken
    )
        where T : class => await sql.ReadAsync(query, parameters, read, cancellationToken) is [T first, ..] ? first : null;

    /// <summary>The stored record of the first row; null when there is none.</summary>
    public static ValueTask<T?> FirstAsync<T>(
        this ISqlReader sql,
        string query,
        IReadOnlyList<object> parameters,
        CancellationToken cancellationToken
    )
        where T : class => sql.FirstAsync(query, parameters, static row => Json.Read<T>(row.Bytes(0)), cancellationToken);

    /// <summary>The number of a query that always has one row.</summary>
    public static async ValueTask<long> NumberAsync(
        this ISqlReader sql,
        string query,
        IReadOnlyList<object> parameters,
        CancellationToken cancellationToken
    ) => (await sql.ReadAsync(query, parameters, static row => row.Int64(0), cancellationToken))[0];
}
