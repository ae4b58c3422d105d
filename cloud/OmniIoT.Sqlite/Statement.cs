using System.Buffers;
using System.Text;
using SQLitePCL;

namespace OmniIoT.Sqlite;

/// <summary>
/// A prepared statement: parameters are given in order (<c>$1</c>, <c>$2</c>, …), then it is run or stepped through. Parameters
/// are numbered as PostgreSQL numbers them; SQLite numbers names by their first appearance, so the two agree while a text
/// first mentions them in order, which is checked when it is prepared.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int StackBytes = 512;

    private readonly DatabaseConnection _connection;
    private readonly sqlite3_stmt _handle;
    private int _bound;

    public Statement(DatabaseConnection connection, sqlite3_stmt handle)
    {
        _connection = connection;
        _handle = handle;
        for (int i = raw.sqlite3_bind_parameter_count(handle); i > 0; i--)
        {
            string name = raw.sqlite3_bind_parameter_name(handle, i).utf8_to_string();
            if (name != $"${i}")
                throw new EngineException(raw.SQLITE_MISUSE, $"Parameter {name} stands in place {i}.");
        }
    }

    public Statement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, ++_bound, value));
        return this;
    }

    public Statement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public Statement Bind(double value)
    {
        Check(raw.sqlite3_bind_double(_handle, ++_bound, value));
        return this;
    }

    public Statement Bind(string? text)
    {
        if (text is null)
            return BindNull();
        byte[]? rented = null;
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = most <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(most);
        int length = Encoding.UTF8.GetBytes(text, utf8);
        Check(raw.sqlite3_bind_text(_handle, ++_bound, utf8[..length]));
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds bytes; none is an empty value, not null.</summary>
    public Statement Bind(ReadOnlySpan<byte> bytes)
    {
        Check(bytes.IsEmpty ? raw.sqlite3_bind_zeroblob(_handle, ++_bound, 0) : raw.sqlite3_bind_blob(_handle, ++_bound, bytes));
        return this;
    }

    public Statement Bind(byte[]? bytes) => bytes is null ? BindNull() : Bind(bytes.AsSpan());

    /// <summary>Runs to the end.</summary>
    /// <returns>Rows that were inserted, updated or deleted.</returns>
    public int Run()
    {
        while (Step()) { }
        return _connection.Changes;
    }

    /// <summary>The number of a query that always has one row.</summary>
    public long ReadNumber()
    {
        Step();
        long number = Int64(0);
        Reset();
        return number;
    }

    /// <summary>The text of a query that always has one row.</summary>
    public string ReadText()
    {
        Step();
        string text = Text(0);
        Reset();
        return text;
    }

    /// <summary>Goes to the next row; false at the end, when the statement is ready for the next use.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
            return true;
        Exception? error = code == raw.SQLITE_DONE ? null : _connection.Error(code);
        Reset();
        return error is null ? false : throw error;
    }

    /// <summary>Ends before the last row.</summary>
    public void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(_handle);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    public double Double(int column) => raw.sqlite3_column_double(_handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? NullableText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    public byte[]? NullableBytes(int column) => IsNull(column) ? null : Bytes(column).ToArray();

    public void Dispose() => _handle.Dispose();

    private Statement BindNull()
    {
        Check(raw.sqlite3_bind_null(_handle, ++_bound));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw _connection.Error(code);
    }
}
