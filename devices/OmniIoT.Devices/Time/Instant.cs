using System.Globalization;
using System.Text.Json.Serialization;

namespace OmniIoT.Devices.Time;

/// <summary>
/// A point in time in UTC, in whole milliseconds since 1970-01-01T00:00:00Z. Written as
/// <c>2026-11-22T01:33:00.000Z</c>; read as ISO 8601 (UTC when it names no offset) or epoch milliseconds.
/// </summary>
[JsonConverter(typeof(InstantJsonConverter))]
public readonly record struct Instant(long UnixMilliseconds) : IComparable<Instant>
{
    /// <summary>Characters (and bytes) of the written form, for the years 0001 to 9999.</summary>
    public const int TextLength = 24;

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>0001-01-01T00:00:00.000Z, the earliest that can be written.</summary>
    public static readonly Instant MinValue = new(-62_135_596_800_000);

    /// <summary>9999-12-31T23:59:59.999Z, the latest that can be written.</summary>
    public static readonly Instant MaxValue = new(253_402_300_799_999);

    public static Instant FromTime(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeMilliseconds(UnixMilliseconds);

    public int CompareTo(Instant other) => UnixMilliseconds.CompareTo(other.UnixMilliseconds);

    public static bool operator <(Instant left, Instant right) => left.UnixMilliseconds < right.UnixMilliseconds;

    public static bool operator >(Instant left, Instant right) => left.UnixMilliseconds > right.UnixMilliseconds;

    public static bool operator <=(Instant left, Instant right) => left.UnixMilliseconds <= right.UnixMilliseconds;

    public static bool operator >=(Instant left, Instant right) => left.UnixMilliseconds >= right.UnixMilliseconds;

    /// <summary>Later by <paramref name="span"/>; parts below a millisecond are cut off.</summary>
    public static Instant operator +(Instant at, TimeSpan span) => new(at.UnixMilliseconds + span.Ticks / TimeSpan.TicksPerMillisecond);

    public static Instant operator -(Instant at, TimeSpan span) => new(at.UnixMilliseconds - span.Ticks / TimeSpan.TicksPerMillisecond);

    public static TimeSpan operator -(Instant later, Instant earlier) =>
        new((later.UnixMilliseconds - earlier.UnixMilliseconds) * TimeSpan.TicksPerMillisecond);

    public static Instant Max(Instant left, Instant right) => left >= right ? left : right;

    public static Instant Min(Instant left, Instant right) => left <= right ? left : right;

    /// <summary>Reads ISO 8601 or epoch milliseconds; false for anything else or a time that could not be written.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Instant instant) => InstantText.TryParse(utf8, out instant);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out Instant)"/>
    public static bool TryParse(string? text, out Instant instant)
    {
        instant = default;
        if (text is null or { Length: > InstantText.MaxLength })
            return false;
        Span<byte> utf8 = stackalloc byte[InstantText.MaxLength];
        return System.Text.Ascii.FromUtf16(text, utf8, out int length) == System.Buffers.OperationStatus.Done
            && InstantText.TryParse(utf8[..length], out instant);
    }

    /// <summary>Writes the 24 bytes of the written form.</summary>
    public bool TryFormat(Span<byte> utf8, out int written) =>
        ToDateTimeOffset().UtcDateTime.TryFormat(utf8, out written, Format, CultureInfo.InvariantCulture);

    public override string ToString() => ToDateTimeOffset().UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
