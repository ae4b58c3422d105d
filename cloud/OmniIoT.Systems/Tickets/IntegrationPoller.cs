using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Asks help desks what changed, each as often as it says. What was taken before a crash is taken again, and changes nothing. One that does
/// not answer is asked again at its next time, or when it says, and no other waits for it.
/// </summary>
public sealed partial class IntegrationPoller(
    TicketDesk desk,
    TicketReading reading,
    IProcesses processes,
    BackgroundLoops loops,
    TimeProvider time,
    ILogger<IntegrationPoller> logger
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (Instant Next, Task Work)> _polls = new(StringComparer.Ordinal);

    /// <summary>Until when help desks asked to be left alone.</summary>
    private readonly ConcurrentDictionary<string, Instant> _resting = new(StringComparer.Ordinal);

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
            if (_resting.TryGetValue(integration.Place, out Instant rested) && rested > now)
                continue;
            if (_polls.TryGetValue(integration.Id, out (Instant Next, Task Work) poll) && (poll.Next > now || !poll.Work.IsCompleted))
                continue;
            Instant next = now + TimeSpan.FromSeconds(integration.PollSeconds);
            _polls[integration.Id] = (next, PollAsync(integration, cancellationToken));
        }
        return ValueTask.CompletedTask;
    }

    private async Task PollAsync(Integration integration, CancellationToken cancellationToken)
    {
        try
        {
            if (desk.Find(integration.Id) is { } found)
                await reading.ReadAsync(found.Integration, found.System, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It goes on from where it is stored.
        }
        catch (TicketSystemException refused)
        {
            if (refused.Answer.After is { } pause)
                _resting[integration.Place] = time.Now() + pause;
            LogFailed(logger, integration.Id, refused.Message);
        }
        catch (Exception error)
        {
            LogFailed(logger, integration.Id, error.Message);
        }
    }

    [LoggerMessage(1432, LogLevel.Warning, "The help desk '{Integration}' could not be asked what changed; it is asked again: {Why}")]
    private static partial void LogFailed(ILogger logger, string integration, string why);
}
