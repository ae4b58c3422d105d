using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Places;

/// <param name="Name">For people; missing: the id.</param>
public sealed record SiteBody(string? Name);

/// <param name="SiteId">Where it hangs; must exist.</param>
/// <param name="Zone">The part of the site, such as a shelf.</param>
public sealed record BeaconBody(string? SiteId, string? Name, string? Zone);

/// <summary>A customer who is in a place now.</summary>
public sealed record PresenceView(
    string CustomerId,
    string? Name,
    string SiteId,
    string? FenceId,
    string? BeaconId,
    Instant EnteredAt,
    double? Lat,
    double? Lon
);
