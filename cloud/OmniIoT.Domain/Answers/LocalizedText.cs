using System.Collections.Frozen;

namespace OmniIoT.Domain.Answers;

/// <summary>The same words in several languages.</summary>
/// <param name="ByLocale">By the codes of <see cref="Locales"/>; at least one.</param>
public sealed record LocalizedText(FrozenDictionary<string, string> ByLocale)
{
    /// <summary>The same words whatever the language.</summary>
    public static LocalizedText Of(string text) =>
        new(Locales.All.ToFrozenDictionary(static locale => locale, _ => text, StringComparer.Ordinal));

    /// <summary>In this language, else in English, else in the first that there is.</summary>
    public string In(string locale) =>
        ByLocale.GetValueOrDefault(locale)
        ?? ByLocale.GetValueOrDefault(Locales.English)
        ?? Locales.All.Select(other => ByLocale.GetValueOrDefault(other)).OfType<string>().First();
}
