using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Timers;

/// <summary>
/// Asks storage each second which promises to customers are nearly due or overdue, and has their owners tell it. What fell due while the
/// process was stopped is caught up. Shared out among the processes; what is looked at twice is told once.
/// </summary>
public sealed partial class PromiseWatch(
    IWorkQueries work,
    IGrains grains,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<PromiseWatch> logger
) : BackgroundService
{
    private const int AtOnce = 1_000;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, byte> _asking = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Beat, PartNames.Cluster, "watching promises", LookAsync, stoppingToken);

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        foreach (Work due in await work.AlertsDueAsync(time.Now(), AtOnce, cancellationToken))
        {
            if (processes.IsShareOfOwn(due.Owner) && _asking.TryAdd(due.Id, 0))
                _ = TellAsync(due);
        }
    }

    /// <summary>What could not be told is asked for again with the next beat.</summary>
    private async Task TellAsync(Work due)
    {
        try
        {
            EntityId owner = EntityId.TryParse(due.Owner) ?? throw new FormatException($"'{due.Owner}' owns nothing.");
            if (due.Kind is WorkKind.Case)
                await grains.Of(owner).CheckCaseAsync(new CheckCase(due.Id));
            else
                await grains.Customer(owner.Key).CheckConversationAsync(new CheckConversation(due.Id));
        }
#pragma warning disable CA1031 // One customer's fault is not the others'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotTold(logger, due.Kind, due.Id, error);
        }
        finally
        {
            _asking.TryRemove(due.Id, out _);
        }
    }

    [LoggerMessage(1205, LogLevel.Warning, "What was promised in the {Kind} '{Id}' could not be looked at; it is tried again.")]
    private static partial void LogNotTold(ILogger logger, WorkKind kind, string id, Exception error);
}
