using System.Collections.Frozen;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Tests.Calls;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A call in its customer's conversation: what is promised is kept once, and whoever takes it over has it.</summary>
public sealed class CustomerCallTests
{
    private const string Menu = """
        {"start":"ask","nodes":{
          "ask":{"gather":{"choices":{"1":{"next":"later"},"2":{"next":"mail"},"3":{"next":"link"}},"tries":3,"exhausted":"wait"}},
          "later":{"callback":{"queue":"washers"}},"mail":{"voicemail":{"queue":"washers"}},
          "link":{"sendLink":{"channel":"sms","to":"chat","text":{"en":"Go on here: {link}"}},"next":"ask"},"wait":{"queue":"washers"}}}
        """;

    private static readonly Identity Phone = new("phone", "+994501234567");

    private readonly CustomerBench _bench = new();
    private Conversation? _talk;

    public CustomerCallTests() => Know(Menu);

    [Fact]
    public void A_promise_is_dialled_once_when_its_queue_is_open_and_somebody_has_it()
    {
        Know(Menu, opensAt: 12);
        Ring(0);
        CallBack promised = Assert.Single(Press(10, "1").OfType<PutCallBack>()).CallBack;

        List<Effect> taken = Change(20, static change => change with { Assignee = "orkhan" });
        Assert.Empty(taken.OfType<SendMessage>());
        Assert.Equal(CustomerBench.Start + TimeSpan.FromHours(2), promised.DueAt);
        Assert.Equal(promised.DueAt, _bench.Grain.NextDue(_bench.Decision.Moment));
        _bench.Restart();
        List<Effect> dialled = Wake(7_200);

        Assert.Equal(Phone, Assert.Single(dialled.OfType<SendMessage>()).Message.To);
        Assert.Empty(Wake(7_300).OfType<SendMessage>());
    }

    [Fact]
    public void A_promise_goes_with_its_conversation_to_another_queue()
    {
        Ring(0);
        Press(10, "1");

        CallBack moved = Assert.Single(Change(20, static change => change with { Queue = "billing" }).OfType<PutCallBack>()).CallBack;

        Assert.Equal(("billing", CallBackStatus.Waiting), (moved.Queue, moved.Status));
    }

    [Fact]
    public void Who_closes_the_conversation_settles_its_promise_and_a_later_one_is_made_anew()
    {
        Ring(0);
        Press(10, "1");

        List<Effect> closed = Change(20, static change => change with { Status = ConversationStatus.Closed, Assignee = "orkhan" });
        Assert.Equal(CallBackStatus.Done, Assert.Single(closed.OfType<PutCallBack>()).CallBack.Status);
        Assert.Empty(closed.OfType<SendMessage>());
        Ring(1_000, "CA2");

        Assert.Equal(CallBackStatus.Waiting, Assert.Single(Press(1_010, "1", "CA2").OfType<PutCallBack>()).CallBack.Status);
    }

    [Fact]
    public void A_promise_goes_to_who_has_the_conversation_that_goes_on()
    {
        Ring(0);
        CallBack promised = Assert.Single(Press(10, "1").OfType<PutCallBack>()).CallBack;

        List<Effect> merged = Seen(
            _bench.Do(20, (grain, decision) => grain.Handle(decision, new JoinConversation(_talk!.Id, "c9", "agent:bo"), _talk))
        );

        GrainLetter letter = Assert.Single(merged.OfType<Tell>()).Letter;
        Assert.Equal(new CallBackHandedOn("ann", promised with { ConversationId = "c9" }), letter.Content);
        Assert.Empty(merged.OfType<PutCallBack>());
        Assert.Empty(Wake(20 + (4 * 3_600)).OfType<PutCallBack>());
    }

