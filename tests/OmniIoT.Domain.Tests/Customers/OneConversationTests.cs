using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A customer has one conversation, whatever channels its words come by.</summary>
public sealed class OneConversationTests
{
    private const double Hour = 3600;

    private readonly CustomerBench _bench = new();

    [Fact]
    public void Words_on_another_channel_join_what_is_open()
    {
        Conversation first = Receive(0, "mail");
        Conversation second = Receive(60, "wa");

        Assert.Equal((first.Id, "wa", ConversationStatus.Open), (second.Id, second.Channel, second.Status));
        Assert.Equal(["mail", "wa"], second.Channels);
    }

    [Fact]
    public void What_was_closed_opens_again_for_three_days_and_then_a_new_one_begins()
    {
        Conversation first = Receive(0, "mail");
        Close(first, 10);

        Conversation again = Receive(10 + (72 * Hour), "wa");
        Close(again, 20 + (72 * Hour));
        _bench.Restart();
        Conversation other = Receive(21 + (144 * Hour), "mail");

        Assert.Equal((first.Id, ConversationStatus.Open, null), (again.Id, again.Status, again.ClosedAt));
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(["mail"], other.Channels);
    }

    [Fact]
    public void Its_beginning_its_end_and_its_return_stand_on_the_timeline()
    {
        List<string> kinds = [];
        Conversation talk = Receive(0, "mail", kinds);
        kinds.AddRange(KindsOf(Do(1, (grain, at) => grain.Handle(at, talk.Id.To(ConversationStatus.Closed), talk))));
        Receive(2, "mail", kinds);

        Assert.Equal(
            [
                TimelineKind.ConversationOpened,
                TimelineKind.MessageReceived,
                TimelineKind.ConversationClosed,
                TimelineKind.ConversationOpened,
                TimelineKind.MessageReceived,
            ],
            kinds
        );
    }

    [Fact]
    public void What_is_out_of_sight_comes_back_by_its_time_or_with_the_customers_words()
    {
        Conversation talk = Receive(0, "mail");
        Conversation snoozed = Snooze(talk, 10, untilSeconds: 100);

        Assert.Equal((ConversationStatus.Snoozed, At(100)), (snoozed.Status, snoozed.SnoozedUntil));
        Assert.Equal(At(100), _bench.Grain.NextDue(_bench.Scope.Moment));
        Assert.Empty(Do(99, (grain, decision) => grain.WakeUp(decision)).OfType<PutConversation>());
        Assert.Equal(ConversationStatus.Open, TalkOf(Do(100, (grain, decision) => grain.WakeUp(decision))).Status);

        Snooze(talk, 110, untilSeconds: 200);
        Conversation woken = Receive(120, "mail");
        Assert.Equal((ConversationStatus.Open, null), (woken.Status, woken.SnoozedUntil));
    }

    [Fact]
    public void It_is_not_put_out_of_sight_until_a_time_that_is_over()
    {
        Conversation talk = Receive(0, "mail");
        Rejection? rejection = null;

        Do(10, (grain, at) => rejection = grain.Handle(at, talk.Id.To() with { SnoozedUntil = At(10) }, talk).Rejection);

        Assert.Equal((RejectionKind.Invalid, "/snoozedUntil"), (rejection?.Kind, rejection?.Pointer));
    }

    [Fact]
    public void The_customer_waits_from_their_first_words_until_a_person_answers()
    {
        Receive(0, "webchat");
        Conversation asked = Receive(60, "webchat");
        Conversation bot = Post(70, asked, "bot:helper");
        Conversation answered = Post(80, asked, "agent:bo");

        Assert.Equal((At(0), At(0), null), (asked.WaitingSince, bot.WaitingSince, answered.WaitingSince));
    }

    [Fact]
    public void What_a_machine_writes_opens_nothing_again_and_waits_for_nobody()
    {
        Conversation talk = Receive(0, "mail");
        Close(talk, 10);

        List<Effect> effects = Do(
            20,
            (grain, at) => grain.Handle(at, new ReceiveMessage("mail", "customer:ann", "I am away", null) { IsAutomatic = true })
        );

        Conversation kept = TalkOf(effects);
        Assert.Equal((talk.Id, ConversationStatus.Closed, null), (kept.Id, kept.Status, kept.WaitingSince));
        Assert.Equal("I am away", Assert.Single(effects.OfType<AppendMessage>()).Message.Text);
    }

    [Fact]
    public void A_message_bears_its_providers_time_but_never_one_ahead()
    {
        Assert.Equal(At(-5), WrittenAt(0, -5));
        Assert.Equal(At(60), WrittenAt(60, 900));
    }

    private static Instant At(double seconds) => CustomerBench.Start + TimeSpan.FromSeconds(seconds);

    private Instant WrittenAt(double nowSeconds, double toldSeconds) =>
        Assert
            .Single(
                Do(
                        nowSeconds,
                        (grain, at) => grain.Handle(at, new ReceiveMessage("mail", "customer:ann", "Hi", null) { At = At(toldSeconds) })
                    )
                    .OfType<AppendMessage>()
            )
            .Message.At;

    private Conversation Receive(double atSeconds, string channel, List<string>? kinds = null)
    {
        List<Effect> effects = Do(
            atSeconds,
            (grain, decision) => grain.Handle(decision, new ReceiveMessage(channel, "customer:ann", "It leaks", null))
        );
        kinds?.AddRange(KindsOf(effects));
        return TalkOf(effects);
    }

    private Conversation Post(double atSeconds, Conversation talk, string author) =>
        TalkOf(Do(atSeconds, (grain, decision) => grain.Handle(decision, new PostMessage(talk.Id, author, "We look"))));

    private void Close(Conversation talk, double atSeconds) =>
        Do(atSeconds, (grain, decision) => grain.Handle(decision, talk.Id.To(ConversationStatus.Closed), talk));

    private Conversation Snooze(Conversation talk, double atSeconds, double untilSeconds) =>
        TalkOf(Do(atSeconds, (grain, decision) => grain.Handle(decision, talk.Id.To() with { SnoozedUntil = At(untilSeconds) }, talk)));

    private static IEnumerable<string> KindsOf(IEnumerable<Effect> effects) =>
        effects.OfType<AppendTimeline>().Select(append => append.Entry.Kind);

    private static Conversation TalkOf(IEnumerable<Effect> effects) => Assert.Single(effects.OfType<PutConversation>()).Conversation;

    private List<Effect> Do(double atSeconds, Action<CustomerDecider, Decision> act) => _bench.Do(atSeconds, act);
}
