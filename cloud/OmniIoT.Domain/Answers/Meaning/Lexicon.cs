using System.Collections.Frozen;
using OmniIoT.Domain.Search;

namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>
/// Which words mean the same, in five languages: what people say of products, purchases and service. A word of the list stands for all
/// that begin with it; one with a dot at its end for itself alone; an underscore joins words that follow each other. What has <c>~</c>
/// behind its name is said of nearly everything.
/// </summary>
internal sealed class Lexicon
{
    private const string Resource = "concepts.txt";
    private const string StopWords = "#stop";

    /// <summary>Shorter beginnings are looked up first; the longest word of the list bounds the look.</summary>
    private const int LongestBeginning = 24;

    private const int MostWordsInPhrase = 4;

    private readonly Dictionary<string, List<string>> _beginnings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _phraseStarts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _phrases = new(StringComparer.Ordinal);
    private readonly HashSet<string> _weak = new(StringComparer.Ordinal);
    private readonly FrozenSet<string> _stop;

    private Lexicon(TextReader lines)
    {
        HashSet<string> stop = new(StringComparer.Ordinal);
        string concept = "";
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                concept = Header(line);
            else if (concept == StopWords)
                stop.UnionWith(SearchText.Words(line));
            else
                Add(concept[1..], line);
        }
        _stop = stop.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The one that is built in.</summary>
    public static Lexicon BuiltIn { get; } = Read();

    /// <summary>Whether a word says nothing of what a text is about.</summary>
    public bool IsStopWord(string word) => _stop.Contains(word);

    /// <summary>Whether it is said of nearly everything here, and tells little.</summary>
    public bool IsWeak(string concept) => _weak.Contains(concept);

    /// <summary>What the words from a place on stand for.</summary>
    /// <param name="length">How many of them do; 1 when they stand for nothing.</param>
    public IReadOnlyList<string> ConceptsAt(IReadOnlyList<string> words, int at, out int length)
    {
        if (_phraseStarts.Contains(Start(words[at])) && PhraseAt(words, at, out length) is { } meant)
            return meant;
        length = 1;
        List<string> found = [];
        string word = words[at];
        if (_whole.TryGetValue(word, out List<string>? whole))
            found.AddRange(whole);
        for (int end = Math.Min(word.Length, LongestBeginning); end >= 2 && found.Count == 0; end--)
        {
            if (_beginnings.TryGetValue(word[..end], out List<string>? begun))
                found.AddRange(begun);
        }
        return found;
    }

    private string Header(string line)
    {
        string concept = line.Split(' ')[0];
        if (line.EndsWith('~'))
            _weak.Add(concept[1..]);
        return concept;
    }

    private List<string>? PhraseAt(IReadOnlyList<string> words, int at, out int length)
    {
        for (length = Math.Min(MostWordsInPhrase, words.Count - at); length > 1; length--)
        {
            string phrase = string.Join('_', words.Skip(at).Take(length));
            for (int end = phrase.Length; end > 3; end--)
            {
                // A beginning of the last word is enough; those before it are said whole.
                if (end < phrase.Length && phrase[end] == '_')
                    break;
                if (_phrases.TryGetValue(phrase[..end], out List<string>? meant))
                    return meant;
            }
        }
        return null;
    }

    private void Add(string concept, string line)
    {
        foreach (string entry in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            string[] words = [.. entry.Split('_').SelectMany(SearchText.Words)];
            if (words.Length > 1)
            {
                _phraseStarts.Add(Start(words[0]));
                Put(_phrases, string.Join('_', words), concept);
            }
            else if (words.Length == 1)
                Put(entry.EndsWith('.') ? _whole : _beginnings, words[0], concept);
        }
    }

    private static string Start(string word) => word.Length <= 2 ? word : word[..2];

    private static void Put(Dictionary<string, List<string>> into, string key, string concept)
    {
        if (!into.TryGetValue(key, out List<string>? concepts))
            into[key] = concepts = [];
        if (!concepts.Contains(concept))
            concepts.Add(concept);
    }

    private static Lexicon Read()
    {
        using Stream stream = typeof(Lexicon).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader lines = new(stream);
        return new Lexicon(lines);
    }
}
