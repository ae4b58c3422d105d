using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Tests.Customers;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Domain.Tests.Desk;

/// <summary>What the router finds after people moved, gave, took away or put off what it had given.</summary>
public sealed class RoutingAfterPeopleTests
{
    private readonly CustomerBench _bench = new();

    [Fact]
    public void Who_was_handed_a_conversation_has_it_without_being_timed()
    {
        Conversation offered = Offer(Receive(0), 10);

        Conversation handed = Transfer(90, offered, assignee: "ben");

        Assert.Equal((null, null), (WorkOf(handed).OfferedAt, WorkOf(handed).WaitingSince));
    }

    [Theory]
    [InlineData("others")]
    [InlineData("support")]
    public void What_is_handed_to_a_queue_waits_there_from_then_on_for_anybody(string queue)
    {
        Conversation passed = TakeBack(Offer(Receive(0), 10), 100);

        Conversation handed = Transfer(3600, passed, queue);

        Assert.Equal(At(3600), WorkOf(handed).WaitingSince);
        Assert.Empty(handed.Routing.Passed);
    }

    [Fact]
    public void What_was_taken_away_by_hand_stays_with_nobody_until_it_goes_into_a_queue()
    {
        Conversation taken = Change(20, Offer(Receive(0), 10), change => change with { Assignee = "" });

        Assert.Null(WorkOf(taken).WaitingSince);
        Assert.Equal(At(30), WorkOf(Transfer(30, taken, "support")).WaitingSince);
    }

    [Fact]
    public void What_moves_to_another_queue_without_its_assignee_waits_there()
    {
        Conversation moved = Change(20, Offer(Receive(0), 10), change => change with { Queue = "others", Assignee = "" });
        Case opened = Samples.Case("k1", 1, assignee: "ann");

        Case movedCase = Change(opened, 20, change => change with { Queue = "others", Assignee = "" });
        Case taken = Change(opened, 20, change => change with { Assignee = "" });

        Assert.Equal(At(20), WorkOf(moved).WaitingSince);
        Assert.Equal(At(20), movedCase.WaitingSince);
        Assert.Null(taken.WaitingSince);
    }

    [Fact]
    public void Who_puts_off_what_they_got_has_taken_it()
    {
        Conversation offered = Offer(Receive(0), 10);

        Change(20, offered, change => change with { SnoozedUntil = At(500), Actor = "agent:ann" });

        Assert.Equal(("ann", null), (Woken(500).Assignee, Woken(500).Routing.OfferedAt));
    }

    [Fact]
    public void What_another_put_off_is_offered_anew_when_it_comes_back()
    {
        Conversation offered = Offer(Receive(0), 10);
        Case opened = Samples.Case("k1", 1, assignee: "ann") with { Routing = offered.Routing };

        Change(20, offered, change => change with { SnoozedUntil = At(500), Actor = "agent:eve" });
        Case pending = Change(opened, 20, change => change with { Status = CaseStatus.Pending });

        Assert.Equal(At(500), Woken(500).Routing.OfferedAt);
        Assert.Equal(At(900), Change(pending, 900, change => change with { Status = CaseStatus.Open }).OfferedAt);
    }

    private static Instant At(double seconds) => CustomerBench.Start + TimeSpan.FromSeconds(seconds);

    private static Work WorkOf(Conversation talk) => Work.Of(talk)!;

    private Conversation Receive(double atSeconds) =>
        Do(atSeconds, (grain, at) => grain.Handle(at, new ReceiveMessage("webchat", "customer:ann", "It leaks", null)));

    private Conversation Offer(Conversation talk, double atSeconds) => Route(talk, atSeconds, new RoutingMove(RoutingStep.Assign, "ann"));

    private Conversation TakeBack(Conversation talk, double atSeconds) => Route(talk, atSeconds, new RoutingMove(RoutingStep.TakeBack));

    private Conversation Route(Conversation talk, double atSeconds, RoutingMove move) =>
        Do(atSeconds, (grain, at) => grain.Handle(at, new RouteConversation(talk.Id, move, talk.Version), talk));

    private Conversation Transfer(double atSeconds, Conversation talk, string? queue = null, string? assignee = null) =>
        Do(atSeconds, (grain, at) => grain.Handle(at, new TransferConversation(talk.Id, "agent:ann", queue, assignee, null, null)));

    private Conversation Change(double atSeconds, Conversation talk, Func<ChangeConversation, ChangeConversation> change) =>
        Do(atSeconds, (grain, at) => grain.Handle(at, change(talk.Id.To()), talk));

    private Conversation Woken(double atSeconds)
    {
        _bench.Do(atSeconds, (grain, at) => grain.WakeUp(at));
        return Assert.Single(_bench.Grain.State.Facts.Conversations);
    }

    private static Case Change(Case opened, double atSeconds, Func<ChangeCase, ChangeCase> change)
    {
        ChangeCase nothing = new()
        {
            CaseId = opened.Id,
            Actor = "agent:eve",
            Status = null,
            Priority = null,
            Queue = null,
            Assignee = null,
            Title = null,
            ExpectedVersion = null,
        };
        return opened.Change(change(nothing), DeskRules.Empty, At(atSeconds)).Result!;
    }

    private Conversation Do(double atSeconds, Action<CustomerDecider, Decision> act) =>
        Assert.Single(_bench.Do(atSeconds, act).OfType<PutConversation>()).Conversation;
}
