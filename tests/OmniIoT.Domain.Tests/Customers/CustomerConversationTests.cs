using System.Text;
using System.Text.Json;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What is said with a customer, and what may be changed of the talk.</summary>
public sealed class CustomerConversationTests
{
    private readonly CustomerBench _bench = new();
    private Conversation? _talk;

    [Fact]
    public void Words_of_a_customer_open_a_talk_and_the_next_join_it()
    {
        List<Effect> first = Ask(0, "It leaks");
        List<Effect> second = Ask(60, "Still");

        Conversation opened = TalkOf(first);
        Assert.Equal(
            ("ann", "webchat", "It leaks", ConversationStatus.Open),
            (opened.CustomerId, opened.Channel, opened.Subject, opened.Status)
        );
        Assert.Equal(
            (opened.Id, "It leaks", "Still", 2),
            (TalkOf(second).Id, TalkOf(second).Subject, TalkOf(second).LastMessage, TalkOf(second).Version)
        );
        TimelineEntry entry = Assert.Single(second.OfType<AppendTimeline>()).Entry;
        Assert.Equal(
            (TimelineKind.MessageReceived, TimelineDirection.In, "Still", opened.Id),
            (entry.Kind, entry.Direction, entry.Text, entry.Refs.ConversationId)
        );
        Assert.Equal(opened.Id, Assert.Single(second.OfType<AppendMessage>()).Message.ConversationId);
        Assert.Empty(second.OfType<Enqueue>());
    }

    [Fact]
    public void A_talk_goes_on_over_a_restart()
    {
        string id = TalkOf(Ask(0, "It leaks")).Id;
        _bench.Restart();

        Assert.Equal(id, TalkOf(Ask(60, "Still")).Id);
    }

    [Fact]
    public void In_a_talk_that_is_closed_or_not_there_nothing_is_said_or_changed()
    {
        string id = TalkOf(Ask(0, "It leaks")).Id;
        Change(1, id.To(ConversationStatus.Closed, null, null));

        foreach (string gone in new[] { id, "nothing" })
        {
            Rejection? said = null;
            Assert.Empty(Do(2, (grain, scope) => said = grain.Handle(scope, new PostMessage(gone, "agent:bo", "Hello")).Rejection));
            Assert.Equal(RejectionKind.Conflict, said?.Kind);
            (List<Effect> effects, Rejection? rejection) = Change(3, gone.To(null, "bo", null));
            Assert.Equal(RejectionKind.Conflict, rejection?.Kind);
            Assert.Empty(effects);
        }
    }

    [Fact]
    public void A_change_that_rests_on_another_version_is_stale_and_changes_nothing()
    {
        Conversation talk = TalkOf(Ask(0, "It leaks"));

        (List<Effect> effects, Rejection? rejection) = Change(1, talk.Id.To(null, "bo", talk.Version + 1));

        Assert.Equal(RejectionKind.Stale, rejection?.Kind);
        Assert.Empty(effects);
        Assert.Equal(2, TalkOf(Change(2, talk.Id.To(null, "bo", talk.Version)).Effects).Version);
    }

    [Fact]
    public void What_is_not_said_stays_and_what_is_empty_goes()
    {
        string id = TalkOf(Ask(0, "It leaks")).Id;

        Conversation full = TalkOf(
            Change(1, id.To(null, "bo", null) with { Queue = "second", Subject = "Leak", CaseId = "k1", Tags = ["wet", "urgent"] }).Effects
        );
        Conversation same = TalkOf(Change(2, id.To(null, null, null)).Effects);
        Conversation bare = TalkOf(Change(3, id.To(null, "", null) with { Subject = "", CaseId = "", Tags = [] }).Effects);

        Assert.Equal(("bo", "second", "Leak", "k1"), (full.Assignee, full.Queue, full.Subject, full.CaseId));
        Assert.Equal(full with { Version = full.Version + 1 }, same);
        Assert.Equal((null, "second", null, null, 0), (bare.Assignee, bare.Queue, bare.Subject, bare.CaseId, bare.Tags.Count));
    }

    [Fact]
    public void The_first_answer_of_a_person_stays_the_first()
    {
        string id = TalkOf(Ask(0, "It leaks")).Id;

        Do(10, (grain, scope) => grain.Handle(scope, new PostMessage(id, "agent:bo", "We look")));
        Conversation later = TalkOf(Do(20, (grain, scope) => grain.Handle(scope, new PostMessage(id, "agent:bo", "Found"))));

        Assert.Equal(CustomerBench.Start + TimeSpan.FromSeconds(10), later.FirstRespondedAt);
    }

    [Fact]
    public void An_answer_goes_to_every_app_of_the_person_for_a_day()
    {
        string id = TalkOf(Ask(0, "It leaks")).Id;
        _bench.Grain.Person = new Person(_bench.Grain.State.Facts.Customer, ["ann", "bea"]);

        List<Effect> effects = Do(10, (grain, scope) => grain.Handle(scope, new PostMessage(id, "agent:bo", "We look")));

        Assert.Equal(
            ["customers/ann/messages", "customers/bea/messages"],
            effects.OfType<Enqueue>().Select(effect => effect.Downlink.Topic)
        );
        Assert.All(
            effects.OfType<Enqueue>(),
            effect =>
            {
                Assert.Equal(CustomerBench.Start + TimeSpan.FromSeconds(10) + TimeSpan.FromDays(1), effect.Downlink.ExpiresAt);
                Assert.Equal("We look", JsonSerializer.Deserialize<ConversationMessage>(effect.Downlink.Payload, OmniJson.Options)!.Text);
            }
        );
    }

    /// <summary>One that is half in the subject is none: it reads as a stranger's sign.</summary>
    [Fact]
    public void The_beginning_of_a_long_message_ends_between_characters()
    {
        for (int length = 70; length < 90; length++)
        {
            CustomerBench bench = new();
            string text = new string('x', length) + string.Concat(Enumerable.Repeat("🧺", 20));

            string subject = TalkOf(
                bench.Do(0, (grain, scope) => grain.Handle(scope, new ReceiveMessage("webchat", "customer:ann", text, null)))
            ).Subject!;

            Assert.InRange(subject.Length, 70, 80);
            Assert.EndsWith("…", subject, StringComparison.Ordinal);
            Assert.DoesNotContain(Rune.ReplacementChar, subject.EnumerateRunes());
        }
    }

    private static Conversation TalkOf(IEnumerable<Effect> effects) => Assert.Single(effects.OfType<PutConversation>()).Conversation;

    private List<Effect> Ask(double atSeconds, string text) =>
        Do(atSeconds, (grain, scope) => grain.Handle(scope, new ReceiveMessage("webchat", "customer:ann", text, null)));

    private List<Effect> Do(double atSeconds, Action<CustomerDecider, Decision> act)
    {
        List<Effect> effects = _bench.Do(atSeconds, act);
        _talk = effects.OfType<PutConversation>().LastOrDefault()?.Conversation ?? _talk;
        return effects;
    }

    private (List<Effect> Effects, Rejection? Rejection) Change(double atSeconds, ChangeConversation change)
    {
        Rejection? rejection = null;
        List<Effect> effects = Do(atSeconds, (grain, scope) => rejection = grain.Handle(scope, change, _talk!).Rejection);
        return (effects, rejection);
    }
}
