using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>Which words of the company answer a customer, and what they are told of.</summary>
public sealed class CustomerAnswerTests
{
    private readonly CustomerBench _bench = new();

    [Fact]
    public void An_answer_of_a_person_tells_the_case_of_the_conversation()
    {
        string talk = Ask(caseId: "k1");

        List<Effect> effects = Say(60, new PostMessage(talk, "agent:bo", "We are on it"));

        Assert.Equal(new CustomerAnswered("ann", "k1", _bench.Decision.Moment.Now), Assert.Single(effects.OfType<Tell>()).Letter.Content);
        Conversation answered = Assert.Single(effects.OfType<PutConversation>()).Conversation;
        Assert.Equal(
            (_bench.Decision.Moment.Now, "k1"),
            (answered.FirstRespondedAt, Assert.Single(effects.OfType<AppendTimeline>()).Entry.Refs.CaseId)
        );
    }

    [Theory]
    [InlineData("bot:helper", false)]
    [InlineData("system", false)]
    [InlineData("agent:bo", true)]
    public void A_bot_the_platform_and_a_note_answer_nobody(string author, bool isNote)
    {
        string talk = Ask(caseId: "k1");

        List<Effect> effects = Say(60, new PostMessage(talk, author, "Words", isNote));

        Assert.Empty(effects.OfType<Tell>());
        Assert.Null(Assert.Single(effects.OfType<PutConversation>()).Conversation.FirstRespondedAt);
    }

    [Fact]
    public void A_note_stays_in_the_house()
    {
        string talk = Ask(caseId: null);

        List<Effect> effects = Say(60, new PostMessage(talk, "agent:bo", "Careful", Internal: true));

        Assert.Empty(effects.OfType<Enqueue>());
        ConversationMessage note = Assert.Single(effects.OfType<AppendMessage>()).Message;
        Assert.Equal((true, TimelineDirection.Internal), (note.Internal, note.Direction));
        Assert.Equal(TimelineKind.NoteAdded, Assert.Single(effects.OfType<AppendTimeline>()).Entry.Kind);
        Assert.Equal(CustomerBench.Start, Assert.Single(effects.OfType<PutConversation>()).Conversation.LastMessageAt);
    }

    [Fact]
    public void What_is_empty_parts_a_talk_from_its_case()
    {
        Conversation talk = Write();
        Change(talk.Id.To(null, null, null) with { CaseId = "k1" }, talk);

        Assert.Null(Change(talk.Id.To(null, null, null) with { CaseId = "" }, talk).Result!.CaseId);
    }

    [Fact]
    public void A_closed_talk_opens_again_and_takes_words()
    {
        Conversation closed = Close(Write());

        Reply<Conversation> reopened = Change(closed.Id.To(ConversationStatus.Open, null, closed.Version), closed);

        Assert.Equal((ConversationStatus.Open, closed.Version + 1), (reopened.Result!.Status, reopened.Result.Version));
        Assert.Equal(
            "agent:bo",
            Assert.Single(Say(2, new PostMessage(closed.Id, "agent:bo", "Again")).OfType<AppendMessage>()).Message.Author
        );
    }

    [Fact]
    public void A_closed_talk_stays_so_while_another_is_open()
    {
        Conversation closed = Close(Write());
        Write(TimeSpan.FromDays(4).TotalSeconds);

        Reply<Conversation> refused = Change(closed.Id.To(ConversationStatus.Open, null, null), closed);

        Assert.Equal((RejectionKind.Conflict, "OtherConversationOpen"), (refused.Rejection!.Kind, refused.Rejection.Code));
    }

    [Fact]
    public void A_closed_talk_takes_no_other_change_and_no_stale_one()
    {
        Conversation closed = Close(Write());

        Assert.Equal("ConversationClosed", Change(closed.Id.To(null, "bo", null), closed).Rejection!.Code);
        Assert.Equal(RejectionKind.Stale, Change(closed.Id.To(ConversationStatus.Open, null, closed.Version - 1), closed).Rejection!.Kind);
    }

    private string Ask(string? caseId)
    {
        Conversation talk = Write();
        Change(talk.Id.To(null, null, null) with { CaseId = caseId }, talk);
        return talk.Id;
    }

    /// <summary>What the customer writes begins a talk where none is open.</summary>
    private Conversation Write(double atSeconds = 0) =>
        Assert
            .Single(
                _bench
                    .Do(
                        atSeconds,
                        (grain, decision) => grain.Handle(decision, new ReceiveMessage("webchat", "customer:ann", "It leaks", null))
                    )
                    .OfType<PutConversation>()
            )
            .Conversation;

    private Conversation Close(Conversation talk) => Change(talk.Id.To(ConversationStatus.Closed, null, null), talk).Result!;

    private Reply<Conversation> Change(ChangeConversation request, Conversation stored)
    {
        Reply<Conversation> reply = default!;
        _bench.Do(1, (grain, decision) => reply = grain.Handle(decision, request, stored));
        return reply;
    }

    private List<Effect> Say(double atSeconds, PostMessage message) =>
        _bench.Do(atSeconds, (grain, decision) => grain.Handle(decision, message));
}
