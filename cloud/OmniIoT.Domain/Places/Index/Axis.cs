using System.Numerics;
using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// The latitudes, or longitudes, of one fence as whole numbers, without loss: ten-millionths of a degree when all are such, as maps write
/// them, else the number of a double among all doubles. Both rise with the value, so that values compare as their numbers do. Kept is
/// what each is above the least.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct Axis
{
    private const double PerDegree = 1e7;
    private const byte DecimalForm = 16;

    private readonly long _least;
    private readonly byte _form;

    private Axis(bool isDecimal, long least, ulong range)
    {
        int bytes = Math.Max(1, (64 - BitOperations.LeadingZeroCount(range) + 7) / 8);
        (_least, _form) = (least, (byte)(bytes | (isDecimal ? DecimalForm : 0)));
    }

    /// <summary>Bytes that a number takes, 1 to 8.</summary>
    public int Bytes => _form & 15;

    /// <summary>The bits of a number among 64 that were read, the others belonging to what comes after it.</summary>
    public ulong Mask => ulong.MaxValue >> (64 - (8 * Bytes));

    private bool IsDecimal => (_form & DecimalForm) != 0;

    public static Axis Of(ReadOnlySpan<double> values)
    {
        bool isDecimal = true;
        foreach (double value in values)
            isDecimal &= Math.Round(value * PerDegree) / PerDegree == value;
        (long least, long most) = (long.MaxValue, long.MinValue);
        foreach (double value in values)
        {
            long number = Number(isDecimal, value);
            (least, most) = (Math.Min(least, number), Math.Max(most, number));
        }

        return new Axis(isDecimal, least, (ulong)most - (ulong)least);
    }

    /// <summary>The least number.</summary>
    public long Least => _least;

    /// <summary>The number of one of the values.</summary>
    public long Number(double value) => Number(IsDecimal, value);

    /// <summary>The value of a number.</summary>
    public double Value(long number) =>
        IsDecimal ? number / PerDegree : BitConverter.Int64BitsToDouble(number >= 0 ? number : long.MinValue - number);

    /// <summary>The greatest number whose value is not above one that may be none of the fence's.</summary>
    public long Floor(double value)
    {
        if (!IsDecimal)
            return Number(isDecimal: false, value);
        long floor = (long)Math.Floor(value * PerDegree);
        while (floor / PerDegree > value)
            floor--;
        while ((floor + 1) / PerDegree <= value)
            floor++;
        return floor;
    }

    // Doubles rise with their bits above zero and fall with them below.
    private static long Number(bool isDecimal, double value)
    {
        if (isDecimal)
            return (long)Math.Round(value * PerDegree);
        long bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }
}
