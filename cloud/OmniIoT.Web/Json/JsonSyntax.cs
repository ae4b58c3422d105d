using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OmniIoT.Devices;

namespace OmniIoT.Web.Json;

/// <summary>Whether bytes are JSON at all, and where not.</summary>
public static class JsonSyntax
{
    /// <summary>Of a name that is told, in characters.</summary>
    private const int MostOfName = 80;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    /// <summary>
    /// Null when the bytes are one JSON value that everybody reads alike: of readers that follow, some take the first of two members with
    /// one name, some the last, and some fail; and half a character is no text anywhere.
    /// </summary>
    public static JsonMistake? FindMistake(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return new JsonMistake(1, 1, "A JSON body is expected, but none was sent.");
        Utf8JsonReader reader = new(utf8);
        JsonMemberNames names = new();
        try
        {
            while (reader.Read())
            {
                if (FindMistake(ref reader, names) is not { } wrong)
                    continue;
                ReadOnlySpan<byte> before = utf8[..(int)reader.TokenStartIndex];
                int lineBegins = before.LastIndexOf((byte)'\n') + 1;
                return At(utf8, before.Count((byte)'\n'), before.Length - lineBegins, wrong);
            }
            return null;
        }
        catch (JsonException error)
        {
            return At(utf8, (int)(error.LineNumber ?? 0), (int)(error.BytePositionInLine ?? 0), Explain(error.Message));
        }
    }

    private static string? FindMistake(ref Utf8JsonReader reader, JsonMemberNames names)
    {
        if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && !IsText(in reader))
            return "A text has a byte or an escape that is no character.";
        return names.TakesTwice(ref reader) is { } twice ? $"The member '{TextCut.Shortened(twice, MostOfName)}' stands twice." : null;
    }

    private static bool IsText(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Utf8.IsValid(reader.ValueSpan);
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonMistake At(ReadOnlySpan<byte> utf8, int line, int bytesIntoLine, string message) =>
        new(line + 1, ColumnOf(utf8, line, bytesIntoLine), message);

    private static int ColumnOf(ReadOnlySpan<byte> utf8, int line, int bytesIntoLine)
    {
        for (int i = 0; i < line; i++)
            utf8 = utf8[(utf8.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(utf8[..Math.Min(bytesIntoLine, utf8.Length)]) + 1;
    }

    /// <summary>The reader's words without the position that it appends.</summary>
    public static string Explain(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "This is no JSON: " + (end < 0 ? message : message[..end]);
    }
}
