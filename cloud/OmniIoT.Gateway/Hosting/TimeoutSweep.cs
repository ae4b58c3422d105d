using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Routing;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Hosting;

/// <summary>One beat a second for all that depends on time: there is no timer per connection.</summary>
internal sealed class TimeoutSweep(GatewayCore gateway)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Expired retained messages are not sent any more; when they are forgotten matters little.</summary>
    private const int BeatsPerSweep = 60;

    private Task _dueWork = Task.CompletedTask;
    private int _beats;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await gateway.Loops.RunEveryAsync(Interval, PartNames.Gateway, "the MQTT heartbeat", BeatAsync, cancellationToken);
        await _dueWork;
    }

    /// <summary>
    /// One beat; never waits for storage or partitions. What one connection or dialect does wrong costs the others nothing.
    /// </summary>
    internal void Beat()
    {
        long now = gateway.Time.GetTimestamp();
        foreach (Connection connection in gateway.Connections.All())
            Check(connection, now);
        foreach (IDialect dialect in gateway.Dialects)
            Beat(dialect);
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

    private void Beat(IDialect dialect)
    {
        try
        {
            dialect.Beat(gateway.Now);
        }
        catch (Exception error)
        {
            Log.HeartbeatFailed(gateway.Logger, error);
        }
    }

    private void Check(Connection connection, long now)
    {
        try
        {
            EndIfDue(connection, now);
        }
        catch (Exception error)
        {
            Log.HeartbeatFailed(gateway.Logger, error);
        }
    }

    private void EndIfDue(Connection connection, long now)
    {
        if (connection.Accepted is null)
        {
            if (gateway.Time.GetElapsedTime(connection.StartedAt, now) >= gateway.Options.ConnectTimeout)
                connection.End(ConnectionEnd.ConnectTimeout);
            return;
        }
        if (connection.CredentialsExpireAt <= gateway.Now)
            connection.End(ConnectionEnd.CredentialsExpired);
        if (connection.Silence == TimeSpan.Zero || !connection.IsReading)
            return;
        if (gateway.Time.GetElapsedTime(connection.LastReceivedAt, now) > connection.Silence)
            connection.End(ConnectionEnd.KeepAlive);
    }

    private ValueTask SweepRetainedAsync()
    {
        List<Effect> effects = [];
        foreach (PrincipalScope scope in gateway.Scopes.All())
        foreach (RetainedMessage expired in scope.Retained.Expire(gateway.Now))
            effects.Add(new PutRetained(expired with { Payload = [] }));
        return gateway.Commits.CommitAsync(effects, gateway.Stopping.Token);
    }

    private async Task RunDueAsync(bool sweeps)
    {
        try
        {
            await Task.Yield(); // The beat itself goes on at once.
            await gateway.Sessions.RunDueAsync();
            await gateway.Sessions.TakeAbandonedAsync(gateway.Stopping.Token);
            if (sweeps)
                await SweepRetainedAsync();
        }
        catch (OperationCanceledException) when (gateway.Stopping.IsCancellationRequested)
        {
            // The gateway stops; what is due is found again at the next start.
        }
        catch (Exception error)
        {
            Log.HeartbeatFailed(gateway.Logger, error);
        }
    }
}
