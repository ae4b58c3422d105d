using System.Buffers.Text;

namespace OmniIoT.Devices.Time;

/// <summary>
/// ISO 8601 by hand: the library's parsers take either one exact format or culture-dependent text, and this runs once
/// per message.
/// </summary>
internal ref struct InstantText
{
    /// <summary>A date with nanoseconds and offset has 35 characters; anything longer is no time.</summary>
    public const int MaxLength = 40;

    private const long MillisecondsPerMinute = 60_000;
    private ReadOnlySpan<byte> _rest;

    private InstantText(ReadOnlySpan<byte> utf8) => _rest = utf8;

    public static bool TryParse(ReadOnlySpan<byte> utf8, out Instant instant)
    {
        if (utf8.Length is 0 or > MaxLength)
        {
            instant = default;
            return false;
        }
        if (Utf8Parser.TryParse(utf8, out long epoch, out int consumed) && consumed == utf8.Length)
            return TryCreate(epoch, out instant);
        InstantText text = new(utf8);
        return text.TryReadIso(out instant);
    }

    public static bool TryCreate(long milliseconds, out Instant instant)
    {
        instant = new Instant(milliseconds);
        return instant >= Instant.MinValue && instant <= Instant.MaxValue;
    }

    private bool TryReadIso(out Instant instant)
    {
        instant = default;
        if (
            !TryDigits(4, out int year)
            || !TrySkip((byte)'-')
            || !TryDigits(2, out int month)
            || !TrySkip((byte)'-')
            || !TryDigits(2, out int day)
            || !IsDate(year, month, day)
        )
            return false;
        long milliseconds =
            new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMillisecond
            + Instant.MinValue.UnixMilliseconds;
        if (_rest.IsEmpty)
            return TryCreate(milliseconds, out instant);
        if (!TrySkip((byte)'T') && !TrySkip((byte)'t') && !TrySkip((byte)' '))
            return false;
        if (!TryTimeOfDay(out long timeOfDay) || !TryOffset(out long offsetMinutes))
            return false;
        return TryCreate(milliseconds + timeOfDay - offsetMinutes * MillisecondsPerMinute, out instant);
    }

    private static bool IsDate(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private bool TryTimeOfDay(out long milliseconds)
    {
        milliseconds = 0;
        if (!TryDigits(2, out int hour) || !TrySkip((byte)':') || !TryDigits(2, out int minute))
            return false;
        int second = 0;
        if (TrySkip((byte)':') && !TryDigits(2, out second))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        milliseconds = ((hour * 60L + minute) * 60 + second) * 1000;
        return !(TrySkip((byte)'.') || TrySkip((byte)',')) || TryFraction(ref milliseconds);
    }

    /// <summary>One to nine digits; what is finer than a millisecond is cut off.</summary>
    private bool TryFraction(ref long milliseconds)
    {
        int digits = 0;
        int weight = 100;
        while (digits < _rest.Length && char.IsAsciiDigit((char)_rest[digits]))
        {
            milliseconds += (_rest[digits] - '0') * weight;
            weight /= 10;
            digits++;
        }
        _rest = _rest[digits..];
        return digits is >= 1 and <= 9;
    }

    private bool TryOffset(out long minutes)
    {
        minutes = 0;
        if (_rest.IsEmpty)
            return true;
        if (TrySkip((byte)'Z') || TrySkip((byte)'z'))
            return _rest.IsEmpty;
        int sign =
            TrySkip((byte)'+') ? 1
            : TrySkip((byte)'-') ? -1
            : 0;
        if (sign == 0 || !TryDigits(2, out int hours))
            return false;
        int rest = 0;
        TrySkip((byte)':');
        if (!_rest.IsEmpty && !TryDigits(2, out rest))
            return false;
        minutes = sign * (hours * 60L + rest);
        return _rest.IsEmpty && hours <= 23 && rest <= 59;
    }

    private bool TryDigits(int count, out int value)
    {
        value = 0;
        if (_rest.Length < count)
            return false;
        for (int i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit((char)_rest[i]))
                return false;
            value = value * 10 + _rest[i] - '0';
        }
        _rest = _rest[count..];
        return true;
    }

    private bool TrySkip(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }
}
