using System.Collections.Frozen;
using System.Text.Json;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Answers;

/// <summary>What documents of answers are made of: texts in several languages and lists of words.</summary>
internal static class AnswerFields
{
    /// <summary>A text, or one per language; null when it is missing or was refused.</summary>
    public static LocalizedText? Localized(this JsonFields fields, string name, int maxLength)
    {
        if (fields.Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.String)
            return fields.Text(name, maxLength) is { } text ? LocalizedText.Of(text) : null;
        return fields.Object(name) is { } texts ? ByLocale(texts, maxLength) : null;
    }

    /// <summary>Texts by language, where one that is not said by language is of every one.</summary>
    public static FrozenDictionary<string, IReadOnlyList<string>> Lists(this JsonFields fields, string name, int most, int maxLength)
    {
        if (fields.Find(name) is not { } value)
            return FrozenDictionary<string, IReadOnlyList<string>>.Empty;
        if (value.ValueKind is not JsonValueKind.Object)
        {
            IReadOnlyList<string> texts = fields.Texts(name, most, maxLength);
            return Locales.All.ToFrozenDictionary(static locale => locale, _ => texts, StringComparer.Ordinal);
        }
        JsonFields lists = fields.Object(name)!;
        lists.RefuseOthers([.. Locales.All]);
        return Locales
            .All.Where(lists.Has)
            .ToFrozenDictionary(static locale => locale, locale => lists.Texts(locale, most, maxLength), StringComparer.Ordinal);
    }

    private static LocalizedText? ByLocale(JsonFields texts, int maxLength)
    {
        texts.RefuseOthers([.. Locales.All]);
        Dictionary<string, string> byLocale = new(StringComparer.Ordinal);
        foreach (string locale in Locales.All)
        {
            if (texts.Text(locale, maxLength) is { } text)
                byLocale[locale] = text;
        }
        return byLocale.Count == 0 ? null : new LocalizedText(byLocale.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
