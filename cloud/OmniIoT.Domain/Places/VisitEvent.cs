using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>Something that happened to a visit, in device time. Exactly one of the fence and the beacon is set.</summary>
/// <param name="VisitId">Identifies the visit among those of its customer: the place and the time of entering.</param>
/// <param name="SiteId">The site of the fence or beacon.</param>
/// <param name="FenceId">The fence; null for a beacon.</param>
/// <param name="BeaconId">The beacon or in-store scanner; null for a fence.</param>
/// <param name="EnteredAt">When the visit began.</param>
/// <param name="At">When this happened.</param>
public abstract record VisitEvent(string VisitId, string SiteId, string? FenceId, string? BeaconId, Instant EnteredAt, Instant At)
{
    /// <summary>The fix that told it when younger ones had come already, so that it is long over; null for what was told in time.</summary>
    public LocationFix? LateFix { get; init; }
}

/// <summary>The visit began.</summary>
public sealed record VisitEntered(string VisitId, string SiteId, string? FenceId, string? BeaconId, Instant EnteredAt)
    : VisitEvent(VisitId, SiteId, FenceId, BeaconId, EnteredAt, EnteredAt);

/// <summary>The visit has lasted for <paramref name="Dwell"/>, one of the thresholds asked for; reported once per threshold.</summary>
public sealed record VisitDwelled(string VisitId, string SiteId, string? FenceId, string? BeaconId, Instant EnteredAt, TimeSpan Dwell)
    : VisitEvent(VisitId, SiteId, FenceId, BeaconId, EnteredAt, EnteredAt + Dwell);

/// <summary>The visit is over; <paramref name="ExitedAt"/> is when it ended, not when that became certain.</summary>
public sealed record VisitExited(string VisitId, string SiteId, string? FenceId, string? BeaconId, Instant EnteredAt, Instant ExitedAt)
    : VisitEvent(VisitId, SiteId, FenceId, BeaconId, EnteredAt, ExitedAt)
{
    /// <summary>How long the visit lasted.</summary>
    public TimeSpan Dwell => ExitedAt - EnteredAt;
}
