namespace OmniIoT.Domain;

/// <summary>The code that redeems an offer: eight characters that nobody misreads, 40 bits.</summary>
public static class OfferCode
{
    public const int Length = 8;

    // 32 symbols without 0, O, 1 and I.
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The code that these bytes give.</summary>
    /// <param name="random">Eight bytes that cannot be guessed; the lower five bits of each count.</param>
    public static string From(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Length);
        Span<char> code = stackalloc char[Length];
        for (int i = 0; i < Length; i++)
            code[i] = Alphabet[random[i] % Alphabet.Length];
        return new string(code);
    }

    /// <summary>Whether what a person typed is the code; letter case, blanks and hyphens do not matter.</summary>
    public static bool Matches(string code, string typed) =>
        string.Equals(code, typed.Replace("-", "").Replace(" ", ""), StringComparison.OrdinalIgnoreCase);
}
