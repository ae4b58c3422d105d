using System.Text;
using System.Text.Json;

namespace OmniIoT.Devices.Models;

/// <summary>Finds lines and columns, counted from 1 in characters.</summary>
internal static class JsonPlaces
{
    public static (int Line, int Column) At(ReadOnlySpan<byte> utf8, int offset)
    {
        ReadOnlySpan<byte> before = utf8[..Math.Min(offset, utf8.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    public static (int Line, int Column) At(ReadOnlySpan<char> text, int position)
    {
        ReadOnlySpan<char> before = text[..position];
        return (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
    }

    /// <summary>Byte offset of the value behind every JSON pointer; of the last one where a property stands twice.</summary>
    public static Dictionary<string, int> Offsets(ReadOnlySpan<byte> utf8)
    {
        Dictionary<string, int> offsets = new();
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        Collect(ref reader, "", offsets);
        return offsets;
    }

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void Collect(ref Utf8JsonReader reader, string pointer, Dictionary<string, int> offsets)
    {
        offsets[pointer] = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
                Collect(ref reader, $"{pointer}/{index}", offsets);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                reader.Read();
                Collect(ref reader, $"{pointer}/{Escape(name)}", offsets);
            }
        }
    }
}
