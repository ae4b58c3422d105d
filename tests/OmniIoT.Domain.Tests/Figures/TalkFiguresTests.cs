using System.Collections.Frozen;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Tests.Customers;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Figures;

/// <summary>What is counted of conversations and cases is what somebody finds who reads their timeline from its beginning.</summary>
public sealed class TalkFiguresTests
{
    private const double Day = 86_400;

    private readonly CustomerBench _bench = new();
    private readonly List<Effect> _all = [];
    private Conversation? _talk;

    [Fact]
    public void A_contact_waits_for_a_person_and_is_resolved_at_once()
    {
        Write(0, "It leaks");
        Answer(90, "Close the tap");
        Answer(100, "And now?");
        Close(200);

        Assert.Equal((1, 1, 0, 0), (Of(Measures.Contacts), Of(Measures.Ended), Of(Measures.Resumed), Of(Measures.Abandoned)));
        CountFigure wait = Assert.Single(Counts(Measures.Waits));
        Assert.Equal((90, "webchat", "support", "bo"), (wait.Sum, wait.Of.Channel, wait.Of.Queue, wait.Of.Agent));
    }

    [Fact]
    public void What_begins_again_takes_its_first_end_back_where_that_was()
    {
        Write(0, "It leaks");
        Close(60);
        Write(3600, "Still");
        Close(3700);

        CountFigure resumed = Assert.Single(Counts(Measures.Resumed));
        Assert.Equal(CustomerBench.Start + TimeSpan.FromSeconds(60), resumed.At);
        Assert.Equal((2, 1, 2), (Of(Measures.Contacts), Of(Measures.Repeats), Of(Measures.Abandoned)));
    }

    [Fact]
    public void Who_comes_back_after_a_week_repeats_nothing()
    {
        Write(0, "It leaks");
        Close(60);
        Write(8 * Day, "Something else");

        Assert.Equal((2, 0), (Of(Measures.Contacts), Of(Measures.Repeats)));
    }

    [Fact]
    public void Going_on_by_another_channel_is_a_switch_where_it_goes()
    {
        Write(0, "It leaks");
        Write(10, "Are you there?", "mail");
        Write(20, "Hello?", "mail");

        CountFigure once = Assert.Single(Counts(Measures.Switches));
        Assert.Equal(("mail", 1), (once.Of.Channel, Of(Measures.Contacts)));
    }

    [Fact]
    public void A_call_that_goes_on_in_the_chat_is_deflected_and_no_new_contact()
    {
        _bench.Scope.LookInto(
            Catalog.Empty with
            {
                Channels = new Dictionary<string, Channel>
                {
                    ["calls"] = DepartureTests.New("calls", ChannelKinds.Voice),
                }.ToFrozenDictionary(),
            }
        );
        Write(0, "Called", "calls");
        Do(30, static (grain, decision) => grain.ContinueInChat(decision));
        Do(40, static (grain, decision) => grain.ContinueInChat(decision));

        Assert.Equal("calls", Assert.Single(Counts(Measures.Deflected)).Of.Channel);
        Assert.Equal("webchat", Assert.Single(Counts(Measures.Switches)).Of.Channel);
        Assert.Equal(1, Of(Measures.Contacts));
    }

    [Fact]
    public void Machines_are_no_contacts()
    {
        Do(0, (grain, decision) => grain.Handle(decision, Words("I am away", "mail") with { IsAutomatic = true }));

        Assert.Empty(_all.OfType<CountFigure>());
    }

    [Fact]
    public void Handing_on_is_counted_where_it_was()
    {
        Write(0, "It leaks");
        Do(5, (grain, decision) => grain.Handle(decision, new TransferConversation(_talk!.Id, "agent:bo", "washers", null, null, null)));

        Assert.Equal("support", Assert.Single(Counts(Measures.Transfers)).Of.Queue);
    }

    [Fact]
    public void A_case_counts_when_it_is_opened_and_when_it_is_over_and_not_twice()
    {
        Case opened = null!;
        Do(0, (grain, decision) => opened = grain.Handle(decision, Wanted()).Result!);
        Case resolved = null!;
        Do(
            60,
            (_, decision) =>
                resolved = UnattendedCases.Handle(decision, new ResolveCase(opened.Id, "Done", "agent:bo", null), opened).Result!
        );
        Do(70, (_, decision) => UnattendedCases.Handle(decision, To(resolved, CaseStatus.Closed), resolved));

        Assert.Equal((1, 1, 0), (Of(Measures.Opened), Of(Measures.Closed), Of(Measures.OpenedBeforeContact)));
    }

