using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>Takes a text apart into words that say something.</summary>
internal static class Tokens
{
    /// <summary>Of a question; who asks longer asks of several things, and each word costs a look.</summary>
    public const int MostOfQuestion = 60;

    /// <summary>Of an article in one language.</summary>
    public const int MostOfText = 2_000;

    /// <summary>Endings are long in Armenian, Azerbaijani and Persian; five letters tell words apart in each of the languages.</summary>
    private const int StemLength = 5;

    /// <summary>What stands before a word in Arabic without a blank, as folding writes it: and, the, with, for, like, so.</summary>
    private static readonly string[] ArabicBefore =
    [
        "\u0648\u0627\u0644",
        "\u0628\u0627\u0644",
        "\u0644\u0644",
        "\u0641\u0627\u0644",
        "\u0643\u0627\u0644",
        "\u0627\u0644",
        "\u0648",
        "\u0628",
        "\u0644",
        "\u0641",
    ];

    public static List<Token> Of(string text, int most)
    {
        Lexicon lexicon = Lexicon.BuiltIn;
        List<string> words = [.. SearchText.Words(text).Take(most)];
        List<Token> tokens = [];
        for (int at = 0; at < words.Count; )
        {
            IReadOnlyList<string> concepts = Meant(lexicon, words, at, out int length);
            if (concepts.Count > 0 || !lexicon.IsStopWord(words[at]))
                tokens.Add(new Token(length == 1 ? Stem(words[at]) : string.Join('_', words.Skip(at).Take(length)), concepts));
            at += length;
        }
        return tokens;
    }

    /// <summary>All words of a text, without most of their endings.</summary>
    public static IEnumerable<string> Stems(string text, int most) => SearchText.Words(text).Take(most).Select(Stem);

    /// <summary>The word as it is; else without what Arabic writes before it.</summary>
    private static IReadOnlyList<string> Meant(Lexicon lexicon, List<string> words, int at, out int length)
    {
        IReadOnlyList<string> concepts = lexicon.ConceptsAt(words, at, out length);
        return concepts.Count > 0 || Bare(words[at]) is not { } bare ? concepts : lexicon.ConceptsAt([bare], 0, out length);
    }

    private static string Stem(string word)
    {
        string bare = Bare(word) ?? word;
        return bare.Length <= StemLength ? bare : bare[..StemLength];
    }

    private static string? Bare(string word)
    {
        if (word[0] is < '\u0600' or > '\u06FF')
            return null;
        foreach (string before in ArabicBefore)
        {
            if (word.Length >= before.Length + 3 && word.StartsWith(before, StringComparison.Ordinal))
                return word[before.Length..];
        }
        return null;
    }
}
