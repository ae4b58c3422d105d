using System.Collections.Frozen;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What a customer is asked after something has ended, how they answer, and what follows.</summary>
public sealed class CustomerSurveyTests
{
    private const double Day = 86_400;

    private static readonly Identity Phone = new("phone", "+994501234567");

    private readonly CustomerBench _bench = new();
    private Conversation? _talk;

    public CustomerSurveyTests() => Know(New(SurveyOccasion.ConversationClosed) with { Delay = TimeSpan.FromMinutes(10) });

    [Fact]
    public void The_question_follows_the_end_after_its_delay_on_the_channel_that_was_used()
    {
        Write(0, "It leaks");
        Close(100);

        Assert.Empty(Wake(699));
        List<Effect> sent = Wake(700);

        SurveyRequest asked = Assert.Single(sent.OfType<PutSurveyRequest>()).Request;
        Assert.Equal(("sms", _talk!.Id, 3), (asked.Channel, asked.Of.ConversationId, asked.FollowUpBelow));
        OutgoingMessage words = Assert.Single(sent.OfType<SendMessage>()).Message;
        Assert.Equal(("sms", Phone, true), (words.Channel, words.To, words.IsAutomatic));
        Assert.Contains("/s/" + asked.Token, words.Text, StringComparison.Ordinal);
        Assert.Equal([TimelineKind.SurveySent], Kinds(sent));
        Assert.DoesNotContain(sent, static effect => effect is PutConversation);
    }

    [Fact]
    public void A_due_question_is_not_lost_over_a_restart_and_goes_once()
    {
        Write(0, "It leaks");
        Close(100);
        _bench.Restart();

        Assert.Equal(CustomerBench.Start + TimeSpan.FromSeconds(700), _bench.Grain.NextDue(_bench.Decision.Moment));
        Assert.Single(Wake(700).OfType<PutSurveyRequest>());
        Assert.Empty(Wake(701));
    }

    [Fact]
    public void Nobody_is_asked_twice_within_thirty_days_whoever_of_the_person_it_was()
    {
        Write(0, "It leaks");
        Close(100);
        Wake(700);
        Write(2 * Day, "Again");
        Close((2 * Day) + 100);
        List<Effect> second = Wake((2 * Day) + 700);
        Write(40 * Day, "Once more");
        Close((40 * Day) + 100);
        List<Effect> other = _bench.Do(
            (40 * Day) + 700,
            (grain, decision) => grain.WakeUp(decision, CustomerBench.Start + TimeSpan.FromDays(39))
        );
        Write(80 * Day, "And more");
        Close((80 * Day) + 100);

        Assert.Empty(second);
        Assert.Empty(other);
        Assert.Single(Wake((80 * Day) + 700).OfType<PutSurveyRequest>());
    }

    [Theory]
    [InlineData("4", 4, null)]
    [InlineData("5/5, quick help", 5, "quick help")]
    [InlineData("۳ کند", 3, "کند")]
    public void The_first_words_that_begin_with_a_score_are_the_answer_and_open_nothing(string words, int score, string? text)
    {
        Ask();

        List<Effect> answered = Receive(800, words);

        SurveyRequest answer = Assert.Single(answered.OfType<PutSurveyRequest>()).Request;
        Assert.Equal((score, text), (answer.Score, answer.Text));
        Assert.Equal([TimelineKind.SurveyAnswered], Kinds(answered));
        Assert.Equal(_talk!.Id, Assert.Single(answered.OfType<AppendMessage>()).Message.ConversationId);
        Assert.DoesNotContain(answered, static effect => effect is PutConversation or PutCase);
    }

    [Theory]
    [InlineData("It leaks again")]
    [InlineData("6")]
    [InlineData("40 liters on the floor")]
    [InlineData("3.5 liters")]
    [InlineData("3G is gone")]
    public void Other_words_are_words_like_any_other(string words)
    {
        Ask();

        List<Effect> heard = Receive(800, words);

        Assert.Empty(heard.OfType<PutSurveyRequest>());
        Assert.Equal(ConversationStatus.Open, Assert.Single(heard.OfType<PutConversation>()).Conversation.Status);
        Assert.Single(Receive(900, "4").OfType<PutSurveyRequest>());
    }

    [Fact]
    public void A_question_is_answered_once_and_not_after_its_time()
    {
        SurveyRequest asked = Ask();
        Receive(800, "4");
        Rejection? again = null;
        List<Effect> second = _bench.Do(900, (grain, decision) => again = grain.Handle(decision, Answer(asked, 5)).Rejection);
        List<Effect> words = Receive(1000, "2 now");

        Assert.Empty(second);
        Assert.Equal("SurveyOver", again?.Code);
        Assert.Empty(words.OfType<PutSurveyRequest>());
        Assert.Single(words.OfType<PutConversation>());
    }

    [Fact]
    public void After_its_time_a_score_is_a_word_like_any_other()
    {
        Ask();

        Assert.Empty(Receive(700 + (14 * Day), "4").OfType<PutSurveyRequest>());
    }

