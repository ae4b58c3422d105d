namespace OmniIoT.Domain.Text;

/// <summary>Codes for people: eight characters that nobody misreads, 40 bits.</summary>
public static class ReadableCode
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

    /// <summary>What a person typed, as the code was written: upper case, without blanks and hyphens.</summary>
    public static string Normalize(string typed) => typed.Replace("-", "").Replace(" ", "").ToUpperInvariant();
}
