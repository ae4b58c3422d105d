using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>One step of the presence near beacons while it is worked out.</summary>
internal sealed class BeaconTurn(VisitState state, VisitSettings settings)
{
    private readonly List<VisitEvent> _events = [];
    private VisitState _state = state;

    /// <summary>Takes a sighting that is newer than what is known of the beacon.</summary>
    public void Take(BeaconSighting sighting, BeaconPresence? known)
    {
        if (known is not null && sighting.At - known.LastSeenAt >= settings.BeaconExitAfter)
        {
            Leave(known);
            known = null;
        }

        double smoothed = known is null ? sighting.RssiDbm : BeaconRanging.Smooth(known.RssiDbm, sighting.RssiDbm);
        BeaconPresence presence = new(sighting.BeaconId, sighting.SiteId)
        {
            LastSeenAt = sighting.At,
            LastReceivedAt = sighting.ReceivedAt,
            RssiDbm = smoothed,
            NearSince = known?.NearSince ?? (BeaconRanging.IsNear(smoothed, sighting.TxPowerDbm, settings) ? sighting.At : null),
        };
        _state = _state with { Beacons = [.. _state.Beacons.Where(other => other.BeaconId != sighting.BeaconId), presence] };
        if (known?.NearSince is null && presence.NearSince is { } since)
            _events.Add(new VisitEntered(VisitId.Of(presence.BeaconId, since), presence.SiteId, null, presence.BeaconId, since));
    }

    /// <summary>Leaves every beacon that was not heard for long enough in our time.</summary>
    public void AdvanceTo(Instant now)
    {
        foreach (BeaconPresence presence in _state.Beacons)
        {
            if (presence.LastReceivedAt + settings.BeaconExitAfter <= now)
                Leave(presence);
        }
    }

    public void EndAll()
    {
        foreach (BeaconPresence presence in _state.Beacons)
            Leave(presence);
    }

    public VisitStep Finish() => new(_state, [.. _events]);

    private void Leave(BeaconPresence presence)
    {
        _state = _state with { Beacons = _state.Beacons.Remove(presence) };
        if (presence.NearSince is not { } since)
            return;
        _events.Add(
            new VisitExited(VisitId.Of(presence.BeaconId, since), presence.SiteId, null, presence.BeaconId, since, presence.LastSeenAt)
        );
    }
}
