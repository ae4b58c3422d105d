using OmniIoT.Domain.Answers;
using OmniIoT.TestKit.Answers;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>How often a bot is right; <c>OmniIoT.Benchmarks answers</c> prints the figures.</summary>
public sealed class AnswerMeasureTests
{
    private const double Mark = 0.85;
    private const double MarkOfLanguage = 0.7;

    private readonly AnswerMeasure _measure = new();

    [Fact]
    public void There_are_enough_questions_and_half_share_no_stem()
    {
        Assert.True(_measure.Questions.Count >= 200);
        Assert.True(_measure.Questions.Count(static question => !question.SharesStem) * 2 >= _measure.Questions.Count);
        Assert.Equal(Locales.All.Order(), _measure.Questions.Select(static question => question.Locale).Distinct().Order());
        Assert.Equal(_measure.Questions.Count, _measure.Questions.Select(static question => question.Text).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_half_is_answered_as_often_right_as_promised(bool heldOut)
    {
        AskedQuestion[] half = [.. _measure.Questions.Where(question => AnswerMeasure.IsHeldOut(question) == heldOut)];

        Assert.InRange(ShareRight(half), Mark, 1);
        foreach (IGrouping<string, AskedQuestion> language in half.GroupBy(static question => question.Locale))
            Assert.InRange(ShareRight([.. language]), MarkOfLanguage, 1);
    }

    [Fact]
    public void What_is_not_known_is_not_answered()
    {
        AskedQuestion[] strange = [.. _measure.Questions.Where(static question => question.Expected == "handover")];

        double told = strange.Count(question => AnswerMeasure.IsInvented(question, _measure.Ask(question)));

        Assert.InRange(told / strange.Length, 0, 0.05);
    }

    private double ShareRight(AskedQuestion[] questions) =>
        (double)questions.Count(question => AnswerMeasure.IsRight(question, _measure.Ask(question))) / questions.Length;
}
