using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>What a bot makes of one question.</summary>
public sealed class BotBrainTests
{
    [Fact]
    public void An_article_is_told_with_its_beginning_and_its_page()
    {
        BotVerdict verdict = Verdict("my washer leaks water");

        Assert.Equal((BotOutcome.Answer, "leak"), (verdict.Outcome, verdict.Article));
        Assert.Equal("Water leaks from the washer\nClose the tap.\nMore: /help/en/leak", verdict.Text);
        Assert.InRange(verdict.Confidence, Helpdesk.Bot.Threshold, 1);
    }

    [Fact]
    public void What_means_the_same_is_found_in_another_language() =>
        Assert.Equal(
            "leak",
            BotBrain.Ask(Helpdesk.Bot, Helpdesk.Knowledge, new BotQuestion("Paltaryuyandan su sızır", "az") { Now = Helpdesk.Now }).Article
        );

    [Theory]
    [InlineData("What do friends pay, is there a discount?")]
    [InlineData("How do I descale my coffee machine?")]
    [InlineData("Where is the manual?")]
    [InlineData("Who won the football match?")]
    public void What_customers_are_not_shown_and_what_is_not_known_is_not_told(string question)
    {
        BotVerdict verdict = Verdict(question);

        Assert.NotEqual(BotOutcome.Answer, verdict.Outcome);
        Assert.Null(verdict.Article);
    }

    [Fact]
    public void The_device_is_asked_before_the_customer()
    {
        BotVerdict verdict = BotBrain.Ask(Helpdesk.Bot, Helpdesk.Knowledge, Helpdesk.Ask("hmm something is odd", Helpdesk.Broken));

        Assert.Equal((BotOutcome.Ask, "w7"), (verdict.Outcome, verdict.DeviceId));
        Assert.Equal("Your Washer 7 reports E42 since 09:55. Is it about that?", verdict.Text);
    }

    [Fact]
    public void The_state_of_the_devices_is_told()
    {
        DeviceReport well = new("d1", "Dryer", "dryer", null);

        BotVerdict verdict = BotBrain.Ask(Helpdesk.Bot, Helpdesk.Knowledge, Helpdesk.Ask("How is my machine?", Helpdesk.Broken, well));

        Assert.Equal((BotOutcome.Answer, "status"), (verdict.Outcome, verdict.Intent));
        Assert.Equal("Your Washer 7 reports E42 since 09:55.\nYour Dryer reports no trouble.", verdict.Text);
    }

    [Fact]
    public void Who_wants_a_person_gets_one_and_an_intent_names_the_queue()
    {
        Assert.Equal(BotOutcome.Handover, Verdict("I want to talk to a person").Outcome);
        Assert.Equal((BotOutcome.Handover, "legal"), (Verdict("My lawyer will call").Outcome, Verdict("My lawyer will call").Queue));
    }

    private static BotVerdict Verdict(string text) => BotBrain.Ask(Helpdesk.Bot, Helpdesk.Knowledge, Helpdesk.Ask(text));
}
