using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>
/// Turns fixes, sightings and the passing of time into visits. All decisions run in device time: a late batch gives the same
/// visits as the same fixes one by one. Where no fix comes, device time is taken to pass as fast as ours since the last one.
/// Overlapping fences have a visit each. Its scratch memory makes one tracker good for one thread; it keeps nothing else.
/// </summary>
public sealed class VisitTracker(VisitSettings settings)
{
    private readonly List<Fence> _covering = [];
    private readonly LateFixes _late = new(settings);

    /// <summary>Takes a fix.</summary>
    /// <returns>The step; <see cref="IgnoredInput.TooFast"/> keeps the fix as suspect, every other ignored fix changes nothing.</returns>
    public VisitStep OnFix(VisitState state, LocationFix fix, FenceIndex fences, DwellThresholds dwells)
    {
        if (!FixPlausibility.IsValid(fix))
            return new VisitStep(state, [], IgnoredInput.Invalid);
        if (fix.Repeats(state.LastFix) || fix.Repeats(state.Suspect))
            return new VisitStep(state, [], IgnoredInput.Duplicate);
        if (fix.At < state.LastFix?.At)
            return _late.Take(state, fix, fences, dwells, _covering);

        VisitTurn turn = new(state, settings, dwells);
        if (state.LastFix is { } last && IsTooFast(last, fix))
        {
            if (state.Suspect is not { } suspect || suspect.At > fix.At || IsTooFast(suspect, fix))
                return new VisitStep(state with { Suspect = fix }, [], IgnoredInput.TooFast);

            // Two fixes agree against one: it was the old place that was wrong, and the person is where the suspect said.
            turn.Take(suspect, fences, _covering);
        }

        turn.Take(fix, fences, _covering);
        return turn.Finish();
    }

    /// <summary>
    /// Takes a sighting. Signals fade by the body's turn alone, so being near begins at a strength and ends only with silence.
    /// </summary>
    public VisitStep OnSighting(VisitState state, BeaconSighting sighting)
    {
        if (!double.IsFinite(sighting.RssiDbm) || (sighting.TxPowerDbm is { } txPower && !double.IsFinite(txPower)))
            return new VisitStep(state, [], IgnoredInput.Invalid);

        BeaconPresence? known = state.Beacons.FirstOrDefault(presence => presence.BeaconId == sighting.BeaconId);
        if (sighting.At < known?.LastSeenAt)
            return new VisitStep(state, [], IgnoredInput.Late);
        if (sighting.At == known?.LastSeenAt && sighting.IsTimed)
            return new VisitStep(state, [], IgnoredInput.Duplicate);

        BeaconTurn turn = new(state, settings);
        turn.Take(sighting, known);
        return turn.Finish();
    }

    /// <summary>Lets time pass: ends what has gone silent and reports dwell times.</summary>
    /// <param name="now">Our time.</param>
    public VisitStep OnTimer(VisitState state, Instant now, DwellThresholds dwells)
    {
        VisitTurn visits = new(state, settings, dwells);
        visits.AdvanceTo(now);
        VisitStep fenceStep = visits.Finish();
        VisitStep lateStep = _late.AdvanceTo(fenceStep.State, now);

        BeaconTurn beacons = new(lateStep.State, settings);
        beacons.AdvanceTo(now);
        VisitStep beaconStep = beacons.Finish();
        return beaconStep with { Events = [.. fenceStep.Events, .. lateStep.Events, .. beaconStep.Events] };
    }

    /// <summary>Ends every visit where it was last known, and forgets where the customer is.</summary>
    public VisitStep Forget(VisitState state)
    {
        VisitTurn visits = new(state, settings, DwellThresholds.None);
        visits.EndAll();
        VisitStep fenceStep = visits.Finish();
        VisitStep lateStep = _late.End(fenceStep.State);
        BeaconTurn beacons = new(lateStep.State, settings);
        beacons.EndAll();
        return new VisitStep(VisitState.Empty, [.. fenceStep.Events, .. lateStep.Events, .. beacons.Finish().Events]);
    }

    /// <summary>When <see cref="OnTimer"/> next has something to do, in our time; null when only an input can change anything.</summary>
    public Instant? NextDue(VisitState state, DwellThresholds dwells)
    {
        Instant? next = _late.NextDue(state);
        if (state.LastFix is { } last)
        {
            foreach (OpenVisit visit in state.Visits)
                next = Earlier(next, last.ReceivedAt + (VisitTurn.NextDue(visit, last, settings, dwells) - last.At));
        }

        foreach (BeaconPresence presence in state.Beacons)
            next = Earlier(next, presence.LastReceivedAt + settings.BeaconExitAfter);
        return next;
    }

    private static Instant Earlier(Instant? a, Instant b) => a is { } first && first < b ? first : b;

    private bool IsTooFast(LocationFix from, LocationFix to) => FixPlausibility.IsTooFast(from, to, settings.MaxSpeedMetersPerSecond);
}
