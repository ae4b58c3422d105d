using System.Text;

namespace OmniIoT.Domain.Search;

/// <summary>
/// What somebody searches for: every word is to be found. A word may be said in several ways; one of them is enough.
/// </summary>
/// <param name="Words">Distinct; none finds everything.</param>
public sealed record SearchQuery(IReadOnlyList<IReadOnlyList<string>> Words)
{
    /// <summary>What is typed beyond these is not looked at: each costs a look into the index.</summary>
    public const int MostWords = 12;

    /// <summary>Digits in the shortest whole telephone number.</summary>
    private const int ShortestNumber = 7;

    public bool IsEmpty => Words.Count == 0;

    /// <summary>
    /// Words of typed text. A telephone number is one word in whatever groups it is written, also without the zeros that stand for the
    /// way out of a country or a town.
    /// </summary>
    /// <param name="text">Null or without a letter or digit: nothing is asked for.</param>
    public static SearchQuery Of(string? text)
    {
        string typed = text ?? "";
        if (NumberIn(typed) is { } number)
            return new SearchQuery([Ways(number)]);
        return new SearchQuery([
            .. SearchText
                .Words(typed)
                .Distinct(StringComparer.Ordinal)
                .Take(MostWords)
                .Select(word => IsNumber(word) ? Ways(word) : [word]),
        ]);
    }

    /// <summary>The digits of a text that is a telephone number and nothing else; null when it is something else.</summary>
    public static string? NumberIn(string text)
    {
        StringBuilder digits = new();
        foreach (string word in SearchText.Words(text))
            digits.Append(word);
        string number = digits.ToString();
        bool begins = number.StartsWith('0') || text.TrimStart() is ['+' or '(', ..];
        return begins && IsNumber(number) ? number : null;
    }

    private static bool IsNumber(string word) => word.Length >= ShortestNumber && word.All(char.IsAsciiDigit);

    private static IReadOnlyList<string> Ways(string number)
    {
        string bare = number.TrimStart('0');
        return bare.Length < number.Length && bare.Length >= ShortestNumber - 1 ? [number, bare] : [number];
    }
}
