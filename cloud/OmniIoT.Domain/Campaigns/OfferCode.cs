using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Campaigns;

/// <summary>The code that redeems an offer: eight characters that nobody misreads, 40 bits.</summary>
public static class OfferCode
{
    public const int Length = ReadableCode.Length;

    /// <summary>The code that these bytes give.</summary>
    /// <param name="random">Eight bytes that cannot be guessed; the lower five bits of each count.</param>
    public static string From(ReadOnlySpan<byte> random) => ReadableCode.From(random);

    /// <summary>Whether what a person typed is the code; letter case, blanks and hyphens do not matter.</summary>
    public static bool Matches(string code, string typed) =>
        string.Equals(code, ReadableCode.Normalize(typed), StringComparison.OrdinalIgnoreCase);
}
