using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

/// <summary>Whole results of statements.</summary>
internal static class StatementReading
{
    /// <summary>Stored records, in the first column.</summary>
    public static IReadOnlyList<T> ReadAll<T>(this Statement statement) => statement.ReadAll(static row => Json.Read<T>(row.Bytes(0)));

    public static IReadOnlyList<T> ReadAll<T>(this Statement statement, Func<Statement, T> read)
    {
        List<T> rows = [];
        while (statement.Step())
            rows.Add(read(statement));
        return rows;
    }

    /// <summary>The only row; null when there is none.</summary>
    public static T? ReadFirst<T>(this Statement statement, Func<Statement, T> read)
        where T : class
    {
        T? row = statement.Step() ? read(statement) : null;
        statement.Reset();
        return row;
    }

    /// <summary>The stored record of the only row; null when there is none.</summary>
    public static T? ReadFirst<T>(this Statement statement)
        where T : class => statement.ReadFirst(static row => Json.Read<T>(row.Bytes(0)));
}
