using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>
/// Most sensors report decimals of a few places. Scaled to integers they differ little from one reading to the next, and pack
/// into a byte or two instead of eight.
/// </summary>
internal static class Decimals
{
    public const int MaxScale = 6;

    /// <summary>Integers beyond this are not exact as doubles.</summary>
    private const double MaxInteger = 1L << 53;

    private static readonly double[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>The decimal places with which all numbers are kept exactly; -1 when there are too many.</summary>
    public static int ScaleOf(ReadOnlySpan<Reading> readings)
    {
        int scale = 0;
        foreach (ref readonly Reading reading in readings)
        {
            while (!TryScale(reading.Value.Number, scale, out _))
            {
                if (++scale > MaxScale)
                    return -1;
            }
        }
        return scale;
    }

    /// <summary>The number as an integer of the scale; false when it would not come back the same.</summary>
    public static bool TryScale(double number, int scale, out long integer)
    {
        double rounded = Math.Round(number * Powers[scale]);
        bool exact = Math.Abs(rounded) < MaxInteger && rounded / Powers[scale] == number;
        integer = exact ? (long)rounded : 0;
        return exact;
    }

    public static double Unscale(long integer, int scale) => integer / Powers[scale];
}
