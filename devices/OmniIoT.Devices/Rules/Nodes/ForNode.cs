using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;

namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>A metric that a duration relies on, and how long it may be missing.</summary>
internal readonly record struct ExpectedMetric(int Slot, long LongestGap)
{
    /// <summary>
    /// Up to when what the metrics said last is known to hold: where device time stands, unless one of them was not heard for so long
    /// that nobody knows; then up to its last word.
    /// </summary>
    public static long HeardUntil(ReadOnlySpan<ExpectedMetric> metrics, in Evaluation evaluation)
    {
        long until = evaluation.State.NewestAt;
        foreach (ExpectedMetric metric in metrics)
        {
            ref readonly MetricSlot slot = ref evaluation.Slots[metric.Slot];
            if (slot.IsReported && evaluation.State.NewestAt - slot.At.UnixMilliseconds > metric.LongestGap)
                until = Math.Min(until, slot.At.UnixMilliseconds);
        }
        return until;
    }
}

/// <summary>
/// The condition has held continuously, in device time, from the first message at which it held. A metric that was
/// missing for longer than three of its intervals breaks it: the duration starts again at the message after the gap.
/// </summary>
internal sealed class ForNode(TruthNode condition, int index, long milliseconds, ExpectedMetric[] expected) : TruthNode
{
    /// <summary>For a condition without metrics, between any two messages.</summary>
    private static readonly long DefaultGap = (long)MetricDefinition.DefaultInterval.TotalMilliseconds * MetricDefinition.IntervalsInGap;

    public override Truth Evaluate(in Evaluation evaluation)
    {
        Truth holds = condition.Evaluate(evaluation);
        ref long since = ref evaluation.State.Since[index];
        if ((!evaluation.Advances && !HearsNewest(evaluation)) || (!evaluation.MovesTime && expected.Length > 0))
            return holds == Truth.True
                ? From(since != RuleState.Never && ExpectedMetric.HeardUntil(expected, evaluation) - since >= milliseconds)
                : holds;
        if (holds != Truth.True)
        {
            since = RuleState.Never;
            return holds;
        }
        if (since == RuleState.Never || (since < evaluation.At && IsBroken(evaluation)))
            since = evaluation.At;
        return From((evaluation.Advances ? evaluation.At : ExpectedMetric.HeardUntil(expected, evaluation)) - since >= milliseconds);
    }

    public override TruthNode WithoutDurations() => condition.WithoutDurations();

    /// <summary>Whether a late message is the newest word on one of the metrics all the same.</summary>
    private bool HearsNewest(in Evaluation evaluation)
    {
        foreach (ExpectedMetric metric in expected)
            if (evaluation.Slots[metric.Slot].At.UnixMilliseconds == evaluation.At)
                return true;
        return false;
    }

    private bool IsBroken(in Evaluation evaluation)
    {
        foreach (ExpectedMetric metric in expected)
        {
            ref readonly MetricSlot slot = ref evaluation.Slots[metric.Slot];
            if (!slot.IsReported)
                continue;
            if (evaluation.At - slot.At.UnixMilliseconds > metric.LongestGap)
                return true;
            if (
                slot.At.UnixMilliseconds == evaluation.At
                && slot.PreviousAt != MetricSlot.Never
                && evaluation.At - slot.PreviousAt.UnixMilliseconds > metric.LongestGap
            )
                return true;
        }
        return expected.Length == 0 && evaluation.At - evaluation.State.NewestAt > DefaultGap;
    }
}
