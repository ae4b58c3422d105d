using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;

namespace OmniIoT.Domain.Devices;

/// <summary>
/// Maintenance falls due by use (in what the device counts) or by time (in ours, so that a device that is switched off is not
/// forgotten). It is an alarm of its type with a case, and done when a person resolves the case or clears the alarm.
/// </summary>
public sealed partial class DeviceDecider
{
    /// <summary>
    /// What the model asks for anew counts from now on; use counts from the counter's zero, as nobody knows of any maintenance.
    /// </summary>
    private void AdoptMaintenance(Moment moment)
    {
        IReadOnlyList<MaintenanceDefinition> wanted = _state.Model?.Maintenance ?? [];
        IReadOnlyList<MaintenanceClock> known = _state.Facts.Maintenance;
        if (wanted.Select(entry => entry.Type).SequenceEqual(known.Select(clock => clock.Type)))
            return;
        _state.Facts = _state.Facts with
        {
            Maintenance =
            [
                .. wanted.Select(entry =>
                    known.FirstOrDefault(clock => clock.Type == entry.Type) ?? new MaintenanceClock(entry.Type, moment.Now, 0)
                ),
            ],
        };
    }

    /// <summary>
    /// A counter that begins anew, at zero, takes nothing back: what it had counted until then is carried, as a state below zero from which
    /// on it is counted. Before the values are in the table.
    /// </summary>
    private void CarryUse(ReadOnlySpan<TelemetryEntry> entries, Instant at)
    {
        for (int i = 0; i < _state.Facts.Maintenance.Count; i++)
        {
            if (_state.Model!.Maintenance[i].Usage is not { } usage)
                continue;
            MetricSlot counter = _state.Values[usage.Slot];
            if (counter.Value.Kind is not MetricValueKind.Number || at < counter.At)
                continue;
            foreach (ref readonly TelemetryEntry entry in entries)
            {
                if (entry.Slot != usage.Slot || entry.Kind is not MetricValueKind.Number || entry.Number >= counter.Value.Number)
                    continue;
                MaintenanceClock clock = _state.Facts.Maintenance[i];
                SetMaintenance(clock with { Usage = clock.Usage - counter.Value.Number });
            }
        }
    }

    private void CheckMaintenance(Decision decision)
    {
        for (int i = 0; i < _state.Facts.Maintenance.Count; i++)
        {
            MaintenanceDefinition entry = _state.Model!.Maintenance[i];
            MaintenanceClock clock = _state.Facts.Maintenance[i];
            if (IsUsedUp(entry, clock, out Instant at) || IsOld(decision.Moment, entry, clock, out at))
                RaiseMaintenance(decision, entry, clock, at);
        }
    }

    private bool IsUsedUp(MaintenanceDefinition entry, MaintenanceClock clock, out Instant at)
    {
        at = default;
        if (entry.Usage is not { } usage || _state.Values[usage.Slot] is not { Value.Kind: MetricValueKind.Number } counter)
            return false;
        at = counter.At;
        // Lower than at the last time, and nothing was carried: the counter began at zero where nobody saw it.
        double used = counter.Value.Number < clock.Usage ? counter.Value.Number : counter.Value.Number - clock.Usage;
        return used >= usage.Amount;
    }

    private static bool IsOld(Moment moment, MaintenanceDefinition entry, MaintenanceClock clock, out Instant at)
    {
        at = clock.Since + (entry.Time ?? TimeSpan.Zero);
        return entry.Time is not null && moment.Now >= at;
    }

    private void RaiseMaintenance(Decision decision, MaintenanceDefinition entry, MaintenanceClock clock, Instant at)
    {
        if (_state.Facts.Alarms.Any(alarm => alarm.Type == entry.Type))
            return;
        Raise(
            decision,
            entry.Rule,
            CaseOpener.Rule,
            new Alarm
            {
                Id = decision.Moment.NewId(),
                DeviceId = Id,
                Type = entry.Type,
                Severity = entry.Rule.Severity,
                RaisedAt = at,
                FirstSymptomAt = at,
                Value = CounterOf(entry),
                CustomerId = _state.Facts.Registration.CustomerId,
                Threshold = entry.Usage is { } usage ? new AlarmThreshold(usage.Metric, ">=", clock.Usage + usage.Amount) : null,
            }
        );
    }

    /// <summary>Whoever resolves the case has done what it asked for.</summary>
    private void FinishMaintenance(Decision decision, Case resolved, string actor)
    {
        foreach (
            Alarm alarm in _state
                .Facts.Alarms.Where(alarm => alarm.CaseId == resolved.Id && RestartMaintenance(decision.Moment, alarm.Type))
                .ToList()
        )
            Clear(decision, alarm, decision.Moment.Now, actor);
    }

    /// <summary>False when the type is none of a maintenance.</summary>
    private bool RestartMaintenance(Moment moment, string type)
    {
        if (_state.Model?.Maintenance.FirstOrDefault(entry => entry.Type == type) is not { } done)
            return false;
        SetMaintenance(new MaintenanceClock(type, moment.Now, CounterOf(done) ?? 0));
        return true;
    }

    private void SetMaintenance(MaintenanceClock changed) =>
        _state.Facts = _state.Facts with
        {
            Maintenance = [.. _state.Facts.Maintenance.Select(clock => clock.Type == changed.Type ? changed : clock)],
        };

    private double? CounterOf(MaintenanceDefinition entry) =>
        entry.Usage is { } usage && _state.Values[usage.Slot] is { Value.Kind: MetricValueKind.Number } counter
            ? counter.Value.Number
            : null;

    /// <summary>When time makes the next one due; null while none waits for time.</summary>
    private Instant? NextMaintenance()
    {
        Instant? due = null;
        foreach (MaintenanceClock clock in _state.Facts.Maintenance)
        {
            TimeSpan? time = _state.Model?.Maintenance.FirstOrDefault(entry => entry.Type == clock.Type)?.Time;
            if (time is { } span && _state.Facts.Alarms.All(alarm => alarm.Type != clock.Type))
                due = Earlier(due, clock.Since + span);
        }
        return due;
    }
}
