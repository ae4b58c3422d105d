using System.Collections.Immutable;
using OmniIoT.Domain.Answers.Meaning;

namespace OmniIoT.Domain.Voice;

/// <summary>All themes, as texts are looked through for them. Immutable.</summary>
public sealed class Themes
{
    /// <summary>Of one text.</summary>
    private const int Most = 20;

    private readonly ImmutableSortedDictionary<string, Theme> _byId;

    /// <summary>The phrases that begin with a stem, each with whose it is: a text costs its words, however many themes there are.</summary>
    private readonly Lazy<ILookup<string, (string[] Stems, string Theme)>> _phrases;

    private Themes(ImmutableSortedDictionary<string, Theme> byId)
    {
        _byId = byId;
        _phrases = new Lazy<ILookup<string, (string[], string)>>(() => Phrases(byId.Values));
    }

    public static Themes None { get; } = new(ImmutableSortedDictionary.Create<string, Theme>(StringComparer.Ordinal));

    public static Themes Of(IEnumerable<Theme> themes) =>
        new(None._byId.AddRange(themes.Select(static theme => KeyValuePair.Create(theme.Id, theme))));

    /// <param name="theme">Null: there is none any more.</param>
    public Themes With(string id, Theme? theme) => new(theme is null ? _byId.Remove(id) : _byId.SetItem(id, theme));

    /// <summary>Ids of the themes whose words stand in a text in whatever language and form, in order.</summary>
    public IReadOnlyList<string> In(string? text)
    {
        if (text is null || _byId.Count == 0)
            return [];
        string[] stems = StemsOf(text);
        SortedSet<string> found = new(StringComparer.Ordinal);
        for (int at = 0; at < stems.Length; at++)
        {
            foreach ((string[] phrase, string theme) in _phrases.Value[stems[at]])
            {
                if (stems.AsSpan(at).StartsWith(phrase))
                    found.Add(theme);
            }
        }
        return [.. found.Take(Most)];
    }

    private static ILookup<string, (string[] Stems, string Theme)> Phrases(IEnumerable<Theme> themes) =>
        themes
            .SelectMany(static theme => theme.Keywords.Values.SelectMany(static words => words).Select(word => (StemsOf(word), theme.Id)))
            .Where(static phrase => phrase.Item1.Length > 0)
            .ToLookup(static phrase => phrase.Item1[0], StringComparer.Ordinal);

    private static string[] StemsOf(string text) => [.. Tokens.Stems(text, Tokens.MostOfText)];
}
