using OmniIoT.Ports.Commit;

namespace OmniIoT.Sql;

/// <summary>
/// Runs queries in the words that every engine here understands. Parameters are <c>$1</c>, <c>$2</c>, …, first mentioned in order,
/// and are texts or whole numbers.
/// </summary>
internal interface ISqlReader
{
    /// <summary>All rows of a query, which sees whole commits only.</summary>
    /// <exception cref="StorageUnavailableException">The engine cannot be asked now.</exception>
    ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string query,
        IReadOnlyList<object> parameters,
        Func<IRow, T> read,
        CancellationToken cancellationToken
    );
}
