using System.Collections.Frozen;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Tests.Answers;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A bot answers first, and a person when it matters.</summary>
public sealed class BotConversationTests
{
    private readonly CustomerBench _bench = new();
    private double _at;

    public BotConversationTests() => _bench.Scope.LookInto(World(DeskRules.Empty));

    [Fact]
    public void It_answers_in_the_same_turn_and_nobody_waits()
    {
        (Conversation talk, string[] said) = Write("my washer leaks water");

        Assert.Equal(["Good day.\nWater leaks from the washer\nClose the tap.\nMore: /help/en/leak"], said);
        Assert.Equal(("support", null, null), (talk.Queue, talk.WaitingSince, Work.Of(talk)!.WaitingSince));
        Assert.Contains("leak", talk.Tags);
    }

    [Fact]
    public void What_it_does_not_know_is_asked_for_once_more_and_then_a_person_goes_on_with_a_note()
    {
        (Conversation first, string[] asked) = Write("the moon is made of cheese");
        (Conversation second, string[] handed) = Write("cheese, I say");
        (Conversation third, string[] silent) = Write("are you there?");

        Assert.Equal((null, 1), (first.WaitingSince, asked.Length));
        Assert.NotNull(second.WaitingSince);
        Assert.NotNull(Work.Of(second)!.WaitingSince);
        Assert.Equal("washers", second.Queue);
        Assert.StartsWith("Handed over by the bot: the bot does not know it", handed[0], StringComparison.Ordinal);
        Assert.Empty(silent);
        Assert.True(third.Bot!.HandedOver);
    }

    [Fact]
    public void It_says_nothing_twice()
    {
        Write("my washer leaks water");
        (Conversation talk, string[] said) = Write("my washer leaks water!");

        Assert.NotNull(talk.WaitingSince);
        Assert.StartsWith("Handed over by the bot: the bot has told all that it knows", said[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_device_is_named_first_and_a_yes_brings_a_person_with_its_reading_and_its_case()
    {
        (_, string[] asked) = Write("hmm something is odd", Helpdesk.Broken);
        (Conversation talk, string[] handed) = Write("yes", Helpdesk.Broken);

        Assert.Contains("Your Washer 7 reports E42 since 09:55. Is it about that?", Assert.Single(asked), StringComparison.Ordinal);
        Assert.Equal(("w7", "case-1"), (talk.DeviceId, talk.CaseId));
        Assert.Contains("Washer 7 (w7): E42 since", handed[0], StringComparison.Ordinal);
        Assert.Contains("temperature 91", handed[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_is_filled_in_and_handed_over()
    {
        (_, string[] day) = Write("I need a repair");
        (_, string[] time) = Write("Monday");
        _bench.Restart();
        (Conversation talk, string[] handed) = Write("at nine");

        Assert.Equal(["Good day.\nWhich day?"], day);
        Assert.Equal(["time"], time);
        Assert.Contains("day: Monday\ntime: at nine", handed[0], StringComparison.Ordinal);
        Assert.NotNull(talk.WaitingSince);
    }

    [Fact]
    public void While_nobody_is_there_the_customer_is_asked_how_to_be_reached()
    {
        _bench.Scope.LookInto(World(Closed()));
        (Conversation asked, string[] said) = Write("I want to talk to a person");
        (_, string[] noted) = Write("055 000 00 00, after six");

        Assert.NotNull(asked.WaitingSince);
        Assert.Equal(
            "Nobody is here right now. How and when may we reach you?",
            said[^1][(said[^1].IndexOf('\n', StringComparison.Ordinal) + 1)..]
        );
        Assert.Contains("contact: 055 000 00 00, after six", noted[0], StringComparison.Ordinal);
        Assert.Empty(Write("thanks").Said);
    }

    [Fact]
    public void It_is_silent_once_a_person_has_it_and_speaks_again_in_a_new_talk()
    {
        (Conversation talk, _) = Write("my washer leaks water");
        _bench.Do(++_at, (grain, at) => grain.Handle(at, new PostMessage(talk.Id, "agent:bo", "I am here")));
        (Conversation asked, string[] silent) = Write("my washer leaks water");
        _bench.Do(++_at, (grain, at) => grain.Handle(at, asked.Id.To(ConversationStatus.Closed), asked));
        (_, string[] again) = Write("my washer leaks water");

        Assert.Empty(silent);
        Assert.NotNull(asked.WaitingSince);
        Assert.Single(again);
    }

    [Fact]
    public void Who_goes_on_where_no_bot_listens_waits_for_a_person()
    {
        Write("my washer leaks water");

        Conversation talk = _bench
            .Do(++_at, (grain, at) => grain.Handle(at, new ReceiveMessage("email", "customer:ann", "It still leaks", null)))
            .OfType<PutConversation>()
            .Last()
            .Conversation;

        Assert.NotNull(talk.WaitingSince);
        Assert.NotNull(Work.Of(talk)!.WaitingSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_form_that_is_open_ends_when_a_person_takes_the_talk(bool answers)
    {
        (Conversation talk, _) = Write("I need a repair");
        _bench.Do(
            ++_at,
            (grain, at) =>
            {
                if (answers)
                    grain.Handle(at, new PostMessage(talk.Id, "agent:bo", "Which serial number?"));
                else
                    grain.Handle(at, new TransferConversation(talk.Id, "agent:bo", "other", null, null, ExpectedVersion: null));
            }
        );

        (Conversation after, string[] said) = Write("SN 123");

        Assert.Empty(said);
        Assert.Equal(answers ? "support" : "other", after.Queue);
    }

    [Fact]
    public void What_nothing_answered_is_noted_without_who_asked()
    {
        List<Effect> effects = Send("is bo@example.com made of cheese 123");

        PutDocument gap = Assert.Single(effects.OfType<PutDocument>());
        Assert.Equal(DocumentKind.Gap, gap.Kind);
        Assert.Contains("\"is made of cheese\"", System.Text.Encoding.UTF8.GetString(gap.Json.Span), StringComparison.Ordinal);
    }

    private (Conversation Talk, string[] Said) Write(string text, params DeviceReport[] devices)
    {
        List<Effect> effects = Send(text, devices);
        return (
            effects.OfType<PutConversation>().Last().Conversation,
            [
                .. effects
                    .OfType<AppendMessage>()
                    .Select(static one => one.Message)
                    .Where(static one => one.Author == "bot:helper")
                    .Select(static one => one.Text),
            ]
        );
    }

    private List<Effect> Send(string text, params DeviceReport[] devices) =>
        _bench.Do(++_at, (grain, at) => grain.Handle(at, new ReceiveMessage("webchat", "customer:ann", text, null) { Devices = devices }));

    private static Catalog World(DeskRules desk) =>
        Catalog.Empty with
        {
            Answers = Helpdesk.Knowledge,
            Desk = desk,
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
        };

    private static DeskRules Closed()
    {
        string day = CustomerBench.Start.ToString()[..10];
        return new DeskRules
        {
            Calendars = new[]
            {
                DeskReader
                    .ReadCalendar(
                        "office",
                        Helpdesk.Json($$"""{"timeZone":"UTC","hours":[{"from":"00:00","to":"24:00"}],"holidays":["{{day}}"]}""")
                    )
                    .Value!,
            }.ToFrozenDictionary(static calendar => calendar.Id),
            Queues = new[] { DeskReader.ReadQueue("washers", Helpdesk.Json("""{"calendar":"office"}""")).Value! }.ToFrozenDictionary(
                static queue => queue.Id
            ),
        };
    }
}
