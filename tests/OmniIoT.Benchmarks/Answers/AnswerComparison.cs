using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.TestKit.Answers;

namespace OmniIoT.Benchmarks.Answers;

/// <summary>How often a bot answers right, by language, by whether a question shares a word with the article, and by half.</summary>
internal static class AnswerComparison
{
    /// <param name="showWrong">Also prints each wrong answer of the tuning half; those of the other are nobody's to look at.</param>
    public static void Run(bool showWrong)
    {
        AnswerMeasure measure = new();
        List<Told> told = [.. measure.Questions.Select(question => Told.Of(question, measure.Ask(question)))];
        foreach (bool heldOut in (bool[])[false, true])
        {
            Told[] half = [.. told.Where(one => one.IsHeldOut == heldOut)];
            Console.WriteLine(heldOut ? "held out" : "tuned on");
            foreach (string locale in Locales.All)
                Print(locale, [.. half.Where(one => one.Question.Locale == locale)]);
            Print("shares a stem", [.. half.Where(static one => one.Question.SharesStem)]);
            Print("shares none", [.. half.Where(static one => !one.Question.SharesStem)]);
            Print("all", half);
        }
        if (!showWrong)
            return;
        foreach (Told wrong in told.Where(static one => !one.IsRight && !one.IsHeldOut))
        {
            (AskedQuestion question, BotVerdict verdict) = (wrong.Question, wrong.Verdict);
            Console.WriteLine(
                $"{question.Locale} {question.Expected} -> {verdict.Outcome} {verdict.Article ?? verdict.Intent} {verdict.Confidence}: "
                    + $"{question.Text} [{string.Join(' ', verdict.Tags)}]"
            );
        }
    }

    private static void Print(string name, Told[] told) =>
        Console.WriteLine(
            $"  {name, -14} right {told.Count(static one => one.IsRight), 4} of {told.Length, 4} "
                + $"({(double)told.Count(static one => one.IsRight) / told.Length:P1}), "
                + $"told wrongly {told.Count(static one => one.IsInvented)}"
        );

    private sealed record Told(AskedQuestion Question, BotVerdict Verdict, bool IsRight, bool IsInvented, bool IsHeldOut)
    {
        public static Told Of(AskedQuestion question, BotVerdict verdict) =>
            new(
                question,
                verdict,
                AnswerMeasure.IsRight(question, verdict),
                AnswerMeasure.IsInvented(question, verdict),
                AnswerMeasure.IsHeldOut(question)
            );
    }
}
