using System.Collections.Frozen;

namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>How much words of a collection tell: the rarer the more. Knows its words by their letters, too.</summary>
internal sealed class Weights
{
    /// <summary>Share of common pairs of letters from which on a word is taken for another that is misspelt.</summary>
    private const double Alike = 0.7;

    /// <summary>Shorter words have too few pairs of letters.</summary>
    private const int ShortestCorrected = 5;

    private readonly FrozenDictionary<string, double> _known;
    private readonly FrozenDictionary<string, string[]> _byPair;
    private readonly double _rarest;

    /// <param name="postings">By word, or by name of a concept, which entries have it.</param>
    public Weights(IReadOnlyDictionary<string, int[]> postings, int entries)
    {
        _known = postings.ToFrozenDictionary(
            static pair => pair.Key,
            pair => Math.Log(1 + ((double)entries / pair.Value.Length)),
            StringComparer.Ordinal
        );
        _rarest = Math.Log(1 + Math.Max(entries, 1));
        _byPair = postings
            .Keys.Where(static word => word.Length >= ShortestCorrected && !IsNamed(word))
            .SelectMany(static word => Pairs(word).Distinct().Select(pair => (pair, word)))
            .GroupBy(static pair => pair.pair, static pair => pair.word, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>A concept as it stands among words.</summary>
    public static string Named(string concept) => "#" + concept;

    public double Of(Token token)
    {
        double weight = _known.GetValueOrDefault(token.Stem);
        foreach (string concept in token.Concepts)
            weight = Math.Max(weight, _known.GetValueOrDefault(Named(concept)));
        if (token.Concepts.Count > 0 && token.Concepts.All(Lexicon.BuiltIn.IsWeak))
            weight *= Scoring.Weak;
        return weight > 0 ? weight : Scoring.Unknown * _rarest;
    }

    /// <summary>Words that nobody knows and nothing means, as the known ones that they look like.</summary>
    public IReadOnlyList<Token> Corrected(IReadOnlyList<Token> tokens) => [.. tokens.Select(Corrected)];

    /// <summary>The share of some words, by weight, that others say, 0 to 1.</summary>
    public double Covered(IReadOnlyList<Token> words, IReadOnlyList<Token> by) =>
        Covered(words, token => by.Max(other => Alikeness(token, other)));

    /// <summary>The share of some words, by weight, that is met, where each says how well it is, 0 to 1.</summary>
    public double Covered(IReadOnlyList<Token> words, Func<Token, double> share)
    {
        double all = 0,
            met = 0;
        foreach (Token token in words)
        {
            double weight = Of(token);
            all += weight;
            met += weight * share(token);
        }
        return all > 0 ? met / all : 0;
    }

    private static double Alikeness(Token one, Token other) =>
        one.Stem == other.Stem ? 1
        : one.Concepts.Any(other.Concepts.Contains) ? Scoring.ByMeaning
        : 0;

    private Token Corrected(Token token)
    {
        if (token.Concepts.Count > 0 || token.Stem.Length < ShortestCorrected || _known.ContainsKey(token.Stem))
            return token;
        string[] pairs = [.. Pairs(token.Stem).Distinct()];
        Dictionary<string, int> shared = new(StringComparer.Ordinal);
        foreach (string word in pairs.SelectMany(pair => _byPair.GetValueOrDefault(pair) ?? []))
            shared[word] = shared.GetValueOrDefault(word) + 1;
        (string? nearest, double alike) = shared
            .Select(pair => (pair.Key, 2.0 * pair.Value / (pairs.Length + Pairs(pair.Key).Distinct().Count())))
            .OrderByDescending(static pair => pair.Item2)
            .ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest is not null && alike >= Alike ? token with { Stem = nearest } : token;
    }

    private static bool IsNamed(string word) => word[0] == '#';

    private static IEnumerable<string> Pairs(string word)
    {
        string framed = $"^{word}$";
        for (int at = 0; at + 1 < framed.Length; at++)
            yield return framed.Substring(at, 2);
    }
}
