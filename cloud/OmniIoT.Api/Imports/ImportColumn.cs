using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OmniIoT.Domain;

namespace OmniIoT.Api.Imports;

/// <summary>
/// A column of comma-separated values: the member that it fills, at any depth, with dots between the names. A number names a place in an
/// array; an array of texts may stand in one cell, with semicolons between them.
/// </summary>
internal sealed class ImportColumn
{
    private const int MostPlaces = 100;

    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(double), typeof(decimal)];

    private readonly string[] _path;
    private readonly JsonTypeInfo? _leaf;

    private ImportColumn(string[] path, JsonTypeInfo? leaf) => (_path, _leaf) = (path, leaf);

    /// <summary>
    /// Whether the two cannot both be filled: one holds the other, or the same is an array to one and an object to the other.
    /// </summary>
    public bool Contradicts(ImportColumn other)
    {
        int common = 0;
        while (common < Math.Min(_path.Length, other._path.Length) && _path[common] == other._path[common])
            common++;
        return common == _path.Length || common == other._path.Length || IsPlace(_path[common]) != IsPlace(other._path[common]);
    }

    /// <param name="shape">What a line is to become.</param>
    /// <param name="extra">Names that stand beside it, of texts.</param>
    /// <returns>Null: it has no such member.</returns>
    public static ImportColumn? Of(string name, Type shape, params ReadOnlySpan<string> extra)
    {
        if (extra.Contains(name))
            return new ImportColumn([name], null);
        string[] path = name.Split('.');
        JsonTypeInfo? at = InfoOf(shape);
        foreach (string step in path)
        {
            if (at is null || IsFree(at))
                return path.Any(static one => one.Length == 0 || IsTooFar(one)) ? null : new ImportColumn(path, at);
            Type? next = at.Kind switch
            {
                JsonTypeInfoKind.Object => at.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType,
                JsonTypeInfoKind.Dictionary => at.ElementType,
                JsonTypeInfoKind.Enumerable when IsPlace(step) => at.ElementType,
                _ => null,
            };
            if (next is null)
                return null;
            at = InfoOf(next);
        }
        return new ImportColumn(path, at);
    }

    public void Put(JsonObject row, string cell)
    {
        JsonNode at = row;
        for (int i = 0; i < _path.Length - 1; i++)
            at = Step(at, _path[i], IsPlace(_path[i + 1]));
        Set(at, _path[^1], ValueOf(cell));
    }

    /// <summary>The texts of one cell, with semicolons between them.</summary>
    public static JsonArray Several(string cell) =>
        [.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => (JsonNode?)text)];

    private JsonNode? ValueOf(string cell) =>
        _leaf switch
        {
            null => cell,
            { Kind: JsonTypeInfoKind.Enumerable } => Several(cell),
            _ when _leaf.Type == typeof(bool) => Literal(cell, JsonValueKind.True, JsonValueKind.False),
            _ when Numbers.Contains(_leaf.Type) => Literal(cell, JsonValueKind.Number),
            _ when IsFree(_leaf) => Literal(cell, JsonValueKind.True, JsonValueKind.False, JsonValueKind.Number, JsonValueKind.Array),
            _ => cell,
        };

    // What is no such literal stays a text, and is refused as one with the member's place.
    private static JsonNode? Literal(string cell, params ReadOnlySpan<JsonValueKind> kinds)
    {
        try
        {
            JsonNode? node = JsonNode.Parse(cell.Trim());
            return node is not null && kinds.Contains(node.GetValueKind()) ? node : cell;
        }
        catch (JsonException)
        {
            return cell;
        }
    }

    private static JsonNode Step(JsonNode at, string name, bool toArray)
    {
        JsonNode? next = at is JsonArray list ? list.ElementAtOrDefault(Place(name)) : at[name];
        if (next is not null)
            return next;
        next = toArray ? new JsonArray() : new JsonObject();
        Set(at, name, next);
        return next;
    }

    private static void Set(JsonNode at, string name, JsonNode? value)
    {
        if (at is not JsonArray list)
        {
            ((JsonObject)at)[name] = value;
            return;
        }
        while (list.Count <= Place(name))
            list.Add(null);
        list[Place(name)] = value;
    }

    private static bool IsFree(JsonTypeInfo info) => typeof(JsonNode).IsAssignableFrom(info.Type) || info.Type == typeof(JsonElement);

    private static bool IsPlace(string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place < MostPlaces;

    /// <summary>A place so far out that what lies before it would fill the memory.</summary>
    private static bool IsTooFar(string step) => !IsPlace(step) && step.All(char.IsAsciiDigit);

    private static int Place(string step) => int.Parse(step, NumberStyles.None, CultureInfo.InvariantCulture);

    private static JsonTypeInfo InfoOf(Type type) => OmniJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
}
