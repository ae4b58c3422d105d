using System.Collections.Frozen;

namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>
/// Finds what answers a question, by words, by what words mean, and by letters where a word is misspelt. Immutable. A question costs no
/// more than its words and the entries that share one: of these the best few are compared word by word.
/// </summary>
public sealed class AnswerIndex
{
    /// <summary>Entries that are compared word by word.</summary>
    public const int MostCompared = 40;

    /// <summary>Concepts that a question is tagged with.</summary>
    private const int MostTags = 5;

    private readonly Entry[] _entries;
    private readonly Weights _weights;
    private readonly FrozenDictionary<string, int[]> _postings;

    private AnswerIndex(Entry[] entries)
    {
        _entries = entries;
        _postings = entries
            .SelectMany(static (entry, number) => entry.Words.Concat(entry.Concepts.Select(Weights.Named)).Select(word => (word, number)))
            .GroupBy(static pair => pair.word, static pair => pair.number, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        _weights = new Weights(_postings, entries.Length);
    }

    public static AnswerIndex Build(IEnumerable<AnswerEntry> entries) => new([.. entries.Select(static entry => new Entry(entry))]);

    /// <summary>What may answer, the best first; nothing that has nothing in common with the question.</summary>
    /// <param name="limit">1 to 40.</param>
    public IReadOnlyList<AnswerMatch> Find(string question, int limit)
    {
        IReadOnlyList<Token> asked = _weights.Corrected(Tokens.Of(question, Tokens.MostOfQuestion));
        if (asked.Count == 0)
            return [];
        return
        [
            .. Sharing(asked)
                .OrderByDescending(static shared => shared.Weight)
                .ThenBy(static shared => shared.Number)
                .Take(MostCompared)
                .Select(shared => new AnswerMatch(_entries[shared.Number].Key, ScoreOf(_entries[shared.Number], asked)))
                .Where(static match => match.Score > 0)
                // Of equals the one that was named first stays first.
                .OrderByDescending(static match => match.Score)
                .Take(limit),
        ];
    }

    /// <summary>What a text is about, as far as its words tell, in the order of its words.</summary>
    public static IReadOnlyList<string> TagsOf(string text) =>
        [.. Tokens.Of(text, Tokens.MostOfQuestion).SelectMany(static token => token.Concepts).Distinct().Take(MostTags)];

    private IEnumerable<(int Number, double Weight)> Sharing(IReadOnlyList<Token> asked)
    {
        Dictionary<int, double> shared = [];
        foreach (Token token in asked)
        {
            double weight = _weights.Of(token);
            IEnumerable<string> features = token.Concepts.Select(Weights.Named).Prepend(token.Stem);
            foreach (int number in features.SelectMany(feature => _postings.GetValueOrDefault(feature) ?? []).Distinct())
                shared[number] = shared.GetValueOrDefault(number) + weight;
        }
        return shared.Select(static pair => (pair.Key, pair.Value));
    }

    private double ScoreOf(Entry entry, IReadOnlyList<Token> asked)
    {
        double covered = _weights.Covered(asked, entry.Met);
        double best = Math.Max(Scoring.OfText(covered), Meant(entry, asked, covered));
        foreach (Phrase phrase in entry.Phrases)
        {
            double met = _weights.Covered(asked, phrase.Tokens),
                said = _weights.Covered(phrase.Tokens, asked);
            best = Math.Max(best, phrase.IsKeyword ? Scoring.OfKeyword(met, said) : Scoring.OfPhrase(met, said));
        }
        return best;
    }

    /// <summary>0 where nothing that the words mean is what the entry is named for.</summary>
    private double Meant(Entry entry, IReadOnlyList<Token> asked, double covered)
    {
        Token[] meaning = [.. asked.Where(static token => token.Concepts.Count > 0)];
        return meaning.Any(entry.IsNamedFor) ? Scoring.OfMeaning(_weights.Covered(meaning, entry.Met), covered) : 0;
    }

    private sealed class Entry
    {
        private readonly FrozenSet<string> _namedWords;
        private readonly FrozenSet<string> _namedConcepts;

        public Entry(AnswerEntry entry)
        {
            Key = entry.Key;
            Phrases =
            [
                .. entry.Phrases.Select(text => new Phrase(Tokens.Of(text, Tokens.MostOfQuestion), IsKeyword: false)),
                .. entry.Keywords.Select(text => new Phrase(Tokens.Of(text, Tokens.MostOfQuestion), IsKeyword: true)),
            ];
            Phrases.RemoveAll(static phrase => phrase.Tokens.Count == 0);
            List<Token> named = [.. Phrases.SelectMany(static phrase => phrase.Tokens)];
            _namedWords = Stems(named);
            _namedConcepts = ConceptsOf(named);
            List<Token> all = [.. named, .. Tokens.Of(entry.Text, Tokens.MostOfText)];
            Words = Stems(all);
            Concepts = ConceptsOf(all);
        }

        public string Key { get; }

        public List<Phrase> Phrases { get; }

        public FrozenSet<string> Words { get; }

        public FrozenSet<string> Concepts { get; }

        public bool IsNamedFor(Token token) => token.Concepts.Any(IsTelling);

        /// <summary>How well the entry meets a word, 0 to 1.</summary>
        public double Met(Token token) =>
            _namedWords.Contains(token.Stem) ? 1
            : token.Concepts.Any(_namedConcepts.Contains) ? Scoring.ByMeaning
            : token.Concepts.Any(Concepts.Contains) ? Scoring.MeaningOfText
            : Words.Contains(token.Stem) ? Scoring.WordOfText
            : 0;

        private bool IsTelling(string concept) => _namedConcepts.Contains(concept) && !Lexicon.BuiltIn.IsWeak(concept);

        private static FrozenSet<string> Stems(IEnumerable<Token> tokens) =>
            tokens.Select(static token => token.Stem).ToFrozenSet(StringComparer.Ordinal);

        private static FrozenSet<string> ConceptsOf(IEnumerable<Token> tokens) =>
            tokens.SelectMany(static token => token.Concepts).ToFrozenSet(StringComparer.Ordinal);
    }
}