    [Theory]
    [InlineData(CallBackStatus.Waiting, "ann, support, Waiting")]
    [InlineData(CallBackStatus.Done, "")]
    public void A_promise_of_another_who_is_the_same_person_waits_here_and_is_dialled_once(CallBackStatus stored, string kept)
    {
        Ring(0);
        Take(5, static call => call with { Turn = 1, Input = CallInput.Of("2") });
        CallBackHandedOn handed = new("bea", PromiseOf("bea", _talk!.Id));

        List<Effect> taken = TakeOver(20, handed, stored);
        List<Effect> again = TakeOver(30, handed, stored);
        List<Effect> dialled = Change(40, static change => change with { Assignee = "orkhan" });

        Assert.Equal(kept, string.Join("; ", taken.OfType<PutCallBack>().Select(Text)));
        Assert.Empty(again.OfType<PutCallBack>());
        Assert.Equal(kept.Length > 0 ? 1 : 0, dialled.OfType<SendMessage>().Count());

        static string Text(PutCallBack put) => $"{put.CallBack.CustomerId}, {put.CallBack.Queue}, {put.CallBack.Status}";
    }

    [Fact]
    public void A_promise_that_comes_after_its_conversation_was_closed_is_settled_with_it()
    {
        List<Effect> taken = TakeOver(0, new CallBackHandedOn("bea", PromiseOf("bea", "c9")), CallBackStatus.Waiting);

        Assert.Equal(
            ("ann", CallBackStatus.Done),
            Assert.Single(taken.OfType<PutCallBack>().Select(static put => (put.CallBack.CustomerId, put.CallBack.Status)))
        );
    }

    [Fact]
    public void What_is_settled_by_hand_is_dialled_no_more_and_an_end_that_nobody_tells_is_one_after_four_hours()
    {
        Ring(0);
        Press(10, "1");
        CallBack made = Change(20, static change => change with { Assignee = "orkhan" }).OfType<PutCallBack>().Last().CallBack;

        Assert.Equal(CallBackStatus.Calling, made.Status);
        List<Effect> lost = Wake(20 + (4 * 3_600));

        Assert.Equal(CallBackStatus.Failed, Assert.Single(lost.OfType<PutCallBack>()).CallBack.Status);
        Assert.Equal(made.MessageId, Assert.Single(lost.OfType<EndSending>()).MessageId);
    }

