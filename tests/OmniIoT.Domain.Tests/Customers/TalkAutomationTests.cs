using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What macros do in a conversation, and which triggers it sets off.</summary>
public sealed class TalkAutomationTests
{
    private readonly CustomerBench _bench = new();

    [Fact]
    public void All_actions_are_done_in_their_order()
    {
        Conversation talk = Write();

        (Conversation done, List<Effect> effects) = Act(
            talk,
            new DeskAction { Reply = "We come" },
            new DeskAction { Note = "@bo look" },
            new DeskAction { Set = new SetFields(Queue: "washers", Tags: ["leak"]) },
            new DeskAction { Resolve = new ResolveOrder() }
        );

        Assert.Equal((ConversationStatus.Closed, "washers"), (done.Status, done.Queue));
        Assert.Equal(["leak"], done.Tags);
        Assert.Equal(["We come", "@bo look"], effects.OfType<AppendMessage>().Select(said => said.Message.Text));
        Assert.Equal(["bo"], effects.OfType<AppendMessage>().Last().Message.Mentions);
    }

    [Fact]
    public void One_that_may_not_be_done_takes_the_others_back()
    {
        Conversation talk = Write();
        ActOnConversation request = new(
            talk.Id,
            [
                new DeskAction { Set = new SetFields(Queue: "washers") },
                new DeskAction { Resolve = new ResolveOrder() },
                new DeskAction { Reply = "Too late" },
            ],
            "agent:bo"
        );
        Reply<Conversation> reply = default!;

        List<Effect> effects = _bench.Do(5, (grain, decision) => reply = grain.Handle(decision, request, talk));

        Assert.Equal("ConversationClosed", reply.Rejection!.Code);
        Assert.Empty(effects);
        Assert.Equal("support", Assert.Single(_bench.Grain.State.Facts.Conversations).Queue);
    }

    [Fact]
    public void What_is_anothers_to_do_follows_by_letter_and_only_if_all_was_done()
    {
        Conversation talk = Write();
        ActionsDue then = new("", "agent:bo", "ann", [new DeskAction { Command = new CommandOrder("restart") }]) { DeviceId = "w1" };
        ActOnConversation request = new(talk.Id, [new DeskAction { Note = "n" }], "agent:bo") { Then = then };

        List<Effect> effects = _bench.Do(5, (grain, decision) => grain.Handle(decision, request, talk));

        ActionsDue sent = Assert.IsType<ActionsDue>(Assert.Single(effects.OfType<Tell>()).Letter.Content);
        Assert.Equal(("w1", "restart", true), (sent.DeviceId, sent.Actions[0].Command!.Name, sent.Key.Length > 0));
    }

    [Fact]
    public void A_letter_that_comes_twice_is_obeyed_once_also_after_a_restart()
    {
        Conversation talk = Write();
        ActOnConversation request = new(talk.Id, [new DeskAction { Note = "n" }], "trigger:t") { Key = "letter" };
        List<Effect> first = _bench.Do(5, (grain, decision) => grain.Handle(decision, request, talk));
        _bench.Restart();

        List<Effect> again = _bench.Do(6, (grain, decision) => grain.Handle(decision, request, talk));

        Assert.Single(first.OfType<AppendMessage>());
        Assert.Empty(again);
    }

    [Fact]
    public void Words_of_a_trigger_are_no_persons_answer()
    {
        Conversation talk = Write();
        ActOnConversation request = new(talk.Id, [new DeskAction { Reply = "We read it" }], "trigger:t");

        _bench.Do(5, (grain, decision) => grain.Handle(decision, request, talk));

        Assert.Null(Assert.Single(_bench.Grain.State.Facts.Conversations).FirstRespondedAt);
    }

