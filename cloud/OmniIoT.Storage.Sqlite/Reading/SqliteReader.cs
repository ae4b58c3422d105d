using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

/// <summary>Queries that every engine understands, run on the embedded one, on the caller's thread.</summary>
internal sealed class SqliteReader(ReaderPool readers) : ISqlReader
{
    public ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string query,
        IReadOnlyList<object> parameters,
        Func<IRow, T> read,
        CancellationToken cancellationToken
    ) =>
        new(
            readers.Read(connection =>
            {
                Statement statement = connection.Prepare(query);
                foreach (object parameter in parameters)
                {
                    if (parameter is long number)
                        statement.Bind(number);
                    else
                        statement.Bind((string)parameter);
                }
                StatementRow row = new(statement);
                return statement.ReadAll(_ => read(row));
            })
        );

    private sealed class StatementRow(Statement statement) : IRow
    {
        public bool IsNull(int column) => statement.IsNull(column);

        public long Int64(int column) => statement.Int64(column);

        public string Text(int column) => statement.Text(column);

        public ReadOnlySpan<byte> Bytes(int column) => statement.Bytes(column);
    }
}
