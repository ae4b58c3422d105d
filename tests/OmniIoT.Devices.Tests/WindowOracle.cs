using System.Numerics;
using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Tests;

/// <summary>Keeps all readings, and counts with whole numbers of any size.</summary>
internal sealed class WindowOracle
{
    /// <summary>Every number is a whole one of these: 2^-1074.</summary>
    private const int Bits = 1074;

    private readonly List<(long At, double Value)> _readings = [];

    public void Take(long at, double value, bool replaces)
    {
        int known = replaces ? _readings.FindLastIndex(reading => reading.At == at) : -1;
        if (known >= 0)
            _readings[known] = (at, value);
        else
            _readings.Insert(_readings.FindLastIndex(reading => reading.At <= at) + 1, (at, value));
    }

    public double At(long at) => _readings.FindLast(reading => reading.At == at).Value;

    /// <summary>All behind a time, the oldest first.</summary>
    public List<(long At, double Value)> Within(long behind) => _readings.FindAll(reading => reading.At > behind);

    /// <summary>0: the result is right, in all digits but the last; else how far it is from it.</summary>
    public static double Distance(WindowFunction function, List<(long At, double Value)> readings, double result)
    {
        double expected = Evaluate(function, readings);
        if (function is WindowFunction.Sum)
            (expected, result) = (Finite(expected), Finite(result));
        if (expected.Equals(result) || Math.Abs(expected) == Math.Abs(result))
            return 0;
        double size = readings.Count == 0 ? 0 : readings.Max(reading => Math.Abs(reading.Value / 2)) * 2;
        double tolerance = (Math.Abs(expected) * 4e-16) + (size * (function is WindowFunction.Deviation ? 1e-13 : 1e-29));
        double distance = Math.Abs((expected / 2) - (result / 2)) * 2;
        return distance <= tolerance ? 0
            : double.IsNaN(distance) ? double.PositiveInfinity
            : distance;
    }

    /// <summary>Whether a sum at the end of the numbers is the last of them or beyond is a matter of its last digit.</summary>
    private static double Finite(double sum) => Math.Clamp(sum, -double.MaxValue, double.MaxValue);

    private static double Evaluate(WindowFunction function, List<(long At, double Value)> readings)
    {
        if (function is WindowFunction.Count)
            return readings.Count;
        if (readings.Count == 0)
            return function is WindowFunction.Sum ? 0 : double.NaN;
        BigInteger sum = readings.Aggregate(BigInteger.Zero, (sum, reading) => sum + Whole(reading.Value));
        double delta = readings[^1].Value - readings[0].Value;
        double seconds = (readings[^1].At - readings[0].At) / 1000.0;
        return function switch
        {
            WindowFunction.Sum => Number(sum, 1, Bits),
            WindowFunction.Average => Number(sum, readings.Count, Bits),
            WindowFunction.Least => readings.Min(reading => reading.Value),
            WindowFunction.Most => readings.Max(reading => reading.Value),
            WindowFunction.Deviation => Deviation(readings, sum),
            WindowFunction.Delta => delta,
            WindowFunction.Rate => delta / seconds,
            WindowFunction.Increase => delta + Lost(readings),
            _ => (delta + Lost(readings)) / seconds,
        };
    }

    private static double Deviation(List<(long At, double Value)> readings, BigInteger sum)
    {
        BigInteger squares = readings.Aggregate(
            BigInteger.Zero,
            (squares, reading) => squares + (Whole(reading.Value) * Whole(reading.Value))
        );
        BigInteger rest = (squares * readings.Count) - (sum * sum);
        // Of the root of so large a number the upper digits are enough.
        int even = (int)Math.Max(0, rest.GetBitLength() - 200) & ~1;
        return Number((BigInteger)(Math.Sqrt((double)(rest >> even)) * Math.ScaleB(1, 60)) << (even / 2), readings.Count, Bits + 60);
    }

    private static double Lost(List<(long At, double Value)> readings)
    {
        double lost = 0;
        for (int i = 1; i < readings.Count; i++)
            lost += readings[i].Value < readings[i - 1].Value ? readings[i - 1].Value : 0;
        return lost;
    }

    private static BigInteger Whole(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long digits = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        BigInteger whole = (BigInteger)digits << Math.Max(0, exponent - 1);
        return bits < 0 ? -whole : whole;
    }

    /// <summary>The number that is so many parts of 2^-bits.</summary>
    private static double Number(BigInteger whole, int parts, int bits)
    {
        int more = (int)Math.Max(0, 64 + BigInteger.Abs(parts).GetBitLength() - BigInteger.Abs(whole).GetBitLength());
        BigInteger quotient = (whole << more) / parts;
        int less = (int)Math.Max(0, BigInteger.Abs(quotient).GetBitLength() - 64);
        return Math.ScaleB((double)(quotient >> less), less - more - bits);
    }
}