    [Fact]
    public void Words_set_off_the_triggers_that_they_fit_in_their_order()
    {
        Watch(
            Trigger("b", TriggerEvent.MessageReceived, 1, Condition("text", TriggerOperator.Contains, "LEAK")),
            Trigger("a", TriggerEvent.MessageReceived, 2, Condition("channel", TriggerOperator.In, new JsonArray("sms", "webchat"))),
            Trigger("c", TriggerEvent.MessageReceived, 3, Condition("text", TriggerOperator.Eq, "other")),
            Trigger("d", TriggerEvent.ConversationOpened, 4)
        );

        Assert.Equal(["trigger:d", "trigger:b", "trigger:a"], Letters(Say("It leaks")));
        Assert.Equal(["trigger:a"], Letters(Say("Hello?")));
    }

    [Fact]
    public void What_a_machine_wrote_sets_nothing_off()
    {
        Watch(Trigger("a", TriggerEvent.MessageReceived, 0));

        Assert.Empty(Letters(_bench.Do(1, (grain, decision) => grain.Handle(decision, Words("Away") with { IsAutomatic = true }))));
    }

    [Theory]
    [InlineData(TriggerOperator.Eq, "support", true)]
    [InlineData(TriggerOperator.Ne, "support", false)]
    [InlineData(TriggerOperator.Ne, "washers", true)]
    [InlineData(TriggerOperator.Contains, "UPP", true)]
    [InlineData(TriggerOperator.Exists, true, true)]
    [InlineData(TriggerOperator.Exists, false, false)]
    public void A_condition_holds_as_it_says(TriggerOperator op, object value, bool holds)
    {
        JsonNode wanted = value is bool flag ? JsonValue.Create(flag) : JsonValue.Create((string)value);
        TriggerFacts facts = TriggerFacts.Of(Write(), _bench.Grain.State.Facts.Customer, null, CustomerBench.Start);

        Assert.Equal(holds, new TriggerCondition("queue", op, wanted).Holds(facts));
    }

    [Fact]
    public void A_trigger_of_the_time_may_act_again_on_what_is_opened_again()
    {
        Conversation talk = Write();
        ActOnConversation request = new(talk.Id, [new DeskAction { Resolve = new ResolveOrder() }], "trigger:t") { Key = "time:t:0" };
        _bench.Do(5, (grain, decision) => grain.Handle(decision, request, talk));

        Assert.Equal(["time:t:0"], _bench.Grain.State.Facts.Closed!.Deeds);
        Assert.Empty(Say("Once more").OfType<PutConversation>().Single().Conversation.Deeds);
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(31, true)]
    public void A_condition_knows_how_long_somebody_waits(double minutes, bool holds)
    {
        Conversation talk = Write();
        TriggerFacts facts = TriggerFacts.Of(
            talk,
            _bench.Grain.State.Facts.Customer,
            null,
            talk.WaitingSince!.Value + TimeSpan.FromMinutes(minutes)
        );

        Assert.Equal(holds, new TriggerCondition("waitingMinutes", TriggerOperator.Gt, 30).Holds(facts));
    }

    private static Trigger Trigger(string id, TriggerEvent on, int order, params TriggerCondition[] conditions) =>
        new(id, on, conditions, [new DeskAction { Note = "x" }], order);

    private static TriggerCondition Condition(string field, TriggerOperator op, JsonNode value) => new(field, op, value);

    private void Watch(params Trigger[] triggers) =>
        _bench.Scope.LookInto(new Catalog { Desk = DeskRules.Empty with { Triggers = [.. triggers] } });

    private static IEnumerable<string> Letters(IEnumerable<Effect> effects) =>
        effects.OfType<Tell>().Select(tell => tell.Letter.Content).OfType<ActionsDue>().Select(due => due.Actor);

    private static ReceiveMessage Words(string text) => new("webchat", "customer:ann", text, null);

    private List<Effect> Say(string text) => _bench.Do(1, (grain, decision) => grain.Handle(decision, Words(text)));

    private Conversation Write() => Say("It leaks").OfType<PutConversation>().Single().Conversation;

    private (Conversation Done, List<Effect> Effects) Act(Conversation talk, params DeskAction[] actions)
    {
        Reply<Conversation> reply = default!;
        List<Effect> effects = _bench.Do(
            5,
            (grain, decision) => reply = grain.Handle(decision, new ActOnConversation(talk.Id, actions, "agent:bo"), talk)
        );
        return (reply.Result!, effects);
    }
}
