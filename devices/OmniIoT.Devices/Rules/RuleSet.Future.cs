using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

public sealed partial class RuleSet
{
    /// <summary>
    /// Forgets what was observed at times that cannot be yet, for everything that comes would be late beside it. Alarms stand as they did.
    /// </summary>
    /// <param name="latest">The last time that can be.</param>
    public void ForgetFuture(RuleState state, Instant latest)
    {
        long end = latest.UnixMilliseconds;
        state.History?.Forget();
        foreach (ref RuleState.Alarm alarm in state.Alarms.AsSpan())
        {
            alarm.RaisedAt = Math.Min(alarm.RaisedAt, end);
            alarm.FirstSymptomAt = Math.Min(alarm.FirstSymptomAt, end);
        }
        foreach (ref long since in state.Since.AsSpan())
            since = since > end ? RuleState.Never : since;
        if (state.SilenceCheckedAt > end)
            state.SilenceCheckedAt = RuleState.Never;
        if (state.NewestAt <= end)
            return;
        // Windows and what is usual are of what came together, and begin anew together.
        RuleState fresh = CreateState();
        fresh.Windows.CopyTo(state.Windows, 0);
        fresh.Anomalies.CopyTo(state.Anomalies, 0);
        state.NewestAt = RuleState.Never;
    }
}
