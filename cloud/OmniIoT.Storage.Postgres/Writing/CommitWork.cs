using Npgsql;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>One try at one commit: its connection, what is to be sent, and what is gathered table by table.</summary>
internal sealed class CommitWork(NpgsqlConnection connection)
{
    private readonly SortedDictionary<string, TableBuffer> _buffers = new(StringComparer.Ordinal);

    public Pipeline Batch { get; } = new(connection);

    public TableBuffer this[Table table]
    {
        get
        {
            if (!_buffers.TryGetValue(table.Name, out TableBuffer? buffer))
                _buffers[table.Name] = buffer = new TableBuffer(table, Batch);
            return buffer;
        }
    }

    /// <summary>Hands all that was gathered so far to the batch, table by table in one order for all processes.</summary>
    public void Drain()
    {
        foreach (TableBuffer buffer in _buffers.Values)
            buffer.Drain();
    }

    /// <summary>Sends all that was gathered so far; it stays within the transaction.</summary>
    public void Send()
    {
        Drain();
        Batch.Send();
    }

    /// <summary>Reads what is true after all that was gathered so far.</summary>
    public List<T> Read<T>(string sql, IReadOnlyList<object> parameters, Func<NpgsqlDataReader, T> read)
    {
        Send();
        return connection.Read(sql, parameters, read);
    }

    /// <summary>Reads the stored records of a customer.</summary>
    public List<T> ReadRecords<T>(string sql, string customerId) =>
        Read(sql, [customerId], static row => Json.Read<T>(row.GetFieldValue<byte[]>(0)));
}
