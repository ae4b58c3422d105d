using System.Collections.Frozen;
using System.Globalization;

namespace OmniIoT.Domain.Voice;

/// <summary>What a survey says where its document does not, in the five languages.</summary>
public static class SurveyWords
{
    private static readonly FrozenDictionary<(SurveyType, string), string> Questions = new Dictionary<(SurveyType, string), string>
    {
        [(SurveyType.Csat, "en")] = "How satisfied are you with our help?",
        [(SurveyType.Csat, "az")] = "Köməyimizdən nə dərəcədə razısınız?",
        [(SurveyType.Csat, "ar")] = "ما مدى رضاك عن مساعدتنا؟",
        [(SurveyType.Csat, "hy")] = "Որքանո՞վ եք գոհ մեր օգնությունից։",
        [(SurveyType.Csat, "fa")] = "چقدر از کمک ما راضی هستید؟",
        [(SurveyType.Nps, "en")] = "How likely are you to recommend us?",
        [(SurveyType.Nps, "az")] = "Bizi başqalarına tövsiyə etmə ehtimalınız nə qədərdir?",
        [(SurveyType.Nps, "ar")] = "ما احتمال أن توصي بنا؟",
        [(SurveyType.Nps, "hy")] = "Որքա՞ն հավանական է, որ մեզ խորհուրդ կտաք ուրիշներին։",
        [(SurveyType.Nps, "fa")] = "چقدر احتمال دارد ما را به دیگران توصیه کنید؟",
        [(SurveyType.Ces, "en")] = "How easy was it to get help?",
        [(SurveyType.Ces, "az")] = "Kömək almaq nə qədər asan oldu?",
        [(SurveyType.Ces, "ar")] = "ما مدى سهولة حصولك على المساعدة؟",
        [(SurveyType.Ces, "hy")] = "Որքա՞ն հեշտ էր օգնություն ստանալը։",
        [(SurveyType.Ces, "fa")] = "دریافت کمک چقدر آسان بود؟",
    }.ToFrozenDictionary();

    /// <summary>Between braces the lowest and the highest score, and the address.</summary>
    private static readonly FrozenDictionary<string, string> Hints = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["en"] = "Answer with a number from {0} (worst) to {1} (best), or here: {2}",
        ["az"] = "{0} (ən pis) ilə {1} (ən yaxşı) arasında bir rəqəmlə cavab verin və ya burada: {2}",
        ["ar"] = "أجب برقم من {0} (الأسوأ) إلى {1} (الأفضل)، أو هنا: {2}",
        ["hy"] = "Պատասխանեք {0}-ից (վատագույն) մինչև {1} (լավագույն) թվով կամ այստեղ՝ {2}",
        ["fa"] = "با عددی از {0} (بدترین) تا {1} (بهترین) پاسخ دهید، یا اینجا: {2}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Question(Survey survey, string locale) => survey.Question?.In(locale) ?? Questions[(survey.Type, locale)];

    /// <summary>The question with how to answer it.</summary>
    /// <param name="address">Of the page.</param>
    public static string Message(SurveyType type, string question, string locale, string address) =>
        question + "\n" + string.Format(CultureInfo.InvariantCulture, Hints[locale], type.Lowest(), type.Highest(), address);
}
