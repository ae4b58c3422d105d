using System.Data;
using Npgsql;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Postgres;

/// <summary>
/// Connections to one database, pooled, with statements prepared as they repeat. Whatever the engine's surroundings cause comes
/// out as <see cref="StorageUnavailableException"/>; the pool drops a broken connection by itself. Safe for concurrent use.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>Filters combine to many texts; those used least are given up.</summary>
    private const int PreparedStatements = 200;

    /// <summary>
    /// A process that hangs within a transaction keeps its locks, and with them the others from going on, no longer than this.
    /// </summary>
    private const int IdleInTransactionMilliseconds = 5_000;

    private readonly NpgsqlDataSource _source;

    public Database(string connectionString, int maxConnections, string applicationName)
    {
        // First, so that whoever wants Kerberos may say so: looking for it complains where its library is missing.
        NpgsqlConnectionStringBuilder settings = new("GSS Encryption Mode=Disable;" + connectionString)
        {
            MaxPoolSize = maxConnections,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            ApplicationName = applicationName,
        };
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout={IdleInTransactionMilliseconds}".Trim();
        Name = $"{settings.Database} on {settings.Host}:{settings.Port}";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>For messages: which database it is, without its secrets.</summary>
    public string Name { get; }

    /// <summary>Runs work on a connection of its own.</summary>
    /// <exception cref="StorageUnavailableException">The database is away, or the connection was lost.</exception>
    public T Do<T>(Func<NpgsqlConnection, T> work)
    {
        try
        {
            using NpgsqlConnection connection = _source.OpenConnection();
            return work(connection);
        }
        catch (NpgsqlException error) when (Failures.IsOfSurroundings(error))
        {
            throw Unavailable(error);
        }
    }

    /// <inheritdoc cref="Do{T}"/>
    public async ValueTask<T> DoAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (NpgsqlException error) when (Failures.IsOfSurroundings(error))
        {
            throw Unavailable(error);
        }
    }

    /// <summary>
    /// Runs work that only reads. A connection that broke while it waited in the pool is found out by whoever uses it next: the work is
    /// then done once more, on a fresh one.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database is away, or fresh connections are lost as well.</exception>
    public async ValueTask<T> QueryAsync<T>(Func<NpgsqlConnection, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            return await DoAsync(query, cancellationToken);
        }
        catch (StorageUnavailableException lost) when (lost.InnerException is NpgsqlException error && Failures.IsBrokenConnection(error))
        {
            return await DoAsync(query, cancellationToken);
        }
    }

    /// <summary>Runs work in a transaction, which is rolled back when the work fails, and done again when it met another's.</summary>
    public T InTransaction<T>(Func<NpgsqlConnection, T> work) =>
        Do(connection =>
            Failures.Retry(() =>
            {
                using NpgsqlTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
                T result = work(connection);
                transaction.Commit();
                return result;
            })
        );

    /// <summary>All rows of a query.</summary>
    public ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql,
        IReadOnlyList<object> parameters,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    ) =>
        QueryAsync<IReadOnlyList<T>>(
            async connection =>
            {
                await using NpgsqlCommand command = connection.Command(sql, parameters);
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                List<T> rows = [];
                while (await reader.ReadAsync(cancellationToken))
                    rows.Add(read(reader));
                return rows;
            },
            cancellationToken
        );

    public void Dispose() => _source.Dispose();

    /// <summary>When a connection was lost, the idle ones are lost as well: the next call opens a fresh one.</summary>
    private StorageUnavailableException Unavailable(NpgsqlException error)
    {
        if (error is not PostgresException || Failures.IsBrokenConnection(error))
            _source.Clear();
        return Failures.Unavailable(error);
    }
}
