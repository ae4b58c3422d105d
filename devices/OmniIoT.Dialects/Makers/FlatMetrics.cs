using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.Makers;

/// <summary>
/// Values within values become metrics: nested objects <c>a.b</c>, arrays <c>a.0</c>. Nulls stay, to be left out and counted where all
/// telemetry is.
/// </summary>
public static class FlatMetrics
{
    /// <param name="value">An object.</param>
    /// <param name="prefix">Before every name; empty for none.</param>
    /// <param name="except">A member, at the top only, that is left out.</param>
    public static JsonObject Of(JsonElement value, string prefix = "", string? except = null)
    {
        JsonObject flat = [];
        foreach (JsonProperty member in value.EnumerateObject())
            if (member.Name != except)
                Add(flat, Join(prefix, member.Name), member.Value);
        return flat;
    }

    /// <summary>Adds whatever the value holds.</summary>
    public static void Add(JsonObject flat, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                    Add(flat, Join(name, member.Name), member.Value);
                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement element in value.EnumerateArray())
                    Add(flat, Join(name, (index++).ToString(CultureInfo.InvariantCulture)), element);
                break;
            case JsonValueKind.Null:
                flat[name] = null;
                break;
            default:
                flat[name] = JsonValue.Create(value);
                break;
        }
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
}