    [Fact]
    public void A_recording_that_is_told_after_the_end_still_waits_for_a_person()
    {
        Ring(0);
        Press(10, "2");
        End(30);

        List<Effect> told = Take(31, call => call with { Turn = 2, Recording = new CallRecording("https://api.example/R1", 12) });

        Conversation talk = told.OfType<PutConversation>().Last().Conversation;
        Assert.Equal((ConversationStatus.Open, "washers"), (talk.Status, talk.Queue));
        Assert.NotNull(talk.WaitingSince);
        Assert.Contains(told.OfType<AppendMessage>(), static one => one.Message.Text.Contains("R1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_conversation_that_was_handed_on_stays_open_when_the_caller_hangs_up()
    {
        Ring(0);
        _bench.Do(
            10,
            (grain, decision) => grain.Handle(decision, new TransferConversation(_talk!.Id, "agent:bo", "billing", null, null, null))
        );

        Conversation after = End(20).OfType<PutConversation>().Last().Conversation;

        Assert.Equal((ConversationStatus.Open, "billing", null), (after.Status, after.Queue, after.MenuCall));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"start":"ask","nodes":{"ask":{"say":{"en":"Closed for good"},"next":"end"},"end":{"hangup":true}}}""")]
    public void A_menu_that_is_removed_or_changed_in_the_middle_asks_nothing_without_end(string? other)
    {
        Ring(0);
        Know(other);
        CallAnswer? answer = null;

        _bench.Do(
            10,
            (grain, decision) => answer = grain.Handle(decision, Call("CA1") with { Turn = 1, Input = CallInput.Of("9") }).Result
        );

        Assert.DoesNotContain(answer!.Acts, static act => act.Kind is CallActKind.Gather);
    }

    [Fact]
    public void The_link_leaves_and_stands_nowhere_else()
    {
        Ring(0);

        List<Effect> sent = Press(10, "3");

        Assert.Contains("/c/T1", Assert.Single(sent.OfType<SendMessage>()).Message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sent.OfType<AppendMessage>(), static one => one.Message.Text.Contains("/c/T1", StringComparison.Ordinal));
        Assert.DoesNotContain(
            sent.OfType<PutConversation>(),
            static one => one.Conversation.LastMessage?.Contains("/c/T1", StringComparison.Ordinal) is true
        );
    }

    [Fact]
    public void Calls_that_are_over_push_none_out_that_goes_on()
    {
        Ring(0);
        Take(5, static call => call with { Turn = 1, IsSilence = true });
        for (int i = 0; i < 30; i++)
        {
            Ring(10 + i, $"CB{i}");
            End(10.5 + i, $"CB{i}");
        }
        CallAnswer? answer = null;

        _bench.Do(60, (grain, decision) => answer = grain.Handle(decision, Call("CA1") with { Turn = 1, WasHeard = true }).Result);

        Assert.DoesNotContain(answer!.Acts, static act => act.Kind is CallActKind.Hangup);
    }

    private void Know(string? menu, int opensAt = 0) =>
        _bench.Scope.LookInto(
            Catalog.Empty with
            {
                Channels = new Dictionary<string, Channel>
                {
                    ["phone"] = DepartureTests.New("phone", ChannelKinds.Voice) with { Flow = "main" },
                    ["sms"] = DepartureTests.New("sms", ChannelKinds.Sms),
                }.ToFrozenDictionary(),
                Flows = (menu is null ? [] : new Dictionary<string, Flow> { ["main"] = Flows.Of(menu) }).ToFrozenDictionary(),
                Desk = DeskRules.Empty with
                {
                    Queues = new Dictionary<string, Queue> { ["washers"] = new("washers", "Washers", [], "day") }.ToFrozenDictionary(),
                    Calendars = new Dictionary<string, WorkingCalendar>
                    {
                        ["day"] = new(
                            "day",
                            TimeZoneInfo.Utc,
                            [new(Enum.GetValues<DayOfWeek>().ToFrozenSet(), TimeSpan.FromHours(opensAt), TimeSpan.FromDays(1))],
                            FrozenSet<DateOnly>.Empty,
                            null
                        ),
                    }.ToFrozenDictionary(),
                },
            }
        );

    private static TakeCall Call(string sid) =>
        new()
        {
            Channel = "phone",
            Sid = sid,
            From = Phone,
            Input = CallInput.Silence,
            Link = "https://example.org/c/T1",
        };

    private List<Effect> Take(double atSeconds, Func<TakeCall, TakeCall> with, string sid = "CA1") =>
        Seen(_bench.Do(atSeconds, (grain, decision) => grain.Handle(decision, with(Call(sid)))));

    private List<Effect> Ring(double atSeconds, string sid = "CA1") => Take(atSeconds, static call => call, sid);

    private List<Effect> Press(double atSeconds, string key, string sid = "CA1") =>
        Take(atSeconds, call => call with { Turn = 1, Input = CallInput.Of(key) }, sid);

    private List<Effect> End(double atSeconds, string sid = "CA1") =>
        Seen(_bench.Do(atSeconds, (grain, decision) => grain.Handle(decision, new CallNews("phone", sid) { EndedAs = "completed" })));

    private List<Effect> Change(double atSeconds, Func<ChangeConversation, ChangeConversation> with) =>
        Seen(
            _bench.Do(
                atSeconds,
                (grain, decision) =>
                    grain.Handle(
                        decision,
                        with(
                            new ChangeConversation
                            {
                                ConversationId = _talk!.Id,
                                Status = null,
                                Assignee = null,
                                ExpectedVersion = null,
                            }
                        ),
                        _talk
                    )
            )
        );

    private static CallBack PromiseOf(string customerId, string conversationId) =>
        new()
        {
            Id = "promise-1",
            CustomerId = customerId,
            Number = "+994557654321",
            Queue = "billing",
            RequestedAt = CustomerBench.Start,
            DueAt = CustomerBench.Start,
            Status = CallBackStatus.Waiting,
            ConversationId = conversationId,
            Channel = "phone",
        };

    private List<Effect> TakeOver(double atSeconds, CallBackHandedOn handed, CallBackStatus stored) =>
        Seen(_bench.Do(atSeconds, (grain, decision) => grain.Handle(decision, handed, handed.CallBack with { Status = stored })));

    private List<Effect> Wake(double atSeconds) => Seen(_bench.Do(atSeconds, static (grain, decision) => grain.WakeUp(decision)));

    private List<Effect> Seen(List<Effect> effects)
    {
        _talk = effects.OfType<PutConversation>().LastOrDefault()?.Conversation ?? _talk;
        return effects;
    }
}
