using System.Text;
using System.Text.Json;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Requests;

/// <summary>Whether bytes are JSON at all, and where not.</summary>
internal static class JsonSyntax
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> utf8) =>
        utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;

    /// <summary>Null when the bytes are one JSON value.</summary>
    public static ProblemError? FindMistake(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return new ProblemError("", 1, 1, "A JSON body is expected, but none was sent.");
        Utf8JsonReader reader = new(utf8);
        try
        {
            while (reader.Read())
            {
                // Reading to the end is the check.
            }
            return null;
        }
        catch (JsonException error)
        {
            int line = (int)(error.LineNumber ?? 0);
            return new ProblemError("", line + 1, ColumnOf(utf8, line, (int)(error.BytePositionInLine ?? 0)), Explain(error.Message));
        }
    }

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
