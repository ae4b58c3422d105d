using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Grains.Routing;

/// <summary>
/// Twice a second gives what waits in the queues to agents, and takes back what was not answered. One process does so at a time; should
/// two, each move names the version that it rests on, so that of two only one becomes true.
/// </summary>
internal sealed partial class WorkRouter(
    DeskView desk,
    CatalogKeeper catalog,
    IGrains grains,
    IProcesses processes,
    RoutingPace pace,
    TimeProvider time,
    ILogger<WorkRouter> logger
) : BackgroundService
{
    private const string Share = "routing";

    /// <summary>Moves under way at once: so many share a commit, and no process is flooded.</summary>
    private const int MovesAtOnce = 128;

    /// <summary>When each agent last got something; who is not in it counts as idle since they came.</summary>
    private readonly ConcurrentDictionary<string, Instant> _lastAssigned = new(StringComparer.Ordinal);

    private uint _beatsWithoutQueue;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        pace.Loops.RunEveryAsync(RoutingPace.Beat, PartNames.Cluster, "routing", RouteAsync, stoppingToken);

    private async ValueTask RouteAsync(CancellationToken cancellationToken)
    {
        if (!processes.IsShareOfOwn(Share))
            return;
        FrozenDictionary<string, Queue> queues = catalog.Current.Desk.Queues;
        // Where no queue is set up there may still be what one that was removed had offered.
        if (queues.Count == 0 && _beatsWithoutQueue++ % RoutingPace.BeatsWithoutQueue != 0)
            return;
        IReadOnlyList<Work> offered = await desk.OfferedAsync(cancellationToken);
        if (queues.Count == 0 && offered.Count == 0)
            return;
        IReadOnlyList<AgentOnDuty> agents = await AgentsAsync(cancellationToken);
        await MoveAsync(Router.TakeBack(offered, agents, pace.AnswerWithin, time.Now()), cancellationToken);
        IReadOnlyList<WaitingWork> waiting = await desk.WaitingAsync(queues, agents, cancellationToken);
        await MoveAsync(Router.Decide(waiting, agents, queues, time.Now()), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<AgentOnDuty>> AgentsAsync(CancellationToken cancellationToken) =>
        [
            .. (await desk.AgentsAsync(cancellationToken)).Select(agent =>
                _lastAssigned.TryGetValue(agent.Id, out Instant last) ? agent with { LastAssignedAt = last } : agent
            ),
        ];

    private Task MoveAsync(IReadOnlyList<RoutedWork> moves, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            moves,
            new ParallelOptions { MaxDegreeOfParallelism = MovesAtOnce, CancellationToken = cancellationToken },
            async (routed, _) => await MoveAsync(routed)
        );

    /// <summary>What became another meanwhile, or could not be asked, is decided anew at the next look.</summary>
    private async ValueTask MoveAsync(RoutedWork routed)
    {
        try
        {
            if (await grains.MoveAsync(routed.Work, routed.Move) is null && routed.Move is { Step: RoutingStep.Assign, To: { } agent })
                _lastAssigned[agent] = time.Now();
        }
#pragma warning disable CA1031 // One customer's fault is not the others'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotMoved(logger, routed.Work.Kind, routed.Work.Id, error);
        }
    }

    [LoggerMessage(1206, LogLevel.Warning, "The {Kind} '{Id}' could not be routed; it is tried again.")]
    private static partial void LogNotMoved(ILogger logger, WorkKind kind, string id, Exception error);
}
