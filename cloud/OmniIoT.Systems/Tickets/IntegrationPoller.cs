using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Asks help desks what changed, each as often as it says. Where it goes on is stored once all of a part is taken: what was taken before a
/// crash is taken again, and changes nothing. One that does not answer is asked again at its next time, and no other waits for it.
/// </summary>
public sealed partial class IntegrationPoller(
    TicketDesk desk,
    TicketTaking taking,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<IntegrationPoller> logger
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (Instant Next, Task Work)> _polls = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await loops.RunEveryAsync(Beat, PartNames.Deliveries, "changes of help desks", LookAsync, stoppingToken);
        await Task.WhenAll(_polls.Values.Select(static poll => poll.Work));
    }

    private ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Instant now = time.Now();
        foreach (Integration integration in desk.Integrations)
        {
            if (integration.PollSeconds == 0 || !processes.IsShareOfOwn(SystemNames.Integration(integration.Id)))
                continue;
            if (_polls.TryGetValue(integration.Id, out (Instant Next, Task Work) poll) && (poll.Next > now || !poll.Work.IsCompleted))
                continue;
            Instant next = now + TimeSpan.FromSeconds(integration.PollSeconds);
            _polls[integration.Id] = (next, PollAsync(integration.Id, cancellationToken));
        }
        return ValueTask.CompletedTask;
    }

    private async Task PollAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            if (desk.Find(id) is { } found)
                await ReadAsync(found.Integration, found.System, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It goes on from where it is stored.
        }
        catch (Exception error)
        {
            LogFailed(logger, id, error.Message);
        }
    }

    private async ValueTask ReadAsync(Integration integration, ITicketSystem system, CancellationToken cancellationToken)
    {
        // Written down with the integration itself, so that nothing falls between that and the first time it is asked.
        if (await desk.Links.PositionAsync(integration.Id, cancellationToken) is not { } position)
            return;
        for (bool isEnd = false; !isEnd; )
        {
            TicketChanges changes = await system.ChangedAsync(integration, position.Cursor, position.Since, cancellationToken);
            foreach (Ticket ticket in changes.Tickets)
                await taking.TakeAsync(integration, system, ticket, cancellationToken);
            isEnd = changes.IsEnd;
            if (changes.Cursor == position.Cursor)
                continue;
            position = position with { Cursor = changes.Cursor };
            await desk.Links.PutAsync(integration.Id, position);
        }
    }

    [LoggerMessage(1432, LogLevel.Warning, "The help desk '{Integration}' could not be asked what changed; it is asked again: {Why}")]
    private static partial void LogFailed(ILogger logger, string integration, string why);
}
