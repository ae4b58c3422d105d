using System.Globalization;
using System.Text;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

/// <summary>How a list is ordered; every list has a number key, a text key or both.</summary>
internal sealed record Order(string? Number, string? Text, bool Descending)
{
    public static Order ById { get; } = new(null, "id", Descending: false);

    public static Order ByIdDescending { get; } = new(null, "id", Descending: true);

    public static Order NewestFirst(string number, string text = "id") => new(number, text, Descending: true);

    public static Order OldestFirst(string number, string text = "id") => new(number, text, Descending: false);
}

/// <summary>A query whose conditions depend on a filter, read page by page by its keys.</summary>
internal sealed class Select(string columns, string table, Order order)
{
    private readonly List<string> _conditions = [];
    private readonly List<object> _parameters = [];

    /// <summary>Restricts to rows whose column has the value; null does not restrict.</summary>
    public Select Equal(string column, string? value)
    {
        if (value is not null)
            _conditions.Add($"{column} = {Parameter(value)}");
        return this;
    }

    /// <summary>Likewise; <paramref name="ignoresCase"/> says whether letters of ASCII are the same in either case.</summary>
    public Select Equal(string column, string? value, bool ignoresCase) =>
        ignoresCase ? Equal($"lower({column})", value?.ToLowerInvariant()) : Equal(column, value);

    /// <summary>Restricts to rows whose column has the value, or none where that is empty; null does not restrict.</summary>
    public Select EqualOrNone(string column, string? value, bool ignoresCase = false) =>
        value is { Length: 0 } ? Where($"{column} IS NULL") : Equal(column, value, ignoresCase);

    /// <summary>Restricts to rows whose column has one of the values; null does not restrict.</summary>
    public Select In(string column, IReadOnlyList<string>? values)
    {
        if (values is null)
            return this;
        _conditions.Add(values.Count == 0 ? "1 = 0" : $"{column} IN ({string.Join(", ", values.Select(Parameter))})");
        return this;
    }

    /// <summary>
    /// Restricts to rows whose column is among what <paramref name="selecting"/> finds with one of the values; null does not restrict.
    /// </summary>
    /// <param name="selecting">A query that ends with the column that has one of the values.</param>
    public Select In(string column, string selecting, IReadOnlyList<string>? values)
    {
        if (values is not null)
            _conditions.Add($"{column} IN ({selecting} IN ({string.Join(", ", values.Select(Parameter))}))");
        return this;
    }

    public Select Where(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Adds a value; returns how a condition names it, as often as it likes.</summary>
    public string Parameter(object value)
    {
        _parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>
    /// Reads, by the columns, how many rows there are of each combination of their values. The columns come first, then the number.
    /// </summary>
    public ValueTask<IReadOnlyList<T>> CountAsync<T>(ISqlReader sql, string by, Func<IRow, T> read, CancellationToken cancellationToken) =>
        sql.ReadAsync(
            $"SELECT {by}, count(*) FROM {table}{Conditions()} GROUP BY {by} ORDER BY {by}",
            _parameters,
            read,
            cancellationToken
        );

    /// <summary>The first column that the caller named; those before are the keys.</summary>
    public const int FirstColumn = 2;

    /// <summary>Reads one page. <paramref name="read"/> finds the columns from <see cref="FirstColumn"/> on.</summary>
    /// <exception cref="FormatException">The cursor is none of this list's.</exception>
    public async ValueTask<Page<T>> ReadAsync<T>(ISqlReader sql, PageRequest page, Func<IRow, T> read, CancellationToken cancellationToken)
    {
        int limit = Math.Clamp(page.Limit, 1, PageRequest.MaximumLimit);
        // Before the cursor restricts to what is left.
        long? total = page.Count
            ? await sql.NumberAsync($"SELECT count(*) FROM {table}{Conditions()}", _parameters, cancellationToken)
            : null;
        if (page.Cursor is { } cursor)
            After(Cursor.Parse(cursor));
        IReadOnlyList<(Cursor Key, T Item)> rows = await sql.ReadAsync(
            Sql(limit + 1),
            _parameters,
            row => (new Cursor(row.Int64(0), row.Text(1)), read(row)),
            cancellationToken
        );
        string? next = rows.Count > limit ? rows[limit - 1].Key.ToString() : null;
        return new Page<T>([.. rows.Take(limit).Select(row => row.Item)], next) { Total = total };
    }

    /// <summary>Reads one page of stored records.</summary>
    public ValueTask<Page<T>> ReadAsync<T>(ISqlReader sql, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(sql, page, static row => Json.Read<T>(row.Bytes(FirstColumn)), cancellationToken);

    private void After(Cursor cursor)
    {
        string comparison = order.Descending ? "<" : ">";
        _conditions.Add(
            (order.Number, order.Text) switch
            {
                ({ } number, { } text) => $"({number}, {text}) {comparison} ({Parameter(cursor.Number)}, {Parameter(cursor.Text)})",
                ({ } number, null) => $"{number} {comparison} {Parameter(cursor.Number)}",
                _ => $"{order.Text} {comparison} {Parameter(cursor.Text)}",
            }
        );
    }

    private string Conditions() => _conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _conditions);

    private string Sql(int limit)
    {
        StringBuilder sql = new($"SELECT {order.Number ?? "0"}, {order.Text ?? "''"}, {columns} FROM {table}{Conditions()}");
        string direction = order.Descending ? " DESC" : "";
        IEnumerable<string> keys = new[] { order.Number, order.Text }.OfType<string>().Select(key => key + direction);
        return sql.Append(" ORDER BY ").AppendJoin(", ", keys).Append(" LIMIT ").Append(Parameter((long)limit)).ToString();
    }
}
