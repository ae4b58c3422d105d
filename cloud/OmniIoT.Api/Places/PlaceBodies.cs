using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Places;

/// <param name="Name">For people; missing: the id.</param>
public sealed record SiteBody(string? Name);

/// <param name="SiteId">Where it hangs; must exist.</param>
/// <param name="Zone">The part of the site, such as a shelf.</param>
public sealed record BeaconBody(string? SiteId, string? Name, string? Zone);

/// <summary>A customer who is in a place now.</summary>
public sealed record PresenceView
{
    public required string CustomerId { get; init; }

    public required string? Name { get; init; }

    public required string SiteId { get; init; }

    public required string? FenceId { get; init; }

    public required string? BeaconId { get; init; }

    public required Instant EnteredAt { get; init; }

    public required double? Lat { get; init; }

    public required double? Lon { get; init; }
}
