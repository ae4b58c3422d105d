namespace OmniIoT.Host;

/// <summary>Tells keys that were made by chance from such as somebody thought out.</summary>
internal static class KeyStrength
{
    public const int LeastBits = 128;

    /// <summary>A key of chance has so many by far: of 32 hexadecimal digits fewer are different once in a hundred thousand.</summary>
    private const int LeastDifferent = 8;

    private const int HexDigits = 16;
    private const int Base64Digits = 64;

    /// <summary>Whether a key may have been drawn from 2^128 at least: by its length, of the signs that it is made of.</summary>
    public static bool IsEnough(string key)
    {
        int signs = key.All(char.IsAsciiHexDigit) ? HexDigits : Base64Digits;
        return key.Length * Math.Log2(signs) >= LeastBits && key.Distinct().Count() >= LeastDifferent;
    }
}
