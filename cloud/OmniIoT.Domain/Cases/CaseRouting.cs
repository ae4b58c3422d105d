using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Cases;

/// <summary>How cases come to agents by themselves. Pure.</summary>
public static class CaseRouting
{
    /// <summary>Refused when the case is not any more as the router saw it.</summary>
    public static Reply<Case> Route(this Case @case, RouteCase request, DeskRules desk, Instant now)
    {
        if (request.ExpectedVersion != @case.Version)
            return Rejection.Stale("Case", request.ExpectedVersion, @case.Version);
        Case routed = request.Move switch
        {
            { Step: RoutingStep.Assign, To: { } agent } => @case with { Assignee = agent, Routing = @case.Routing.Offer(now) },
            { Step: RoutingStep.TakeBack } => @case with { Assignee = null, Routing = @case.Routing.PassOver(@case.Assignee ?? "", now) },
            { Step: RoutingStep.Overflow, To: { } queue } => @case with
            {
                Queue = queue,
                Routing = @case.Routing.Overflow(@case.Queue, now),
            },
            _ => @case,
        };
        if (routed.Queue != @case.Queue)
            routed = routed with { Sla = routed.Sla.Renew(routed.Terms(desk), routed.FirstSymptomAt, now) };
        return routed with { UpdatedAt = now, Version = @case.Version + 1 };
    }

    /// <summary>
    /// After a person changed it: who was asked in another queue does not count here, and what was settled stays settled.
    /// </summary>
    internal static RoutingState RoutingAfter(this Case before, Case after, ChangeCase change, Instant now)
    {
        bool isMoved = after.Queue != before.Queue;
        RoutingState routing = isMoved || !before.IsUnresolved ? RoutingState.Enter(now) : before.Routing;
        if (change.Assignee is not null)
            return routing.Settle(after.Assignee, isMoved);
        if (IsAssignees(before, change.Actor))
            return routing.Take();
        return before.Status is CaseStatus.Open ? routing : routing.Return(now);
    }

    /// <summary>Its assignee does something about it.</summary>
    internal static Case Taken(this Case @case, Instant now) =>
        @case with
        {
            Routing = @case.Routing.Take(),
            UpdatedAt = now,
            Version = @case.Version + 1,
        };

    internal static bool IsAssignees(this Case @case, string actor) => @case.Assignee is { } agent && actor == "agent:" + agent;
}
