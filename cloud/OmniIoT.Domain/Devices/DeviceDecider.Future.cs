using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    /// <summary>
    /// A clock of ours that was far ahead left times that cannot be yet: beside them everything that comes would be late, and move neither
    /// values nor rules. They are forgotten once the clock is right again; alarms stand as they did.
    /// </summary>
    private void ForgetFuture(Decision decision)
    {
        Moment moment = decision.Moment;
        Instant latest = moment.Latest;
        RenewFuture(decision);
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

    /// <summary>
    /// What was asked for by such a clock would expire in years, and hold a case back until then: it has the time that it was given, from
    /// now on.
    /// </summary>
    private void RenewFuture(Decision decision)
    {
        (Instant latest, Instant now) = (decision.Moment.Latest, decision.Moment.Now);
        if (_state.Facts.Commands.Count > 0)
            foreach (DeviceCommand command in _state.Facts.Commands.Where(one => one.CreatedAt > latest).ToList())
                Keep(decision, command with { CreatedAt = now, ExpiresAt = now + (command.ExpiresAt - command.CreatedAt) });
        if (_state.Facts.Messages.Count > 0)
            foreach (DeviceMessage message in _state.Facts.Messages.Where(one => one.CreatedAt > latest).ToList())
                Keep(decision, message with { CreatedAt = now, ExpiresAt = now + (message.ExpiresAt - message.CreatedAt) });
        if (_state.Facts.OnTheirWay.Count > 0 && _state.Facts.OnTheirWay.Any(one => one.Since > latest))
            _state.Facts = _state.Facts with
            {
                OnTheirWay = [.. _state.Facts.OnTheirWay.Select(one => one.Since > latest ? one with { Since = now } : one)],
            };
        if (_state.Facts.Remedies.Count > 0 && _state.Facts.Remedies.Any(one => WaitsTooLong(one, latest)))
            _state.Facts = _state.Facts with
            {
                Remedies = [.. _state.Facts.Remedies.Select(one => WaitsTooLong(one, latest) ? Renewed(one, now) : one)],
            };
    }

    private bool WaitsTooLong(PendingRemedy remedy, Instant latest)
    {
        Instant longest = latest + WaitOf(remedy);
        return remedy.DueAtArrival > longest || remedy.DueAt > longest;
    }

    private PendingRemedy Renewed(PendingRemedy remedy, Instant now) =>
        remedy with
        {
            DueAt = now + WaitOf(remedy),
            DueAtArrival = now + WaitOf(remedy),
        };

    private TimeSpan WaitOf(PendingRemedy remedy) =>
        _state.Model?.Rules.FirstOrDefault(rule => rule.Type == remedy.AlarmType)?.Remedy?.Wait ?? TimeSpan.Zero;
}
