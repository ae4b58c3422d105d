using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>
    /// Judges the rules that wait for silence, between messages. An alarm is raised at the moment that was due, however
    /// late the check comes.
    /// </summary>
    /// <param name="lastSeen">When the device was last heard, by our clock.</param>
    public void CheckSilence(RuleState state, MetricTable values, Instant lastSeen, Instant now, List<RuleTransition> output)
    {
        state.SilenceCheckedAt = now.UnixMilliseconds;
        Evaluation evaluation = new Evaluation
        {
            Slots = values.Slots,
            State = state,
            At = now.UnixMilliseconds,
            Advances = false,
            SilentFor = now.UnixMilliseconds - lastSeen.UnixMilliseconds,
        };
        for (int i = 0; i < _rules.Length; i++)
        {
            Rule rule = _rules[i];
            if (!rule.WaitsForSilence || state.Alarms[i].IsActive || rule.When.Node.Evaluate(evaluation) != Truth.True)
                continue;
            long due = lastSeen.UnixMilliseconds + LongestElapsed(rule.When.SilentFor, evaluation.SilentFor);
            Raise(state, i, due, lastSeen.UnixMilliseconds, rule.Value(evaluation.Slots), output);
        }
    }

    /// <summary>
    /// When <see cref="CheckSilence"/> has something to judge next, possibly in the past; null when nothing waits.
    /// </summary>
    public Instant? NextSilenceDue(RuleState state, Instant lastSeen)
    {
        Instant? next = null;
        for (int i = 0; i < _rules.Length; i++)
        {
            if (state.Alarms[i].IsActive)
                continue;
            foreach (long duration in _rules[i].When.SilentFor)
            {
                Instant due = new(lastSeen.UnixMilliseconds + duration);
                // What was judged already and did not hold is not judged again before the device is heard.
                if (due.UnixMilliseconds > state.SilenceCheckedAt && (next is null || due < next))
                    next = due;
            }
        }
        return next;
    }

    private static long LongestElapsed(long[] durations, long silentFor)
    {
        long longest = 0L;
        foreach (long duration in durations)
            if (duration <= silentFor && duration > longest)
                longest = duration;
        return longest;
    }
}