    /// <summary>The oracle reads what was written for people, and knows nothing of what was counted.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_the_counts_are_those_of_the_timeline(int seed)
    {
        Random random = new(seed);
        double at = 0;
        for (int step = 0; step < 400; step++)
        {
            at += random.Next(1, 40_000);
            bool isOpen = _talk is { Status: not ConversationStatus.Closed };
            switch (random.Next(6))
            {
                case 0 or 1:
                    Write(at, "words " + step, random.Next(2) == 0 ? "webchat" : "mail");
                    break;
                case 2 when isOpen:
                    Answer(at, "answer " + step);
                    break;
                case 3 when isOpen:
                    Close(at);
                    break;
                case 4 when _talk is not null && !isOpen:
                    Do(at, (grain, decision) => grain.Handle(decision, _talk.Id.To(ConversationStatus.Open), _talk));
                    break;
                case 5:
                    _bench.Restart();
                    break;
            }
        }

        TimelineEntry[] entries = [.. _all.OfType<AppendTimeline>().Select(static append => append.Entry)];
        bool IsOpening(TimelineEntry entry) => entry.Kind == TimelineKind.ConversationOpened;
        int begun = entries.Count(entry => IsOpening(entry) && entry.Actor == "customer:ann");
        int again = entries.Count(entry => IsOpening(entry) && entry.Title.EndsWith("reopened", StringComparison.Ordinal));
        int ended = entries.Count(static entry => entry.Kind == TimelineKind.ConversationClosed);
        Assert.True(begun > 10 && again > 5);
        Assert.Equal((begun, again, ended), (Of(Measures.Contacts), Of(Measures.Resumed), Of(Measures.Ended)));
        Assert.Equal(Waits(entries), Counts(Measures.Waits).Select(static wait => (int)wait.Sum));
    }

    /// <summary>The seconds from each time that the customer began to talk until a person's next answer before its end.</summary>
    private static int[] Waits(TimelineEntry[] entries)
    {
        List<int> waits = [];
        Instant? since = null;
        foreach (TimelineEntry entry in entries)
        {
            if (entry.Kind == TimelineKind.ConversationOpened)
                since = entry.Actor == "customer:ann" ? entry.At : null;
            else if (entry.Kind == TimelineKind.ConversationClosed)
                since = null;
            else if (entry.Kind == TimelineKind.MessageSent && since is { } from)
            {
                waits.Add((int)(entry.At - from).TotalSeconds);
                since = null;
            }
        }
        return [.. waits];
    }

    private static OpenCase Wanted() => new("ann", null, "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:bo");

    private static ChangeCase To(Case @case, CaseStatus status) =>
        new()
        {
            CaseId = @case.Id,
            Actor = "agent:bo",
            Status = status,
            Priority = null,
            Queue = null,
            Assignee = null,
            Title = null,
            ExpectedVersion = null,
        };

    private static ReceiveMessage Words(string text, string channel) => new(channel, "customer:ann", text, null);

    private void Write(double atSeconds, string text, string channel = "webchat") =>
        Do(atSeconds, (grain, decision) => grain.Handle(decision, Words(text, channel)));

    private void Answer(double atSeconds, string text) =>
        Do(atSeconds, (grain, decision) => grain.Handle(decision, new PostMessage(_talk!.Id, "agent:bo", text) { Channel = "webchat" }));

    private void Close(double atSeconds) =>
        Do(atSeconds, (grain, decision) => grain.Handle(decision, _talk!.Id.To(ConversationStatus.Closed), _talk));

    private void Do(double atSeconds, Action<CustomerDecider, Decision> act)
    {
        List<Effect> effects = _bench.Do(atSeconds, act);
        _talk = effects.OfType<PutConversation>().LastOrDefault()?.Conversation ?? _talk;
        _all.AddRange(effects);
    }

    private IEnumerable<CountFigure> Counts(string measure) => _all.OfType<CountFigure>().Where(count => count.Measure == measure);

    private int Of(string measure) => (int)Counts(measure).Sum(static count => count.Times);
}
