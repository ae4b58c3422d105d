using Npgsql;

namespace OmniIoT.Postgres;

/// <summary>
/// Statements of one transaction, sent together and answered together, as often as something must be known before going on. Used by one
/// thread at a time.
/// </summary>
internal sealed class Pipeline(NpgsqlConnection connection)
{
    private List<(string Sql, object[] Parameters, Action<NpgsqlDataReader>? OnRow)> _statements = [];

    public void Add(string sql, params object[] parameters) => _statements.Add((sql, parameters, null));

    /// <summary>Adds a statement that answers rows.</summary>
    public void Add(string sql, object[] parameters, Action<NpgsqlDataReader> onRow) => _statements.Add((sql, parameters, onRow));

    /// <summary>Sends what was added.</summary>
    public void Send()
    {
        if (_statements.Count == 0)
            return;
        (List<(string Sql, object[] Parameters, Action<NpgsqlDataReader>? OnRow)> sent, _statements) = (_statements, []);
        using NpgsqlBatch batch = new(connection);
        foreach ((string sql, object[] parameters, _) in sent)
            batch.Add(sql, parameters);
        using NpgsqlDataReader reader = batch.ExecuteReader();
        // Statements without rows have no result of their own.
        foreach (Action<NpgsqlDataReader> onRow in sent.Select(statement => statement.OnRow).OfType<Action<NpgsqlDataReader>>())
        {
            while (reader.Read())
                onRow(reader);
            reader.NextResult();
        }
    }
}
