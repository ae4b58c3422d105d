using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    /// <summary>
    /// A clock of ours that was far ahead left times that cannot be yet: beside them everything that comes would be late, and move neither
    /// values nor rules. They are forgotten once the clock is right again; alarms stand as they did.
    /// </summary>
    private void ForgetFuture(in Moment moment)
    {
        Instant latest = moment.Latest;
        if (
            !(_state.DeviceTime > latest)
            && !(_state.LastSeenAt > latest)
            && !(_state.Location?.At > latest)
            && !(_state.Sequence.NewestAt > latest)
        )
            return;
        if (_state.DeviceTime > latest)
            _state.DeviceTime = null;
        if (_state.LastSeenAt > latest)
            _state.LastSeenAt = moment.Now;
        if (_state.Location is { } location && location.At > latest)
            _state.Location = location with { At = moment.Earliest };
        if (_state.Sequence is var numbers && numbers.NewestAt > latest)
            _state.Sequence = new SequenceWindow(numbers.Newest, numbers.Taken, newestAt: null);
        _state.Values.ForgetFuture(latest, moment.Earliest);
        if (_state.Rules is { } rules)
            _state.Model!.RuleSet.ForgetFuture(rules, latest);
    }
}
