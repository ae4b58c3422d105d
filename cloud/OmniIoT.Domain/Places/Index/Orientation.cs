namespace OmniIoT.Domain.Places.Index;

/// <summary>On which side of a line a point lies, without rounding error.</summary>
internal static class Orientation
{
    // Bound on the error of the plain determinant, relative to the sum of its products: (3 + 16ε)ε with ε = 2⁻⁵³
    // (Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates", 1997).
    private const double ErrorBound = 3.3306690738754716e-16;

    /// <summary>1 when p lies to the left of the line from a to b, −1 to the right, 0 exactly on it.</summary>
    public static int Sign(double ax, double ay, double bx, double by, double px, double py)
    {
        double left = (ax - px) * (by - py);
        double right = (ay - py) * (bx - px);
        double determinant = left - right;
        return Math.Abs(determinant) > ErrorBound * (Math.Abs(left) + Math.Abs(right))
            ? Math.Sign(determinant)
            : ExactSign(ax, ay, bx, by, px, py);
    }

    private static int ExactSign(double ax, double ay, double bx, double by, double px, double py)
    {
        Span<double> terms = stackalloc double[16];
        WriteProduct(terms[..8], Difference(ax, px), Difference(by, py), 1);
        WriteProduct(terms[8..], Difference(ay, py), Difference(bx, px), -1);
        return SignOfSum(terms);
    }

    private static void WriteProduct(Span<double> terms, (double High, double Low) a, (double High, double Low) b, int factor)
    {
        (terms[0], terms[1]) = Product(factor * a.Low, b.Low);
        (terms[2], terms[3]) = Product(factor * a.Low, b.High);
        (terms[4], terms[5]) = Product(factor * a.High, b.Low);
        (terms[6], terms[7]) = Product(factor * a.High, b.High);
    }

    // Adds the terms into an expansion whose parts do not overlap; its last part that is not zero then has the sum's sign.
    private static int SignOfSum(ReadOnlySpan<double> terms)
    {
        Span<double> parts = stackalloc double[terms.Length];
        for (int count = 0; count < terms.Length; count++)
        {
            double carry = terms[count];
            for (int i = 0; i < count; i++)
                (carry, parts[i]) = Sum(carry, parts[i]);
            parts[count] = carry;
        }

        int last = parts.LastIndexOfAnyExcept(0.0);
        return last < 0 ? 0 : Math.Sign(parts[last]);
    }

    private static (double High, double Low) Difference(double a, double b) => Sum(a, -b);

    private static (double High, double Low) Sum(double a, double b)
    {
        double sum = a + b;
        double bRounded = sum - a;
        double aRounded = sum - bRounded;
        return (sum, (a - aRounded) + (b - bRounded));
    }

    private static (double High, double Low) Product(double a, double b)
    {
        double product = a * b;
        return (product, Math.FusedMultiplyAdd(a, b, -product));
    }
}
