using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Points;

/// <summary>
/// The time of a point, in nanoseconds since 1970. InfluxDB knows a point by its series and time alone, so the nanoseconds within the
/// millisecond of a reading stand for its sequence number: 0 for none, else its remainder. A reading that is written again by whomever
/// falls
/// onto itself without a look at what is there. The price: two readings of a series in one millisecond whose numbers differ by a multiple
/// of
/// <see cref="Places"/> are one. No counter and no arrival number gets that far in a millisecond.
/// </summary>
internal static class PointTime
{
    /// <summary>A prime, so that numbers that rise by round steps have places of their own as well.</summary>
    public const long Places = 999_983;

    /// <summary>The first and last whole milliseconds that InfluxDB can hold, in 1677 and 2262.</summary>
    public const long First = -9_223_372_036_854,
        Last = 9_223_372_036_853;

    private const long NanosecondsPerMillisecond = 1_000_000;

    public static bool Holds(long milliseconds) => milliseconds is >= First and <= Last;

    public static long Of(in Reading reading) =>
        StartOf(reading.At.UnixMilliseconds) + (reading.Seq is { } seq ? 1 + (seq - Time.Floor(seq, Places)) : 0);

    /// <summary>The first nanosecond of a millisecond.</summary>
    public static long StartOf(long milliseconds) => checked(milliseconds * NanosecondsPerMillisecond);

    /// <summary>The last nanosecond of a millisecond.</summary>
    public static long EndOf(long milliseconds) => StartOf(milliseconds) + NanosecondsPerMillisecond - 1;

    public static long Milliseconds(long nanoseconds) => Time.Floor(nanoseconds, NanosecondsPerMillisecond) / NanosecondsPerMillisecond;
}
