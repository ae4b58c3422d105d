using System.Globalization;
using System.Text;
using OmniIoT.Api.Pages;
using OmniIoT.Domain.Voice;
using static OmniIoT.Api.Pages.PlainPage;

namespace OmniIoT.Api.Voice;

/// <summary>Writes the page of a question: whole without a script, for any screen, in either direction.</summary>
internal static class SurveyPage
{
    private const string Style = """
        body{max-width:36rem}
        h1{font-size:1.35rem;line-height:1.35}
        fieldset{border:0;padding:0;margin:0 0 1rem;min-width:0}
        legend{padding:0;margin-block-end:.5rem}
        .scores{display:flex;flex-wrap:wrap;gap:.5rem}
        .scores label{display:flex;align-items:center;justify-content:center;gap:.35rem;min-width:3.5rem;min-height:2.75rem;
        border:1px solid;border-radius:.5rem;padding:0 .5rem;box-sizing:border-box}
        .ends{display:flex;justify-content:space-between;gap:1rem}
        textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}
        button{font:inherit;padding:.5rem 1.5rem;min-height:2.75rem;margin-block-start:1rem}
        """;

    /// <param name="wrong">Whether what was sent has no score of the scale.</param>
    public static string OfQuestion(SurveyRequest request, bool wrong)
    {
        string locale = request.Locale;
        StringBuilder main = new();
        main.Append("<h1>").Append(Safe(request.Question)).Append("</h1>");
        if (wrong)
            main.Append("<p role=\"alert\">").Append(Say("surveyWrong", locale)).Append("</p>");
        main.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/s/{request.Token}\"><fieldset><legend>");
        main.Append(Say("surveyScore", locale)).Append("</legend><div class=\"scores\">");
        for (int score = request.Type.Lowest(); score <= request.Type.Highest(); score++)
            main.Append(
                CultureInfo.InvariantCulture,
                $"<label><input type=\"radio\" name=\"score\" value=\"{score}\" required>{score}</label>"
            );
        main.Append("</div><div class=\"ends\"><span>").Append(Say("surveyWorst", locale)).Append("</span><span>");
        main.Append(Say("surveyBest", locale)).Append("</span></div></fieldset><label for=\"text\">").Append(Say("surveyText", locale));
        main.Append(
            CultureInfo.InvariantCulture,
            $"</label><textarea id=\"text\" name=\"text\" rows=\"4\" maxlength=\"{SurveyReply.MaxText}\">"
        );
        main.Append("</textarea><button>").Append(Say("surveySend", locale)).Append("</button></form>");
        return Whole(locale, Safe(request.Question), main.ToString());
    }

    /// <param name="key">Of what it says.</param>
    public static string OfWords(string locale, string key) =>
        Whole(locale, Say(key, locale), $"<h1 role=\"status\">{Say(key, locale)}</h1>");

    private static string Whole(string locale, string title, string main) =>
        PlainPage.Of(locale, title, Style, $"<main>{main}</main>", "<meta name=\"robots\" content=\"noindex\">");
}
