using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Routing;

/// <summary>What the router sees: who is there with what they have, and what waits for them.</summary>
internal sealed class DeskView(
    IStaff staff,
    IWorkQueries work,
    ICustomerQueries customers,
    IBoundsQueries bounds,
    ChannelTypes channels,
    TimeProvider time
)
{
    /// <summary>Of a queue and a class; what is behind waits for the next look.</summary>
    private const int AtOnce = 1_000;

    public async ValueTask<IReadOnlyList<AgentOnDuty>> AgentsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentOnDuty> agents = await staff.OnDutyAsync(cancellationToken);
        if (agents.Count == 0)
            return agents;
        ILookup<string, AgentLoad> loads = (await work.LoadsAsync([.. agents.Select(agent => agent.Id)], cancellationToken)).ToLookup(
            load => load.Agent,
            StringComparer.Ordinal
        );
        return
        [
            .. agents.Select(agent =>
                agent with
                {
                    Load = loads[agent.Id].Aggregate(agent.Load, (sum, load) => sum.Plus(channels.ClassOf(load.Channel), (int)load.Count)),
                }
            ),
        ];
    }

    public async ValueTask<IReadOnlyList<Work>> OfferedAsync(CancellationToken cancellationToken) =>
        await work.OfferedAsync(AtOnce, cancellationToken);

    /// <summary>What waits in queues from which it can go anywhere, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<WaitingWork>> WaitingAsync(
        IReadOnlyDictionary<string, Queue> queues,
        IReadOnlyList<AgentOnDuty> agents,
        CancellationToken cancellationToken
    )
    {
        List<WaitingWork> waiting = [];
        foreach (Queue queue in queues.Values)
        {
            AgentCapacity room = RoomIn(queue, agents);
            foreach (Work item in await WaitingAsync(queue, room, cancellationToken))
            {
                WorkClass what = channels.ClassOf(item.Channel);
                bool mayGo = room[what] > 0;
                room = mayGo ? room.Plus(what, -1) : room;
                waiting.Add(mayGo ? await KnowAsync(item, what, cancellationToken) : new WaitingWork(item, what, null, []));
            }
        }
        return await ShownAsync([.. waiting.OrderBy(item => item.Work.WaitingSince)], agents, cancellationToken);
    }

    /// <summary>Says from whom each is hidden. Agents who are limited alike are asked for once.</summary>
    private async ValueTask<IReadOnlyList<WaitingWork>> ShownAsync(
        WaitingWork[] waiting,
        IReadOnlyList<AgentOnDuty> agents,
        CancellationToken cancellationToken
    )
    {
        Subjects[] subjects = [.. waiting.Select(static item => SubjectsOf(item.Work))];
        foreach (
            IGrouping<Bounds, string> alike in agents
                .Where(static agent => agent.IsAvailable && agent.Sites is not null)
                .GroupBy(static agent => new Bounds(null, agent.Sites), static agent => agent.Id)
        )
        {
            IReadOnlyList<bool> within = await bounds.AreWithinAsync(subjects, alike.Key, cancellationToken);
            for (int i = 0; i < waiting.Length; i++)
            {
                if (!within[i])
                    waiting[i] = waiting[i] with { HiddenFrom = [.. waiting[i].HiddenFrom, .. alike] };
            }
        }
        return waiting;
    }

    private static Subjects SubjectsOf(Work item) =>
        item.Kind is WorkKind.Case ? new Subjects { CaseId = item.Id } : new Subjects { ConversationId = item.Id };

    /// <summary>Each class apart, lest many of one that nobody has room for hide another; and what may go to another queue.</summary>
    private async ValueTask<IEnumerable<Work>> WaitingAsync(Queue queue, AgentCapacity room, CancellationToken cancellationToken)
    {
        List<Work> waiting = [];
        foreach (WorkClass what in Enum.GetValues<WorkClass>().Where(what => room[what] > 0))
        {
            WaitingFilter ofClass = new(queue.Id) { Channels = channels.Of(what) };
            waiting.AddRange(await work.WaitingAsync(ofClass, AtOnce, cancellationToken));
        }
        if (queue.Overflow is { } overflow)
        {
            WaitingFilter late = new(queue.Id) { Since = time.Now() - TimeSpan.FromSeconds(overflow.AfterSeconds) };
            waiting.AddRange(await work.WaitingAsync(late, AtOnce, cancellationToken));
        }
        return waiting.DistinctBy(item => (item.Kind, item.Id));
    }

    private static AgentCapacity RoomIn(Queue queue, IReadOnlyList<AgentOnDuty> agents)
    {
        AgentCapacity room = new(0, 0, 0);
        foreach (AgentOnDuty agent in agents.Where(agent => agent.IsAvailable && agent.CanServe(queue)))
        {
            foreach (WorkClass what in Enum.GetValues<WorkClass>())
                room = room.Plus(what, Math.Max(0, agent.Capacity[what] - agent.Load[what]));
        }
        return room;
    }

    /// <summary>Asked only of what somebody has room for.</summary>
    private async ValueTask<WaitingWork> KnowAsync(Work item, WorkClass what, CancellationToken cancellationToken)
    {
        if (item.CustomerId is not { } customerId)
            return new WaitingWork(item, what, null, []);
        Customer? customer = await customers.FindAsync(customerId, cancellationToken);
        return new WaitingWork(item, what, customer?.Locale, await work.AcquaintedAsync(customerId, cancellationToken));
    }
}
