using Npgsql;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Reading;

/// <summary>Queries that every engine understands, run on this one.</summary>
internal sealed class PostgresReader(Database database) : ISqlReader
{
    public ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string query,
        IReadOnlyList<object> parameters,
        Func<IRow, T> read,
        CancellationToken cancellationToken
    ) => database.ReadAsync(query, parameters, reader => read(new ReaderRow(reader)), cancellationToken);

    private sealed class ReaderRow(NpgsqlDataReader reader) : IRow
    {
        public bool IsNull(int column) => reader.IsDBNull(column);

        public long Int64(int column) => reader.GetInt64(column);

        public string Text(int column) => reader.GetString(column);

        public ReadOnlySpan<byte> Bytes(int column) => reader.GetFieldValue<byte[]>(column);
    }
}
