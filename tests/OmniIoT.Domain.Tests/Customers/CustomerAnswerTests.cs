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

        Assert.Equal(new CustomerAnswered("ann", "k1", _bench.Scope.Now), Assert.Single(effects.OfType<Tell>()).Letter.Content);
        Conversation answered = Assert.Single(effects.OfType<PutConversation>()).Conversation;
        Assert.Equal(
            (_bench.Scope.Now, "k1"),
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
        string talk = Ask(caseId: "k1");

        List<Effect> effects = _bench.Do(
            1,
            (grain, scope) => grain.Handle(scope, new ChangeConversation(talk, null, null, null, CaseId: ""))
        );

        Assert.Null(Assert.Single(effects.OfType<PutConversation>()).Conversation.CaseId);
    }

    private string Ask(string? caseId)
    {
        List<Effect> asked = _bench.Do(
            0,
            (grain, scope) => grain.Handle(scope, new ReceiveMessage("webchat", "customer:ann", "It leaks", null))
        );
        string id = Assert.Single(asked.OfType<PutConversation>()).Conversation.Id;
        _bench.Do(0, (grain, scope) => grain.Handle(scope, new ChangeConversation(id, null, null, null, CaseId: caseId)));
        return id;
    }

    private List<Effect> Say(double atSeconds, PostMessage message) => _bench.Do(atSeconds, (grain, scope) => grain.Handle(scope, message));
}
