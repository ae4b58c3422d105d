using System.Text.Json;
using System.Text.Json.Serialization;

namespace OmniIoT.Devices.Time;

/// <summary>Writes ISO 8601 with milliseconds; reads ISO 8601 text or a number of epoch milliseconds.</summary>
public sealed class InstantJsonConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out Instant instant)
            ? instant
            : throw new JsonException("A time must be ISO 8601 (2026-11-22T01:33:00.000Z) or epoch milliseconds.");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Instant.TextLength];
        value.TryFormat(text, out int written);
        writer.WriteStringValue(text[..written]);
    }

    /// <summary>Reads the current token; false when it is no time. Fractions of a millisecond are cut off.</summary>
    internal static bool TryRead(ref Utf8JsonReader reader, out Instant instant)
    {
        instant = default;
        if (reader.TokenType == JsonTokenType.String)
        {
            return !reader.HasValueSequence && !reader.ValueIsEscaped && InstantText.TryParse(reader.ValueSpan, out instant);
        }
        if (reader.TokenType != JsonTokenType.Number)
            return false;
        if (reader.TryGetInt64(out long milliseconds))
            return InstantText.TryCreate(milliseconds, out instant);
        return reader.TryGetDouble(out double fractional)
            && Math.Abs(fractional) <= Instant.MaxValue.UnixMilliseconds
            && InstantText.TryCreate((long)Math.Floor(fractional), out instant);
    }
}
