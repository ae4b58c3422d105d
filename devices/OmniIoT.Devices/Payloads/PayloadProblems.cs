using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OmniIoT.Devices.Payloads;

/// <summary>Words for what is wrong with a payload. Off the happy path, so these may allocate.</summary>
internal static class PayloadProblems
{
    private const int LongestQuote = 40;

    /// <summary>What can be told before reading: size and encoding.</summary>
    public static PayloadProblem? Check(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Payload.MaxBytes)
            return new(PayloadProblemKind.TooLarge, $"The payload has {utf8.Length} bytes; at most {Payload.MaxBytes} are allowed.");
        return Utf8.IsValid(utf8) ? null : new(PayloadProblemKind.InvalidJson, "The payload is not UTF-8.");
    }

    /// <summary>What the reader throws at bad syntax, and at an escape such as <c>\ud800</c> that is no character.</summary>
    public static bool IsNotJson(Exception e) => e is JsonException or InvalidOperationException;

    /// <summary>As <see cref="Check"/>, and that the payload is one JSON object: reading it cannot fail after that.</summary>
    public static PayloadProblem? CheckObject(ReadOnlySpan<byte> utf8)
    {
        if (Check(utf8) is { } problem)
            return problem;
        Utf8JsonReader reader = new(utf8);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Refuse(utf8, WrongShape(ref reader, "", "an object"));
            ReadToEnd(ref reader);
            return null;
        }
        catch (Exception e) when (IsNotJson(e))
        {
            return Refuse(utf8, null);
        }
    }

    /// <summary>
    /// What is no JSON at all is called so even where a wrong shape was met first; a bare NaN or Infinity is named for
    /// what it is.
    /// </summary>
    public static PayloadProblem Refuse(ReadOnlySpan<byte> utf8, PayloadProblem? found)
    {
        Utf8JsonReader reader = new(utf8);
        try
        {
            ReadToEnd(ref reader);
            return found ?? new(PayloadProblemKind.WrongShape, "The payload has an unexpected shape.");
        }
        catch (InvalidOperationException)
        {
            return new(PayloadProblemKind.InvalidJson, "A text has an escape that is no character.");
        }
        catch (JsonException e)
        {
            return IsNotFinite(utf8[(int)reader.BytesConsumed..])
                ? new(
                    PayloadProblemKind.NotFinite,
                    $"A number is not finite, after byte {reader.BytesConsumed}; JSON has finite numbers only."
                )
                : new(PayloadProblemKind.InvalidJson, $"Not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    public static PayloadProblem WrongShape(ref Utf8JsonReader reader, string path, string allowed) =>
        new(PayloadProblemKind.WrongShape, $"{Place(path)} is {Describe(ref reader)}; {allowed} is expected.");

    public static PayloadProblem OnlyNulls { get; } =
        new(PayloadProblemKind.WrongShape, "All values are null; one that is not is expected.");

    public static PayloadProblem Missing(string path, string allowed) =>
        new(PayloadProblemKind.WrongShape, $"{Place(path)} is missing; {allowed} is expected.");

    public static PayloadProblem NotFinite(ref Utf8JsonReader reader, string path) =>
        new(PayloadProblemKind.NotFinite, $"{Place(path)} is {Describe(ref reader)}, which is not finite.");

    /// <summary>JSON pointer of an element of a batch; <paramref name="index"/> is negative for a message of its own.</summary>
    public static string Path(int index, ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name)
    {
        StringBuilder path = new();
        if (index >= 0)
            path.Append('/').Append(index);
        if (!parent.IsEmpty)
            path.Append('/').Append(Encoding.UTF8.GetString(parent));
        if (!name.IsEmpty)
            path.Append('/')
                .Append(
                    Encoding.UTF8.GetString(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                );
        return path.ToString();
    }

    private static void ReadToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
            if (reader.ValueIsEscaped)
                reader.GetString();
    }

    private static string Place(string path) => path.Length == 0 ? "The payload" : path;

    private static string Describe(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => "null",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.Number => $"the number {Quote(reader.ValueSpan)}",
            _ => $"the text '{Quote(reader.ValueSpan)}'",
        };

    private static string Quote(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= LongestQuote ? Encoding.UTF8.GetString(utf8) : Encoding.UTF8.GetString(utf8[..LongestQuote]) + "…";

    private static bool IsNotFinite(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t\r\n:,"u8);
        rest = rest.TrimStart("+-"u8);
        return StartsWith(rest, "nan"u8) || StartsWith(rest, "inf"u8);
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
