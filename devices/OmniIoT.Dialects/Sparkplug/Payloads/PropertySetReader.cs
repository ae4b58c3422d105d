using System.Text;
using OmniIoT.Dialects.Sparkplug.Wire;

namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>
/// Looks into the properties of a metric: keys and values lie there as two lists of equal length (Sparkplug 3.0, section 6.4.11).
/// </summary>
internal static class PropertySetReader
{
    /// <summary>What the engineering unit is called by the programs that are seen most.</summary>
    private static readonly string[] UnitKeys = ["engUnit", "engUnits", "unit", "units", "engineeringUnit", "engineeringUnits"];

    /// <summary>The first text among the properties that names a unit; null when there is none, or the set is broken.</summary>
    public static string? FindUnit(ReadOnlySpan<byte> properties)
    {
        List<string> keys = [];
        List<string?> values = [];
        ProtobufReader reader = new(properties);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
                return null;
            if (type != WireType.LengthDelimited || field is not (1 or 2))
            {
                if (!reader.TrySkip(type))
                    return null;
                continue;
            }
            if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
                return null;
            if (field == 1)
                keys.Add(Encoding.UTF8.GetString(bytes));
            else
                values.Add(TextOf(bytes));
        }
        int found = keys.FindIndex(key => UnitKeys.Contains(key, StringComparer.OrdinalIgnoreCase));
        return found < 0 || found >= values.Count ? null : values[found];
    }

    private static string? TextOf(ReadOnlySpan<byte> value)
    {
        const int StringValue = 8;
        ProtobufReader reader = new(value);
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out int field, out WireType type))
                return null;
            if (field == StringValue && type == WireType.LengthDelimited)
                return reader.TryReadBytes(out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;
            if (!reader.TrySkip(type))
                return null;
        }
        return null;
    }
}
