using System.Collections.Frozen;
using System.Globalization;

namespace OmniIoT.Domain.Desk;

/// <summary>The unresolved case of a customer's device, which they write about before they say so.</summary>
/// <param name="Title">What the device or a rule called it; null: an agent gave it a name, which is the company's.</param>
public sealed record KnownTrouble(string DeviceName, long CaseNumber, string? Title)
{
    /// <summary>Between braces the device, the title with its colon, and the number; by language.</summary>
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] =
            "We already know about the trouble with {0}{1} (case {2}) and are working on it. You need not explain it again; write on if you want to add something.",
        ["az"] =
            "{0} ilə bağlı nasazlıqdan artıq xəbərimiz var{1} (müraciət {2}) və üzərində işləyirik. Yenidən izah etməyə ehtiyac yoxdur; əlavəniz varsa, yazın.",
        ["ar"] = "نحن على علم بالمشكلة في {0}{1} (الحالة {2}) ونعمل عليها. لا حاجة إلى شرحها من جديد؛ اكتب إن أردت أن تضيف شيئًا.",
        ["hy"] =
            "Մենք արդեն գիտենք {0}-ի խնդրի մասին{1} (դիմում {2}) և աշխատում ենք դրա վրա։ Կարիք չկա նորից բացատրել. գրեք, եթե ուզում եք որևէ բան ավելացնել։",
        ["fa"] =
            "از مشکل {0} باخبریم{1} (پروندهٔ {2}) و روی آن کار می‌کنیم. نیازی نیست دوباره توضیح دهید؛ اگر چیزی می‌خواهید بیفزایید، بنویسید.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the customer is told at once.</summary>
    /// <param name="locale">BCP 47; one that is not spoken, and null, is English.</param>
    public string Greeting(string? locale)
    {
        string language = locale?.Split('-', '_')[0].ToLowerInvariant() ?? "en";
        string title = Title is null ? "" : ": " + Title;
        return string.Format(CultureInfo.InvariantCulture, Words.GetValueOrDefault(language, Words["en"]), DeviceName, title, CaseNumber);
    }
}
