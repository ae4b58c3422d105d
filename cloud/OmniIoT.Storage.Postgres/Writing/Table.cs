namespace OmniIoT.Storage.Postgres.Writing;

internal enum ColumnType
{
    Text,
    Number,
    Bytes,
}

internal sealed record Column(string Name, ColumnType Type)
{
    public string ArrayType =>
        Type switch
        {
            ColumnType.Text => "text[]",
            ColumnType.Number => "bigint[]",
            _ => "bytea[]",
        };
}

/// <summary>A table that is written many rows at once: each column is one parameter, an array.</summary>
internal sealed class Table
{
    private readonly string _put;

    /// <param name="keys">How many of the columns, from the first on, are the key.</param>
    /// <param name="columns">Names; those of numbers begin with <c>#</c>, those of bytes with <c>@</c>.</param>
    public Table(string name, int keys, params IEnumerable<string> columns)
    {
        Name = name;
        Columns = [.. columns.Select(Parse)];
        Keys = [.. Columns.Take(keys)];
        string all = Names(Columns),
            key = Names(Keys);
        string insert = $"INSERT INTO {name} ({all}) SELECT * FROM {Arrays(Columns)}";
        Append = $"{insert} ON CONFLICT ({key}) DO NOTHING RETURNING {Keys[0].Name}";
        string assignments = string.Join(", ", Columns.Skip(keys).Select(column => $"{column.Name} = excluded.{column.Name}"));
        _put = $"{insert} ON CONFLICT ({key}) DO {(assignments.Length == 0 ? "NOTHING" : $"UPDATE SET {assignments}")}";
        string same = string.Join(" AND ", Keys.Select(column => $"{name}.{column.Name} = gone.{column.Name}"));
        Delete = $"DELETE FROM {name} USING {Arrays(Keys)} AS gone ({key}) WHERE {same}";
    }

    public string Name { get; }

    public IReadOnlyList<Column> Columns { get; }

    public IReadOnlyList<Column> Keys { get; }

    /// <summary>Creates rows or replaces them by key.</summary>
    public string Put => PutWhere is null ? _put : $"{_put} WHERE {PutWhere}";

    /// <summary>Which rows may be replaced; null: all.</summary>
    public string? PutWhere { get; init; }

    /// <summary>Creates the rows whose key is new, and returns the first column of their keys.</summary>
    public string Append { get; }

    /// <summary>Deletes rows by key.</summary>
    public string Delete { get; }

    private static Column Parse(string column) =>
        column[0] switch
        {
            '#' => new Column(column[1..], ColumnType.Number),
            '@' => new Column(column[1..], ColumnType.Bytes),
            _ => new Column(column, ColumnType.Text),
        };

    private static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static string Arrays(IEnumerable<Column> columns) =>
        $"unnest({string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.ArrayType}"))})";
}