    [Fact]
    public void A_low_score_opens_a_follow_up_and_what_it_is_about_is_found()
    {
        Know(
            New(SurveyOccasion.ConversationClosed),
            Themes.Of([new Theme("noise", All("loud", "noise")), new Theme("wait", All("waited"))])
        );
        SurveyRequest asked = Ask();

        List<Effect> answered = _bench.Do(
            900,
            (grain, decision) => grain.Handle(decision, new AnswerSurvey(asked.Id, new SurveyReply(2, "It is so loud")))
        );

        SurveyRequest answer = Assert.Single(answered.OfType<PutSurveyRequest>()).Request;
        Case followUp = Assert.Single(answered.OfType<PutCase>()).Case;
        Assert.Equal(["noise"], answer.Themes);
        Assert.Equal((followUp.Id, "ann", CaseOpener.Rule), (answer.FollowUpCaseId, followUp.CustomerId, followUp.OpenedBy));
        Assert.Equal(followUp.Id, _bench.Grain.State.Facts.FollowUpCaseId);
        Assert.Equal([TimelineKind.CaseOpened, TimelineKind.SurveyAnswered], Kinds(answered));
    }

    [Fact]
    public void After_a_case_they_are_asked_where_they_last_wrote()
    {
        Know(New(SurveyOccasion.CaseResolved));
        Write(0, "It leaks");

        CaseEnded ended = new("ann", CustomerBench.Start + TimeSpan.FromSeconds(50), new SurveySubject { CaseId = "case-1" });
        _bench.Do(50, (grain, decision) => grain.Handle(decision, ended));
        _bench.Do(51, (grain, decision) => grain.Handle(decision, ended));

        SurveyRequest asked = Assert.Single(Wake(60).OfType<PutSurveyRequest>()).Request;
        Assert.Equal(("sms", "case-1"), (asked.Channel, asked.Of.CaseId));
    }

    [Fact]
    public void Who_never_wrote_is_asked_only_where_the_survey_names_a_channel_that_may()
    {
        CaseEnded ended = new("ann", CustomerBench.Start, new SurveySubject { CaseId = "case-1" });
        Know(New(SurveyOccasion.CaseResolved));
        _bench.Do(0, (grain, decision) => grain.Handle(decision, ended));
        List<Effect> silent = Wake(1);
        Know(New(SurveyOccasion.CaseResolved) with { Channels = ["nothing", "sms", "webchat"] });
        _bench.Do(2, (grain, decision) => grain.Handle(decision, ended));
        List<Effect> asked = Wake(3);

        Assert.Empty(silent);
        Assert.Equal("webchat", Assert.Single(asked.OfType<PutSurveyRequest>()).Request.Channel);
        Assert.Equal(ConversationStatus.Closed, Assert.Single(asked.OfType<PutConversation>()).Conversation.Status);
    }

    [Fact]
    public void Who_talks_on_is_not_asked_meanwhile()
    {
        Write(0, "It leaks");
        Close(100);
        Write(200, "It does still");

        Assert.Empty(Wake(700));
    }

    private static Survey New(SurveyOccasion on) =>
        new()
        {
            Id = "s1",
            Type = SurveyType.Csat,
            On = on,
            Delay = TimeSpan.Zero,
            Question = null,
            Channels = null,
            FollowUpBelow = 3,
            MaxPerDays = 30,
        };

    private static AnswerSurvey Answer(SurveyRequest asked, int score) => new(asked.Id, new SurveyReply(score, null));

    private static FrozenDictionary<string, IReadOnlyList<string>> All(params string[] words) =>
        new Dictionary<string, IReadOnlyList<string>> { ["en"] = words }.ToFrozenDictionary();

    private void Know(Survey survey, Themes? themes = null) =>
        _bench.Scope.LookInto(
            Catalog.Empty with
            {
                Channels = new Dictionary<string, Channel> { ["sms"] = DepartureTests.New("sms", ChannelKinds.Sms) }.ToFrozenDictionary(),
                Surveys = new Dictionary<string, Survey> { [survey.Id] = survey }.ToFrozenDictionary(),
                Themes = themes ?? Themes.None,
            }
        );

    private SurveyRequest Ask()
    {
        Write(0, "It leaks");
        Close(100);
        return Assert.Single(Wake(700).OfType<PutSurveyRequest>()).Request;
    }

    private void Write(double atSeconds, string text) =>
        _talk = Assert.Single(Receive(atSeconds, text).OfType<PutConversation>()).Conversation;

    private List<Effect> Receive(double atSeconds, string text) =>
        _bench.Do(
            atSeconds,
            (grain, decision) => grain.Handle(decision, new ReceiveMessage("sms", "customer:ann", text, null) { From = Phone })
        );

    private void Close(double atSeconds) =>
        _bench.Do(atSeconds, (grain, decision) => grain.Handle(decision, _talk!.Id.To(ConversationStatus.Closed), _talk));

    private List<Effect> Wake(double atSeconds) => _bench.Do(atSeconds, static (grain, decision) => grain.WakeUp(decision));

    private static string[] Kinds(List<Effect> effects) =>
        [.. effects.OfType<AppendTimeline>().Select(static append => append.Entry.Kind).Order()];
}
