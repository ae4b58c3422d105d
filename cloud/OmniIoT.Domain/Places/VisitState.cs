using System.Collections.Immutable;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>All that is remembered about where one customer is; see <see cref="VisitJson"/> for its stored form.</summary>
public sealed record VisitState
{
    /// <summary>A phone that re-sends or was buffering comes back within a few visits.</summary>
    internal const int MostEnded = 32;

    /// <summary>Nothing known yet.</summary>
    public static VisitState Empty { get; } = new();

    /// <summary>The visits to fences that are open now.</summary>
    public ImmutableArray<OpenVisit> Visits { get; init; } = [];

    /// <summary>The fences that were left, or are being left, without being clearly away since.</summary>
    public ImmutableArray<LeftFence> Left { get; init; } = [];

    /// <summary>The beacons and scanners that the customer is heard near.</summary>
    public ImmutableArray<BeaconPresence> Beacons { get; init; } = [];

    /// <summary>The newest fix that was believed.</summary>
    public LocationFix? LastFix { get; init; }

    /// <summary>The visits to fences that ended last, oldest first; at most <see cref="MostEnded"/>.</summary>
    public ImmutableArray<EndedVisit> Ended
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// Visits, and the newest fix, of what was buffered and comes after younger ones; null while none of its visits goes on. Without
    /// <see cref="Ended"/>, which is one for both.
    /// </summary>
    public VisitState? Backlog { get; init; }

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

/// <summary>A fence that fixes lie outside of, which may only have been measured so from its border.</summary>
/// <param name="FenceId">The fence.</param>
/// <param name="OutsideSince">Device time of the first of the fixes that have lain wholly outside since; null when the newest did
/// not.</param>
public sealed record LeftFence(string FenceId, Instant? OutsideSince);

/// <summary>A visit to a fence that has ended, so that fixes of its time make no other.</summary>
public sealed record EndedVisit(string FenceId, Instant EnteredAt, Instant ExitedAt);

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
