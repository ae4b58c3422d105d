using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Routing;

/// <summary>Something that waits, with what the choice of its agent depends on.</summary>
/// <param name="Locale">The customer's language, BCP 47; null: unknown.</param>
/// <param name="Acquainted">Who had to do with the customer, the last first.</param>
public sealed record WaitingWork(Work Work, WorkClass Class, string? Locale, IReadOnlyList<string> Acquainted)
{
    /// <summary>Ids of agents to whom it is not shown, because it is of none of their sites.</summary>
    public IReadOnlyCollection<string> HiddenFrom { get; init; } = [];
}

/// <summary>A move that was decided.</summary>
public sealed record RoutedWork(Work Work, RoutingMove Move);

/// <summary>
/// Who gets what. Pure: of those who can serve the queue and have room, the one who knows the customer, then one who speaks their language,
/// then the least loaded, then the one who has been idle longest.
/// </summary>
public static class Router
{
    /// <summary>Who gave no answer and is still there may be asked again by then: better late than never.</summary>
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(10);

    /// <param name="waiting">The oldest first.</param>
    public static IReadOnlyList<RoutedWork> Decide(
        IReadOnlyList<WaitingWork> waiting,
        IReadOnlyList<AgentOnDuty> agents,
        IReadOnlyDictionary<string, Queue> queues,
        Instant now
    )
    {
        Dictionary<string, AgentOnDuty> free = agents
            .Where(agent => agent.IsAvailable)
            .ToDictionary(agent => agent.Id, StringComparer.Ordinal);
        List<RoutedWork> moves = [];
        foreach (WaitingWork item in waiting)
        {
            if (!queues.TryGetValue(item.Work.Queue, out Queue? queue))
                continue;
            if (Choose(item, queue, free.Values, now) is { } chosen)
            {
                free[chosen.Id] = chosen.With(item.Class, now);
                moves.Add(new RoutedWork(item.Work, new RoutingMove(RoutingStep.Assign, chosen.Id)));
            }
            else if (OverflowOf(item.Work, queue, queues, now) is { } elsewhere)
                moves.Add(new RoutedWork(item.Work, new RoutingMove(RoutingStep.Overflow, elsewhere)));
        }
        return moves;
    }

    /// <summary>What is taken back: too long without an answer, or from somebody who is not there any more.</summary>
    /// <param name="answerWithin">How long who has it may take for a first answer.</param>
    public static IReadOnlyList<RoutedWork> TakeBack(
        IReadOnlyList<Work> offered,
        IReadOnlyList<AgentOnDuty> agents,
        TimeSpan answerWithin,
        Instant now
    )
    {
        HashSet<string> there = [.. agents.Where(agent => agent.IsThere).Select(agent => agent.Id)];
        return
        [
            .. offered
                .Where(work => work.OfferedAt + answerWithin <= now || !there.Contains(work.Assignee ?? ""))
                .Select(work => new RoutedWork(work, new RoutingMove(RoutingStep.TakeBack))),
        ];
    }

    private static AgentOnDuty? Choose(WaitingWork item, Queue queue, IEnumerable<AgentOnDuty> agents, Instant now) =>
        agents
            .Where(agent => agent.CanServe(queue) && agent.HasRoomFor(item.Class) && !item.HiddenFrom.Contains(agent.Id))
            .Where(agent => !WasPassedOver(item.Work, agent, now))
            .OrderByDescending(agent => item.Acquainted.Contains(agent.Id))
            .ThenByDescending(agent => agent.Speaks(item.Locale))
            .ThenBy(agent => agent.Load[item.Class])
            .ThenBy(agent => agent.IdleSince)
            .ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>Who gave no answer is not asked again before they come anew, or a while has passed.</summary>
    private static bool WasPassedOver(Work work, AgentOnDuty agent, Instant now) =>
        work.Routing.Passed.Any(passed => passed.Agent == agent.Id && passed.At >= agent.Since && now - passed.At < AskedAgainAfter);

    /// <summary>Another queue that it was not in before; null: it stays.</summary>
    private static string? OverflowOf(Work work, Queue queue, IReadOnlyDictionary<string, Queue> queues, Instant now) =>
        queue.Overflow is { } overflow
        && work.WaitingSince + TimeSpan.FromSeconds(overflow.AfterSeconds) <= now
        && queues.ContainsKey(overflow.Queue)
        && !work.Routing.Left.Contains(overflow.Queue)
            ? overflow.Queue
            : null;
}
