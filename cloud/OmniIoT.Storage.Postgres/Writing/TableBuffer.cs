using System.Runtime.InteropServices;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// What a commit does to one table: the last word on each key, sent as one statement for all rows to delete and one for all rows to
/// write. Rows go in the order of their keys, so that two processes that write the same rows wait for each other and do not lock
/// each other out.
/// </summary>
internal sealed class TableBuffer(Table table, Pipeline batch)
{
    private readonly SortedDictionary<Key, object?[]> _puts = [];
    private readonly SortedDictionary<Key, object?[]> _appends = [];
    private readonly SortedSet<Key> _deletes = [];
    private HashSet<string> _added = new(StringComparer.Ordinal);

    /// <summary>Creates or replaces a row.</summary>
    /// <param name="row">Texts, whole numbers (long) and bytes, in the order of the table's columns.</param>
    public void Put(params object?[] row) => _puts[Key.Of(table, row)] = row;

    /// <summary>Creates a row unless its key is there.</summary>
    /// <returns>Null when the commit has it already.</returns>
    public NewRow? Append(params object?[] row) => _appends.TryAdd(Key.Of(table, row), row) ? new NewRow(_added, (string)row[0]!) : null;

    public void Delete(params object?[] key)
    {
        Key of = Key.Of(table, key);
        _puts.Remove(of);
        _appends.Remove(of);
        _deletes.Add(of);
    }

    /// <summary>Deletes all rows that have a value in a column.</summary>
    public void DeleteWhere(string column, string value)
    {
        Drain();
        batch.Add($"DELETE FROM {table.Name} WHERE {column} = $1", value);
    }

    /// <summary>Hands what was gathered to the batch; what was deleted and then written again is deleted first.</summary>
    public void Drain()
    {
        if (_deletes.Count > 0)
            batch.Add(table.Delete, Arrays(table.Keys, [.. _deletes.Select(key => key.Parts)]));
        if (_puts.Count > 0)
            batch.Add(table.Put, Arrays(table.Columns, _puts.Values));
        if (_appends.Count > 0)
        {
            HashSet<string> added = _added;
            batch.Add(table.Append, Arrays(table.Columns, _appends.Values), row => added.Add(row.GetString(0)));
            _added = new HashSet<string>(StringComparer.Ordinal);
        }
        _deletes.Clear();
        _puts.Clear();
        _appends.Clear();
    }

    private static object[] Arrays(IReadOnlyList<Column> columns, IReadOnlyCollection<object?[]> rows) =>
        [
            .. columns.Select(
                (column, i) =>
                    column.Type switch
                    {
                        ColumnType.Text => (object)rows.Select(row => (string?)row[i]).ToArray(),
                        ColumnType.Number => rows.Select(row => (long?)row[i]).ToArray(),
                        _ => rows.Select(row => Bytes(row[i])).ToArray(),
                    }
            ),
        ];

    private static byte[]? Bytes(object? value) =>
        value switch
        {
            ReadOnlyMemory<byte> memory => MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> part)
            && part.Offset == 0
            && part.Count == part.Array!.Length
                ? part.Array
                : memory.ToArray(),
            _ => (byte[]?)value,
        };

    /// <summary>The key of a row: one to three parts, each a text or a whole number.</summary>
    private readonly record struct Key(object[] Parts) : IComparable<Key>
    {
        public static Key Of(Table table, object?[] row) => new([.. row.Take(table.Keys.Count).Select(part => part!)]);

        public int CompareTo(Key other)
        {
            for (int i = 0; i < Parts.Length; i++)
            {
                int order = Parts[i] is string text
                    ? string.CompareOrdinal(text, (string)other.Parts[i])
                    : ((long)Parts[i]).CompareTo((long)other.Parts[i]);
                if (order != 0)
                    return order;
            }
            return 0;
        }
    }
}
