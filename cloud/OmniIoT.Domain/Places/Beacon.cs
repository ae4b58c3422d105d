namespace OmniIoT.Domain.Places;

/// <summary>A Bluetooth beacon of a site.</summary>
/// <param name="Id"><c>uuid:major:minor</c> in the form of <see cref="BeaconId"/>.</param>
/// <param name="SiteId">Where it hangs.</param>
/// <param name="Name">For people; null.</param>
/// <param name="Zone">The part of the site, such as a shelf; null when unknown.</param>
public sealed record Beacon(string Id, string SiteId, string? Name, string? Zone);
