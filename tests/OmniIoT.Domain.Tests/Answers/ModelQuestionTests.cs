using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Answers.Models;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>What a language model is asked with, and what of its answers is told.</summary>
public sealed class ModelQuestionTests
{
    private static readonly ModelQuestion Question = ModelQuestion.Of(
        Helpdesk.Knowledge,
        Helpdesk.Ask("is it safe to go on washing", Helpdesk.Broken) with
        {
            HelpAddress = "https://shop.example",
        }
    );

    [Fact]
    public void It_is_asked_with_what_customers_are_shown_and_with_the_devices()
    {
        Assert.Equal(["device:w7", "leak"], Question.Sources.Select(static source => source.Id));
        Assert.Equal("Your Washer 7 reports E42 since 09:55.", Question.Sources[0].Text);
        Assert.Equal("Close the tap.", Question.Sources[1].Text);
    }

    [Fact]
    public void What_it_took_from_an_article_is_told_with_the_articles_page()
    {
        BotVerdict told = Question.Accept(new ModelAnswer(" Close the tap first. ", ["leak", "device:w7"]))!;

        Assert.Equal((BotOutcome.Answer, "leak"), (told.Outcome, told.Article));
        Assert.Equal("Close the tap first.\nWater leaks from the washer. More: https://shop.example/help/en/leak", told.Text);
    }

    [Theory]
    [InlineData("Close the tap.")]
    [InlineData("Close the tap.", "secret")]
    [InlineData("Close the tap.", "leak", "draft")]
    [InlineData("See https://evil.example for more", "leak")]
    [InlineData("See WWW.evil.example for more", "leak")]
    [InlineData("Pay at evil.example/pay", "leak")]
    [InlineData("Write to help@evil", "leak")]
    [InlineData("  ", "leak")]
    public void What_names_no_source_or_another_or_leads_elsewhere_is_not_told(string text, params string[] sources) =>
        Assert.Null(Question.Accept(new ModelAnswer(text, sources)));

    [Theory]
    [InlineData("Use 1.5 litres at 30.5 degrees. Then wait.")]
    [InlineData("Suyu bağlayın. Sonra gözləyin...")]
    public void Numbers_and_sentences_are_no_addresses(string text) => Assert.NotNull(Question.Accept(new ModelAnswer(text, ["leak"])));

    [Fact]
    public void What_is_too_long_is_not_told() => Assert.Null(Question.Accept(new ModelAnswer(new string('x', 1_201), ["leak"])));

    [Fact]
    public void However_much_is_known_what_it_is_asked_with_is_bounded()
    {
        DeviceReport[] devices = [.. Enumerable.Range(0, 100).Select(n => new DeviceReport($"d{n}", $"Dryer {n}", "dryer", null))];

        ModelQuestion question = ModelQuestion.Of(Helpdesk.Large(articles: 100, lettersEach: 10_000), Helpdesk.Ask("anything", devices));

        Assert.Equal(22, question.Sources.Count);
        Assert.InRange(question.Sources.Sum(static source => source.Text.Length), 1_000, 22 * 1_500);
    }
}
