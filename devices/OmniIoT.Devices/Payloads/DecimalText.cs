using System.Text.Json;

namespace OmniIoT.Devices.Payloads;

/// <summary>
/// Numbers as sensors write them, at a third of the library's cost. Exact: a mantissa below 2^53 divided by a power of
/// ten up to 10^15 rounds once, as the general parser does.
/// </summary>
internal static class DecimalText
{
    private const int MostDigits = 15;

    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The current number token; false when it is not finite.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out double number) =>
        TryReadShort(reader.ValueSpan, out number) || (reader.TryGetDouble(out number) && double.IsFinite(number));

    /// <summary>At most fifteen digits without an exponent; the token is known to be a JSON number.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> token, out double number)
    {
        number = 0;
        bool isNegative = token[0] == '-';
        if (isNegative)
            token = token[1..];
        if (token.Length > MostDigits + 1)
            return false;
        long mantissa = 0L;
        int fraction = -1;
        foreach (byte c in token)
        {
            uint digit = (uint)(c - '0');
            if (digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                if (fraction >= 0)
                    fraction++;
            }
            else if (c == '.')
                fraction = 0;
            else
                return false;
        }
        if (token.Length == MostDigits + 1 && fraction < 0)
            return false;
        number = fraction > 0 ? mantissa / PowersOfTen[fraction] : mantissa;
        if (isNegative)
            number = -number;
        return true;
    }
}
