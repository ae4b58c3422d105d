using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Metrics;
using Orleans.Runtime;

namespace OmniIoT.Grains.Processes;

/// <summary>Writes down which processes come and go, and counts them.</summary>
internal sealed partial class ClusterWatch : BackgroundService
{
    private readonly IClusterMembershipService _membership;
    private readonly IProcesses _processes;
    private readonly TimeProvider _time;
    private readonly ILogger<ClusterWatch> _logger;
    private readonly ConcurrentQueue<DateTimeOffset> _lostAt = [];

    public ClusterWatch(
        IClusterMembershipService membership,
        IProcesses processes,
        OmniMetrics metrics,
        TimeProvider time,
        ILogger<ClusterWatch> logger
    )
    {
        (_membership, _processes, _time, _logger) = (membership, processes, time, logger);
        metrics.Gauge("omniiot_processes", "Processes of the cluster, by state; a lost one counts for ten minutes.", Count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ClusterMembershipSnapshot? before = null;
        try
        {
            await foreach (ClusterMembershipSnapshot now in _membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                foreach (
                    ClusterMember member in now.Members.Values.Where(member => member.SiloAddress.ToParsableString() != _processes.Own)
                )
                    Tell(before, member);
                before = now;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private void Tell(ClusterMembershipSnapshot? before, ClusterMember member)
    {
        SiloStatus known = before?.GetSiloStatus(member.SiloAddress) ?? SiloStatus.None;
        if (member.Status == known)
            return;
        string name = member.SiloAddress.ToParsableString();
        if (member.Status is SiloStatus.Active)
            LogJoined(_logger, name);
        else if (member.Status is SiloStatus.Dead && known is (SiloStatus.Stopping or SiloStatus.ShuttingDown))
            LogLeft(_logger, name);
        else if (member.Status is SiloStatus.Dead && known is (SiloStatus.Active or SiloStatus.Joining))
        {
            LogLost(_logger, name);
            _lostAt.Enqueue(_time.GetUtcNow());
        }
    }

    private IEnumerable<Measurement<long>> Count()
    {
        while (_lostAt.TryPeek(out DateTimeOffset at) && _time.GetUtcNow() - at >= MemberStanding.LostAreShown)
            _lostAt.TryDequeue(out _);
        return _membership
            .CurrentSnapshot.Members.Values.Select(member => MemberStanding.StateOf(member.Status))
            .OfType<ProcessState>()
            .CountBy(state => state)
            .Append(KeyValuePair.Create(ProcessState.Lost, _lostAt.Count))
            .Select(count => new Measurement<long>(
                count.Value,
                new KeyValuePair<string, object?>("state", count.Key.ToString().ToLowerInvariant())
            ));
    }

    [LoggerMessage(1210, LogLevel.Information, "The process {Process} takes part in the cluster.")]
    private static partial void LogJoined(ILogger logger, string process);

    [LoggerMessage(1211, LogLevel.Information, "The process {Process} left the cluster.")]
    private static partial void LogLeft(ILogger logger, string process);

    [LoggerMessage(1212, LogLevel.Warning, "The process {Process} was lost; others take over what it had.")]
    private static partial void LogLost(ILogger logger, string process);
}
