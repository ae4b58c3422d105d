using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace OmniIoT.Postgres;

/// <summary>Statements with parameters <c>$1</c>, <c>$2</c>, ….</summary>
internal static class Commands
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params IReadOnlyList<object> parameters)
    {
        NpgsqlCommand command = new(sql, connection);
        foreach (object parameter in parameters)
            command.Parameters.Add(Parameter(parameter));
        return command;
    }

    public static int Execute(this NpgsqlConnection connection, string sql, params IReadOnlyList<object> parameters)
    {
        using NpgsqlCommand command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static List<T> Read<T>(
        this NpgsqlConnection connection,
        string sql,
        IReadOnlyList<object> parameters,
        Func<NpgsqlDataReader, T> read
    )
    {
        using NpgsqlCommand command = connection.Command(sql, parameters);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The number of a query that has one row at most; null when it has none.</summary>
    public static long? Number(this NpgsqlConnection connection, string sql, params IReadOnlyList<object> parameters) =>
        connection.Read(sql, parameters, static row => (long?)row.GetInt64(0)).FirstOrDefault();

    /// <summary>Adds a statement to a batch.</summary>
    public static void Add(this NpgsqlBatch batch, string sql, params IReadOnlyList<object> parameters)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (object parameter in parameters)
            command.Parameters.Add(Parameter(parameter));
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Parameter(object value) =>
        new()
        {
            Value = value switch
            {
                string text => Storable(text),
                string?[] texts => Array.ConvertAll(texts, Storable),
                _ => value,
            },
        };

    /// <summary>
    /// The engine's texts hold every character but U+0000, in whose place the replacement character stands, when searched for as well.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    private static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
}
