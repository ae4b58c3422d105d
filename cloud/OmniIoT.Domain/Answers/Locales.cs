namespace OmniIoT.Domain.Answers;

/// <summary>The languages in which customers are answered, by their ISO 639-1 codes.</summary>
public static class Locales
{
    public const string English = "en";
    public const string Azerbaijani = "az";
    public const string Arabic = "ar";
    public const string Armenian = "hy";
    public const string Persian = "fa";

    public static IReadOnlyList<string> All { get; } = [English, Azerbaijani, Arabic, Armenian, Persian];

    /// <summary>Letters of Persian that Arabic does not have, and the forms of yeh and kaf that Persian keyboards write.</summary>
    private const string PersianLetters = "\u067E\u0686\u0698\u06AF\u06A9\u06CC";

    private const string AzerbaijaniLetters = "\u0259\u018F\u011F\u011E\u0131\u0130\u015F\u015E\u00E7\u00C7\u00F6\u00D6\u00FC\u00DC";

    /// <summary>The language of a tag such as <c>fa-IR</c>; null: none of these.</summary>
    public static string? Of(string? tag)
    {
        if (tag is null)
            return null;
        string language = tag.Split('-', '_')[0].ToLowerInvariant();
        return All.Contains(language) ? language : null;
    }

    public static bool IsRightToLeft(string locale) => locale is Arabic or Persian;

    /// <summary>The language that somebody writes in, as far as letters tell.</summary>
    /// <param name="usual">What it is when the letters do not tell: theirs, else English.</param>
    public static string Detect(string text, string? usual)
    {
        if (text.Any(static letter => letter is >= '\u0531' and <= '\u0587'))
            return Armenian;
        if (text.Any(static letter => letter is >= '\u0600' and <= '\u06FF'))
            return text.Any(PersianLetters.Contains) || usual == Persian ? Persian : Arabic;
        if (text.Any(AzerbaijaniLetters.Contains))
            return Azerbaijani;
        return Of(usual) is { } own and (English or Azerbaijani) ? own : English;
    }
}
