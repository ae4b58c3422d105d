using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What the customer was promised in the conversation, and how it comes to an agent.
public sealed partial class CustomerDecider
{
    /// <summary>Tells what of the promises is nearly over, or is. It is written in any case: it says when to look next.</summary>
    /// <param name="stored">As it stands in storage.</param>
    public Reply<Conversation> Handle(Decision decision, CheckConversation request, Conversation stored)
    {
        Conversation conversation = Find(request.ConversationId) ?? stored;
        (SlaClock clock, IReadOnlyList<SlaAlert> alerts) = conversation.Sla.Check(decision.Moment.Now);
        foreach (SlaAlert alert in alerts)
        {
            Tell(decision, conversation, alert);
            CountBreach(decision, conversation, alert);
        }
        Conversation told = Keep(decision, conversation with { Sla = clock });
        foreach (SlaAlert alert in alerts)
            SetOff(decision, alert.Event(), told, alert.Target);
        return told;
    }

    /// <summary>Refused when the conversation is not any more as the router saw it.</summary>
    /// <param name="stored">As it stands in storage.</param>
    public Reply<Conversation> Handle(Decision decision, RouteConversation request, Conversation stored)
    {
        Conversation conversation = Find(request.ConversationId) ?? stored;
        if (request.ExpectedVersion != conversation.Version)
            return Rejection.Stale("Conversation", request.ExpectedVersion, conversation.Version);
        Instant now = decision.Moment.Now;
        RoutingState routing = conversation.Routing;
        return Keep(
            decision,
            request.Move switch
            {
                { Step: RoutingStep.Assign, To: { } agent } => conversation with { Assignee = agent, Routing = routing.Offer(now) },
                { Step: RoutingStep.TakeBack } => conversation with
                {
                    Assignee = null,
                    Routing = routing.PassOver(conversation.Assignee ?? "", now),
                },
                { Step: RoutingStep.Overflow, To: { } queue } => conversation with
                {
                    Queue = queue,
                    Routing = routing.Overflow(conversation.Queue, now),
                },
                _ => conversation,
            }
        );
    }

    /// <summary>The customer said something that a person is to answer, here and in the case that it is about.</summary>
    private Conversation Asked(Decision decision, Conversation conversation)
    {
        if (conversation.CaseId is { } caseId)
            decision.Emit(
                new Tell(
                    new GrainLetter(
                        decision.Moment.NewId(),
                        new CustomerAsked(Id, caseId, decision.Moment.Now) { Channel = conversation.Channel }
                    )
                )
            );
        return conversation with
        {
            WaitingSince = conversation.WaitingSince ?? decision.Moment.Now,
            Sla = conversation.Sla.Ask(TermsOf(decision, conversation), decision.Moment.Now),
        };
    }

    /// <summary>
    /// After a person changed it: who was asked in another queue does not count here, and what was settled stays settled.
    /// </summary>
    private static RoutingState RoutingAfter(Conversation before, ChangeConversation change, Instant now)
    {
        bool isMoved = change.Queue is { } queue && queue != before.Queue;
        RoutingState routing = isMoved ? RoutingState.Enter(now) : before.Routing;
        if (change.Assignee is not null)
            return routing.Settle(Changed(before.Assignee, change.Assignee), isMoved);
        return before.Assignee is { } agent && change.Actor == "agent:" + agent ? routing.Take() : routing;
    }

    /// <summary>After a person handed it on: to somebody, who keeps it, or to a queue, where it waits from now on.</summary>
    private static RoutingState RoutingAfter(Conversation before, Conversation handed, Instant now)
    {
        bool isMoved = handed.Queue != before.Queue || handed.Assignee is null;
        return (isMoved ? RoutingState.Enter(now) : before.Routing).Settle(handed.Assignee, isMoved);
    }

    /// <summary>It is open again: who had it has to be heard, where the router could give it to somebody else.</summary>
    private static RoutingState RoutingAnew(Decision decision, Conversation reopened)
    {
        RoutingState routing = RoutingState.Enter(decision.Moment.Now);
        bool isRouted = decision.Moment.Catalog.Desk.Queues.ContainsKey(reopened.Queue);
        return isRouted && reopened.Assignee is not null ? routing.Offer(decision.Moment.Now) : routing;
    }

    /// <summary>With a clock and an offer that run, stand still or are over as its status is, by the terms of its queue.</summary>
    private Conversation InStep(Decision decision, Conversation conversation)
    {
        SlaTerms terms = TermsOf(decision, conversation);
        SlaClock sla = conversation.Sla;
        RoutingState routing = conversation.Routing;
        Conversation? before = Find(conversation.Id);
        if (before is not null && before.Queue != conversation.Queue)
            sla = sla.Renew(terms, conversation.OpenedAt, decision.Moment.Now);
        if (before?.Status is ConversationStatus.Snoozed && conversation.Status is ConversationStatus.Open)
            routing = routing.Return(decision.Moment.Now);
        SlaPause? pause = conversation.Status is ConversationStatus.Snoozed ? SlaPause.Snoozed : null;
        sla = sla.In(pause, conversation.Status is ConversationStatus.Closed, terms, decision.Moment.Now);
        return conversation with { Sla = sla, Routing = routing };
    }

    private static SlaTerms TermsOf(Decision decision, Conversation conversation) =>
        decision.Moment.Catalog.Desk.TermsOf(conversation.Queue);

    private void Tell(Decision decision, Conversation conversation, SlaAlert alert) =>
        decision.Append(
            new Happening(alert.Kind(), "system", alert.Says())
            {
                CustomerId = Id,
                At = alert.At,
                Channel = conversation.Channel,
                Direction = TimelineDirection.Internal,
                Refs = RefsOf(conversation),
                Data = new JsonObject
                {
                    ["number"] = conversation.Number,
                    ["target"] = JsonNamingPolicy.CamelCase.ConvertName(alert.Target.ToString()),
                    ["dueAt"] = alert.DueAt.ToString(),
                },
            }
        );
}
