using System.Collections.Frozen;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Tests.Answers;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A bot asks a language model what it does not know, and goes on with what that says or without it.</summary>
public sealed class BotModelTests
{
    private readonly CustomerBench _bench = new(new DecisionSettings { Desk = new DeskSettings { AsksModel = true } });
    private double _at;

    public BotModelTests() =>
        _bench.Scope.LookInto(
            Catalog.Empty with
            {
                Answers = Helpdesk.Knowledge,
                Channels = new[]
                {
                    new Channel
                    {
                        Id = "webchat",
                        Type = "webchat",
                        Name = "Web chat",
                        Bot = "helper",
                    },
                }.ToFrozenDictionary(static channel => channel.Id),
            }
        );

    [Fact]
    public void What_the_bot_knows_is_answered_at_once()
    {
        List<Effect> effects = Write("my washer leaks water");

        Assert.Empty(effects.OfType<Tell>());
        Assert.Single(Said(effects));
    }

    [Fact]
    public void What_it_does_not_know_is_asked_and_answered_from_an_article()
    {
        List<Effect> asked = Write("the moon is made of cheese");
        ModelAsked question = Asked(asked);
        _bench.Restart();

        List<Effect> answered = Tell(question, new ModelAnswer("Close the tap.", ["leak"]));

        Assert.Empty(Said(asked));
        Assert.Equal(("the moon is made of cheese", "en"), (question.Text, question.Locale));
        Assert.Equal(["Good day.\nClose the tap.\nWater leaks from the washer. More: /help/en/leak"], Said(answered));
        Assert.Null(TalkOf(answered).WaitingSince);
        Assert.Empty(Tell(question, new ModelAnswer("Close the tap.", ["leak"])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_an_answer_that_is_worth_anything_it_goes_on_by_itself(bool answersBadly)
    {
        ModelAnswer? none = answersBadly ? new ModelAnswer("I made this up.", ["elsewhere"]) : null;

        List<Effect> first = Tell(Asked(Write("the moon is made of cheese")), none);
        List<Effect> second = Tell(Asked(Write("cheese, I say")), none);

        Assert.Single(Said(first));
        Assert.DoesNotContain("made this up", string.Concat(Said(first)), StringComparison.Ordinal);
        Assert.NotNull(TalkOf(second).WaitingSince);
        Assert.Equal("washers", TalkOf(second).Queue);
        Assert.Single(second.OfType<PutDocument>(), static note => note.Kind is DocumentKind.Gap);
    }

    [Fact]
    public void Who_wrote_again_or_has_a_person_by_then_is_not_answered()
    {
        ModelAsked before = Asked(Write("the moon is made of cheese"));
        List<Effect> again = Write("my washer leaks water");
        ModelAsked last = Asked(Write("and who ate it?"));
        Conversation talk = TalkOf(again);
        _bench.Do(++_at, (grain, at) => grain.Handle(at, new PostMessage(talk.Id, "agent:bo", "I am here")));

        Assert.Empty(Tell(before, new ModelAnswer("Close the tap.", ["leak"])));
        Assert.Empty(Said(Tell(last, new ModelAnswer("Close the tap.", ["leak"]))));
    }

    [Fact]
    public void Who_goes_on_before_there_is_an_answer_goes_on_with_the_question()
    {
        Write("how far is the moon");
        ModelAsked asked = Asked(Write("please"));

        Assert.Equal("how far is the moon\nplease", asked.Text);
    }

    [Fact]
    public void Whose_bot_is_gone_by_then_waits_for_a_person()
    {
        ModelAsked asked = Asked(Write("the moon is made of cheese"));
        _bench.Scope.LookInto(Catalog.Empty);

        Conversation talk = TalkOf(Tell(asked, new ModelAnswer("Close the tap.", ["leak"])));

        Assert.NotNull(Work.Of(talk)!.WaitingSince);
    }

    private List<Effect> Write(string text) =>
        _bench.Do(++_at, (grain, at) => grain.Handle(at, new ReceiveMessage("webchat", "customer:ann", text, null)));

    private List<Effect> Tell(ModelAsked asked, ModelAnswer? answer) =>
        _bench.Do(++_at, (grain, at) => grain.Handle(at, new ModelAnswered(asked, answer, [])));

    private static ModelAsked Asked(List<Effect> effects) =>
        Assert.IsType<ModelAsked>(Assert.Single(effects.OfType<Tell>()).Letter.Content);

    private static Conversation TalkOf(List<Effect> effects) => effects.OfType<PutConversation>().Last().Conversation;

    private static string[] Said(List<Effect> effects) =>
        [
            .. effects
                .OfType<AppendMessage>()
                .Select(static one => one.Message)
                .Where(static one => one is { Author: "bot:helper", Internal: false })
                .Select(static one => one.Text),
        ];
}
