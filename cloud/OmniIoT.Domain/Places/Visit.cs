using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>A customer's stay in a fence or near a beacon, in device time; open while <see cref="ExitedAt"/> is null.</summary>
/// <param name="Id">Identifies the visit among those of its customer.</param>
/// <param name="FenceId">Null for a beacon.</param>
/// <param name="BeaconId">Null for a fence.</param>
public sealed record Visit(
    string Id,
    string CustomerId,
    string SiteId,
    string? FenceId,
    string? BeaconId,
    Instant EnteredAt,
    Instant? ExitedAt
)
{
    /// <summary>Latitude of the fix that began (or ended) it, WGS 84 degrees; null for a beacon.</summary>
    public double? Lat { get; init; }

    /// <summary>Longitude of the same fix.</summary>
    public double? Lon { get; init; }

    /// <summary>Null while the visit lasts.</summary>
    public double? DwellSeconds => ExitedAt is { } exited ? (exited - EnteredAt).TotalSeconds : null;
}
