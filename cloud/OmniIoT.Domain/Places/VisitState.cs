using System.Collections.Immutable;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Places;

/// <summary>All that is remembered about where one customer is; see <see cref="VisitJson"/> for its stored form.</summary>
public sealed record VisitState
{
    /// <summary>Nothing known yet.</summary>
    public static VisitState Empty { get; } = new();

    /// <summary>The visits to fences that are open now.</summary>
    public ImmutableArray<OpenVisit> Visits { get; init; } = [];

    /// <summary>The beacons and scanners that the customer is heard near.</summary>
    public ImmutableArray<BeaconPresence> Beacons { get; init; } = [];

    /// <summary>The newest fix that was believed.</summary>
    public LocationFix? LastFix { get; init; }

    /// <summary>A fix too far from <see cref="LastFix"/> to be believed before another one confirms it.</summary>
    public LocationFix? Suspect { get; init; }
}

/// <summary>A visit to a fence that has not ended.</summary>
public sealed record OpenVisit(string FenceId, string SiteId, Instant EnteredAt)
{
    /// <summary>Device time of the newest fix that did not lie wholly outside.</summary>
    public required Instant LastInsideAt { get; init; }

    /// <summary>Device time of the first of the fixes that have since lain wholly outside; null while inside.</summary>
    public Instant? OutsideSince { get; init; }

    /// <summary>The greatest dwell threshold already reported.</summary>
    public TimeSpan? DwelledFor { get; init; }
}

/// <summary>A beacon or scanner that has heard, or was heard by, the customer a moment ago.</summary>
public sealed record BeaconPresence(string BeaconId, string SiteId)
{
    /// <summary>Device time of the newest sighting.</summary>
    public required Instant LastSeenAt { get; init; }

    /// <summary>When that sighting reached us.</summary>
    public required Instant LastReceivedAt { get; init; }

    /// <summary>Smoothed strength, dBm.</summary>
    public required double RssiDbm { get; init; }

    /// <summary>When the customer came near; null while heard from too far away.</summary>
    public Instant? NearSince { get; init; }
}
