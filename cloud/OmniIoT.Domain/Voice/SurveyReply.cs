using System.Globalization;
using System.Text;

namespace OmniIoT.Domain.Voice;

/// <summary>An answer to a survey, as people write it: a score, and perhaps why.</summary>
/// <param name="Text">Null: the score alone.</param>
public readonly record struct SurveyReply(int Score, string? Text)
{
    public const int MaxText = 2_000;

    /// <summary>Blanks, and what stands between a score and its reason.</summary>
    private const string Between = " \t\r\n.,;:!-–—)";

    /// <summary>Whether words begin as an answer to some survey does.</summary>
    public static bool MayBe(string words) => words.AsSpan().TrimStart() is [var first, ..] && char.IsDigit(first);

    /// <summary>
    /// Null: the words do not begin with a score of this kind, such as <c>4</c>, <c>4/5</c> or <c>4, quick</c>, in any digits.
    /// </summary>
    public static SurveyReply? Read(SurveyType type, string words)
    {
        string text = words.Trim();
        int end = 0,
            score = 0;
        // No score has more than two digits.
        for (; end < text.Length && end < 3 && char.IsDigit(text[end]); end++)
            score = (score * 10) + (int)char.GetNumericValue(text[end]);
        if (end is 0 or 3 || !type.Has(score))
            return null;
        end = SkipScale(type, text, end);
        // 4G, 3.5 and 10:30 are no scores.
        bool isWhole =
            end == text.Length || !(char.IsLetterOrDigit(text[end]) || (Between.Contains(text[end]) && IsDigitAt(text, end + 1)));
        return isWhole ? new SurveyReply(score, Reason(text[end..])) : null;
    }

    /// <summary>Without control characters, and short enough; null: there is nothing.</summary>
    public static string? Reason(string? text)
    {
        if (text is null)
            return null;
        StringBuilder kept = new();
        foreach (char one in text.Length > MaxText ? text[..MaxText] : text)
            kept.Append(char.IsControl(one) && one is not '\n' ? ' ' : one);
        string reason = kept.ToString().Trim(Between.ToCharArray()).Trim();
        return reason.Length == 0 ? null : reason;
    }

    /// <summary>Behind "/5" or "/10", where the scale's end is written.</summary>
    private static int SkipScale(SurveyType type, string text, int end)
    {
        string scale = "/" + type.Highest().ToString(CultureInfo.InvariantCulture);
        return text.AsSpan(end).StartsWith(scale, StringComparison.Ordinal) ? end + scale.Length : end;
    }

    private static bool IsDigitAt(string text, int at) => at < text.Length && char.IsDigit(text[at]);
}
