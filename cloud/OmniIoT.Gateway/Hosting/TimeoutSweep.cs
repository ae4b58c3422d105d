using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Gateway.Hosting;

/// <summary>One beat a second for all that depends on time: there is no timer per connection.</summary>
internal sealed class TimeoutSweep(
    BackgroundLoops loops,
    ConnectionTimeouts connections,
    DialectRegistry dialects,
    SessionRegistry sessions,
    RetainedStorage retained,
    GatewayLifecycle lifecycle,
    ILogger<TimeoutSweep> logger
)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Expired retained messages are not sent any more; when they are forgotten matters little.</summary>
    private const int BeatsPerSweep = 60;

    private Task _dueWork = Task.CompletedTask;
    private int _beats;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await loops.RunEveryAsync(Interval, PartNames.Gateway, "the MQTT heartbeat", BeatAsync, cancellationToken);
        await _dueWork;
    }

    /// <summary>One beat; never waits for storage or partitions.</summary>
    internal void Beat()
    {
        connections.EndDue();
        dialects.Beat();
        bool sweeps = ++_beats % BeatsPerSweep == 0;
        if (_dueWork.IsCompleted)
            _dueWork = RunDueAsync(sweeps);
    }

    /// <summary>What the last beat set going.</summary>
    internal Task DueWork => _dueWork;

    private ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        Beat();
        return ValueTask.CompletedTask;
    }

    private async Task RunDueAsync(bool sweeps)
    {
        try
        {
            await Task.Yield(); // The beat itself goes on at once.
            await sessions.RunDueAsync();
            await sessions.TakeAbandonedAsync(lifecycle.Stopping);
            if (sweeps)
                await retained.ForgetExpiredAsync(lifecycle.Stopping);
        }
        catch (OperationCanceledException) when (lifecycle.Stopping.IsCancellationRequested)
        {
            // The gateway stops; what is due is found again at the next start.
        }
        catch (Exception error)
        {
            Log.HeartbeatFailed(logger, error);
        }
    }
}
