using System.Diagnostics.Metrics;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Ports.Metrics;

/// <summary>
/// Every number the platform counts, in one place; the names are public contract. Whoever shows them listens to the meter
/// <see cref="MeterName"/>. Gauges are registered by the part that knows them, with <c>Gauge</c>.
/// </summary>
public sealed class OmniMetrics : IDisposable
{
    public const string MeterName = "OmniIoT";

    /// <summary>For durations: 0.5 ms to 10 s.</summary>
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>For sizes: 1 to 10,000.</summary>
    private static readonly InstrumentAdvice<double> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
    };

    private readonly Meter _meter = new(MeterName);

    public OmniMetrics()
    {
        Messages = _meter.CreateCounter<long>("omniiot_messages_total", null, "Messages from devices and apps, by outcome.");
        NullReadings = _meter.CreateCounter<long>(
            "omniiot_telemetry_nulls_total",
            null,
            "Values of telemetry that were null and were left out."
        );
        CommitSeconds = _meter.CreateHistogram<double>(
            "omniiot_commit_seconds",
            "s",
            "Time from the start of a commit until it is on the disk.",
            tags: null,
            Durations
        );
        CommitMessages = _meter.CreateHistogram<double>(
            "omniiot_commit_messages",
            null,
            "Messages answered by one commit.",
            tags: null,
            Sizes
        );
        CommitFailures = _meter.CreateCounter<long>("omniiot_commit_failures_total", null, "Commits that storage refused.");
        FencedCommits = _meter.CreateCounter<long>(
            "omniiot_fenced_commits_total",
            null,
            "Commits refused because the cluster had given this process up."
        );
        RemoteCalls = _meter.CreateCounter<long>(
            "omniiot_remote_calls_total",
            null,
            "Calls to grains here that came from another process."
        );
        Alarms = _meter.CreateCounter<long>("omniiot_alarms_total", null, "Alarms raised, by severity.");
        Cases = _meter.CreateCounter<long>("omniiot_cases_total", null, "Cases opened, by opener.");
        Decisions = _meter.CreateCounter<long>("omniiot_decisions_total", null, "Offer decisions, by reason.");
        DeadLetters = _meter.CreateCounter<long>(
            "omniiot_dead_letters_total",
            null,
            "Messages that were not understood or not delivered, by reason."
        );
        Downlinks = _meter.CreateCounter<long>("omniiot_downlinks_total", null, "Messages down to devices and apps, by outcome.");
        Provisioning = _meter.CreateCounter<long>(
            "omniiot_provisioning_total",
            null,
            "Attempts of devices to register themselves and of customers to claim them, by outcome."
        );
        WebhooksRefused = _meter.CreateCounter<long>(
            "omniiot_webhooks_refused_total",
            null,
            "Calls for a channel whose proof was wrong, by channel."
        );
        SparkplugSkipped = _meter.CreateCounter<long>(
            "omniiot_sparkplug_skipped_metrics_total",
            null,
            "Sparkplug metrics without a value to keep, by reason."
        );
        SparkplugRebirths = _meter.CreateCounter<long>(
            "omniiot_sparkplug_rebirth_requests_total",
            null,
            "Rebirths that Sparkplug nodes were asked for."
        );
    }

    /// <summary>Tag <c>outcome</c>: <c>accepted</c>, <c>dead_letter</c>, <c>dropped</c>, <c>refused</c>.</summary>
    public Counter<long> Messages { get; }

    public Counter<long> NullReadings { get; }

    public Histogram<double> CommitSeconds { get; }

    public Histogram<double> CommitMessages { get; }

    public Counter<long> CommitFailures { get; }

    public Counter<long> FencedCommits { get; }

    public Counter<long> RemoteCalls { get; }

    /// <summary>Tag <c>severity</c>.</summary>
    public Counter<long> Alarms { get; }

    /// <summary>Tag <c>opened_by</c>.</summary>
    public Counter<long> Cases { get; }

    /// <summary>Tag <c>reason</c>.</summary>
    public Counter<long> Decisions { get; }

    /// <summary>Tag <c>reason</c>.</summary>
    public Counter<long> DeadLetters { get; }

    /// <summary>Tag <c>outcome</c>: <c>published</c>, <c>expired</c>.</summary>
    public Counter<long> Downlinks { get; }

    /// <summary>Tag <c>outcome</c>: one of <see cref="RegistrationOutcome"/>, or <c>claimed</c>, <c>claimRefused</c>.</summary>
    public Counter<long> Provisioning { get; }

    /// <summary>Tag <c>channel</c>: its id.</summary>
    public Counter<long> WebhooksRefused { get; }

    /// <summary>Tag <c>reason</c>: <c>null</c>, <c>notScalar</c>, <c>notFinite</c>, <c>tooLong</c>.</summary>
    public Counter<long> SparkplugSkipped { get; }

    public Counter<long> SparkplugRebirths { get; }

    /// <summary>Registers a number that is read when asked for: <c>omniiot_connections</c>, <c>omniiot_queue_depth</c>, ….</summary>
    public void Gauge(string name, string description, Func<IEnumerable<Measurement<long>>> observe) =>
        _meter.CreateObservableGauge(name, observe, null, description);

    /// <summary>As the other, of a number with a fraction: seconds.</summary>
    public void Gauge(string name, string description, Func<IEnumerable<Measurement<double>>> observe) =>
        _meter.CreateObservableGauge(name, observe, null, description);

    /// <summary>Whether an instrument is one of these, and not of another host in the process.</summary>
    public bool Has(Instrument instrument) => instrument.Meter == _meter;

    public void Dispose() => _meter.Dispose();
}
