using System.Buffers;
using System.Text.Json;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>
/// Takes the JSON of an answer to <c>/query</c> apart, as far as it has come:
/// <c>{"results":[{"series":[{"name":…,"tags":{…},"columns":[…],"values":[[…],…]}],"error":…}]}</c>. Rows are handed over one by one.
/// </summary>
/// <param name="columns">Those that the question asked for, in their order.</param>
internal sealed class AnswerParser(IReadOnlyList<string> columns, Action<Row> take)
{
    /// <summary>Depths of what the parser looks at: the answer, one result, one series, what is in a series, a row.</summary>
    private const int Answer = 1,
        Result = 3,
        Series = 5,
        Inner = 6,
        InRow = 7;

    private readonly List<Cell> _cells = [];
    private readonly List<string> _columns = [];
    private JsonReaderState _state;
    private string? _property;
    private string? _tag;

    /// <summary>What the server had to say against the question.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the server cut the answer off at a limit of its own.</summary>
    public bool IsPartial { get; private set; }

    /// <returns>How much is taken; the rest must come again with what follows.</returns>
    /// <exception cref="JsonException">This is no answer of an InfluxDB.</exception>
    public SequencePosition Parse(in ReadOnlySequence<byte> bytes, bool isLast)
    {
        Utf8JsonReader reader = new(bytes, isLast, _state);
        while (reader.Read())
            Take(ref reader);
        _state = reader.CurrentState;
        return reader.Position;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (reader.CurrentDepth <= Series)
                    _property = reader.GetString();
                break;
            case JsonTokenType.StartObject when reader.CurrentDepth == Series - 1:
                _tag = null;
                break;
            case JsonTokenType.EndArray when reader.CurrentDepth == Inner && _property == "values":
                EndRow();
                break;
            case JsonTokenType.EndArray when reader.CurrentDepth == Series && _property == "columns":
                EndColumns();
                break;
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                TakeValue(ref reader);
                break;
        }
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, _property)
        {
            case (InRow, "values"):
                _cells.Add(CellOf(ref reader));
                break;
            case (Inner, "columns"):
                _columns.Add(reader.GetString()!);
                break;
            case (Inner, "tags"):
                _tag = reader.GetString();
                break;
            case (Answer or Result, "error"):
                Error ??= reader.GetString();
                break;
            case (Result or Series, "partial"):
                IsPartial |= reader.GetBoolean();
                break;
        }
    }

    private static Cell CellOf(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => new Cell(reader.GetDouble(), reader.TryGetInt64(out long integer) ? integer : 0, null, IsNull: false),
            JsonTokenType.String => new Cell(double.NaN, 0, reader.GetString(), IsNull: false),
            JsonTokenType.Null => new Cell(double.NaN, 0, null, IsNull: true),
            _ => throw new JsonException($"No column has values such as {reader.TokenType}."),
        };

    private void EndRow()
    {
        if (_cells.Count != columns.Count)
            throw new JsonException($"A row has {_cells.Count} values instead of {columns.Count}.");
        take(new Row(_tag, _cells));
        _cells.Clear();
    }

    private void EndColumns()
    {
        if (!_columns.SequenceEqual(columns, StringComparer.Ordinal))
            throw new JsonException($"The columns are {string.Join(", ", _columns)} instead of {string.Join(", ", columns)}.");
        _columns.Clear();
    }
}
