using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Grains.Processes;

/// <summary>
/// Compares the clock of this machine with the one that all processes share, and says so when it is off: what one process writes down with
/// a time, another judges by its own.
/// </summary>
internal sealed partial class ClockWatch : BackgroundService
{
    /// <summary>A clock that is kept by NTP is exact to milliseconds; beyond this, times that people see are wrong.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ISharedClock _clock;
    private readonly BackgroundLoops _loops;
    private readonly ILogger<ClockWatch> _logger;
    private double? _aheadSeconds;

    public ClockWatch(ISharedClock clock, BackgroundLoops loops, OmniMetrics metrics, ILogger<ClockWatch> logger)
    {
        (_clock, _loops, _logger) = (clock, loops, logger);
        metrics.Gauge("omniiot_clock_ahead_seconds", "How far this machine's clock is ahead of the database's.", Tell);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _loops.RunEveryAsync(Interval, PartNames.Cluster, "comparing clocks", LookAsync, stoppingToken);

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        TimeSpan ahead = await _clock.AheadAsync(cancellationToken);
        _aheadSeconds = ahead.TotalSeconds;
        if (ahead.Duration() > Tolerance)
            LogOff(_logger, ahead.TotalSeconds);
    }

    /// <summary>Nothing before the first look.</summary>
    private IEnumerable<Measurement<double>> Tell() => _aheadSeconds is { } ahead ? [new Measurement<double>(ahead)] : [];

    [LoggerMessage(
        1213,
        LogLevel.Warning,
        "The clock of this machine is {Seconds:0.0} s ahead of the database's; within a second is what a cluster needs."
    )]
    private static partial void LogOff(ILogger logger, double seconds);
}
