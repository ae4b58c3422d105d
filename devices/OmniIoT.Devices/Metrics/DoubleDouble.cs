namespace OmniIoT.Devices.Metrics;

/// <summary>
/// A number of twice the digits, as the sum of two: Dekker, A Floating-Point Technique for Extending the Available Precision, 1971.
/// </summary>
/// <param name="Low">What <paramref name="High"/> is short of; at most half of its last digit.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>The product, whole; both factors and it must be far from the ends of the numbers.</summary>
    public static DoubleDouble Product(double left, double right)
    {
        double product = left * right;
        return new(product, Math.FusedMultiplyAdd(left, right, -product));
    }

    public DoubleDouble Plus(in DoubleDouble other)
    {
        (double high, double rest) = Sum(High, other.High);
        (double low, double lowest) = Sum(Low, other.Low);
        (high, rest) = Ordered(high, rest + low);
        return Ordered(high, rest + lowest);
    }

    public DoubleDouble Times(double factor)
    {
        (double high, double rest) = Product(High, factor);
        return Ordered(high, Math.FusedMultiplyAdd(Low, factor, rest));
    }

    public DoubleDouble Square()
    {
        (double high, double rest) = Product(High, High);
        return Ordered(high, rest + (2 * High * Low) + (Low * Low));
    }

    /// <summary>The difference as one number, with all of its digits where the two are nearly equal.</summary>
    public double Minus(in DoubleDouble other)
    {
        (double high, double rest) = Sum(High, -other.High);
        return high + (rest + (Low - other.Low));
    }

    public DoubleDouble ScaledBy(int bits) => new(Math.ScaleB(High, bits), Math.ScaleB(Low, bits));

    /// <summary>Without loss: Knuth, The Art of Computer Programming, volume 2, 4.2.2, theorem B.</summary>
    private static DoubleDouble Sum(double left, double right)
    {
        double sum = left + right;
        double taken = sum - left;
        return new(sum, left - (sum - taken) + (right - taken));
    }

    /// <summary>Without loss where the first is the larger.</summary>
    private static DoubleDouble Ordered(double large, double small)
    {
        double sum = large + small;
        return new(sum, small - (sum - large));
    }
}
