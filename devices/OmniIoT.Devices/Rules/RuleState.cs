using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules.History;
using OmniIoT.Devices.Rules.Windows;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

/// <summary>
/// What the rules remember of one device: which alarms stand, since when conditions hold. Made and changed by the
/// <see cref="RuleSet"/> of its model. Not safe for concurrent use; it belongs to the device's grain.
/// </summary>
public sealed class RuleState
{
    internal const long Never = long.MinValue;

    internal RuleState(int rules, int durations, int reported, int anomalies, ReadingWindow[] windows)
    {
        Alarms = new Alarm[rules];
        Array.Fill(Alarms, Alarm.None);
        Since = new long[durations];
        Array.Fill(Since, Never);
        // Few rules look at either, and an empty array costs each device what an object costs.
        Reported = reported == 0 ? [] : new MetricValue[reported];
        Anomalies = anomalies == 0 ? [] : new AnomalySeries[anomalies];
        foreach (ref AnomalySeries series in Anomalies.AsSpan())
            series = new AnomalySeries();
        Windows = windows;
    }

    internal struct Alarm
    {
        public static readonly Alarm None = new() { RaisedAt = Never };

        /// <summary><see cref="Never"/> while none stands.</summary>
        public long RaisedAt;
        public long FirstSymptomAt;

        public readonly bool IsActive => RaisedAt != Never;
    }

    internal Alarm[] Alarms { get; }

    /// <summary>By the index of a duration: since when its condition holds.</summary>
    internal long[] Since { get; }

    /// <summary>By the index of a path: the twin's reported property.</summary>
    internal MetricValue[] Reported { get; }

    /// <summary>By the index of a metric that <c>anomaly</c> looks at: what is usual for it.</summary>
    internal AnomalySeries[] Anomalies { get; }

    /// <summary>By the index of a window: the readings or events of its last while.</summary>
    internal ReadingWindow[] Windows { get; }

    /// <summary>What late readings are judged with; null where no rule asks for it.</summary>
    internal ReadingHistory? History { get; init; }

    /// <summary>Device time of the newest message judged.</summary>
    internal long NewestAt { get; set; } = Never;

    /// <summary>Our time when silence was judged last.</summary>
    internal long SilenceCheckedAt { get; set; } = Never;

    /// <summary>Whether older parts of its windows, or what is usual, are stored and were not read.</summary>
    public bool LacksOlder =>
        Array.Exists(Windows, static window => window.LacksOlder) || Array.Exists(Anomalies, static series => series.LacksOlder);

    public bool IsActive(int ruleIndex) => Alarms[ruleIndex].IsActive;

    /// <summary>When the standing alarm was raised; null when none stands.</summary>
    public Instant? RaisedAt(int ruleIndex) => Alarms[ruleIndex].IsActive ? new Instant(Alarms[ruleIndex].RaisedAt) : null;

    /// <summary>Device time of the newest message judged; null before the first.</summary>
    public Instant? NewestObservedAt => NewestAt == Never ? null : new Instant(NewestAt);
}
