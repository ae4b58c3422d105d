using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Shoppers;

/// <summary>A place that shoppers go to.</summary>
/// <param name="RadiusMeters">Of the fence around it.</param>
/// <param name="BeaconId"><c>uuid:major:minor</c> of the beacon in its middle; null for none.</param>
public sealed record Venue(string SiteId, string FenceId, string Name, GeoPoint Center, double RadiusMeters, string? BeaconId);

/// <summary>A few shops and bars in Baku, with fences, beacons and campaigns.</summary>
public static class Town
{
    private const string BeaconFamily = "6f9c1d52-4b7e-4c6a-9a51-0c7d2f3e8b10";

    public static readonly Venue EspressoBar = new(
        "bar-nizami",
        "bar-1",
        "Espresso Bar Nizami",
        new(40.4100, 49.8600),
        40,
        $"{BeaconFamily}:1:1"
    );
    public static readonly Venue Mall = new("mall-ganjlik", "mall-1", "Ganjlik Mall", new(40.4128, 49.8632), 90, $"{BeaconFamily}:2:1");
    public static readonly Venue Laundry = new("laundry-28", "laundry-1", "Laundry 28 May", new(40.4079, 49.8571), 35, null);
    public static readonly Venue Bakery = new(
        "bakery-tabriz",
        "bakery-1",
        "Bakery Tabriz",
        new(40.4116, 49.8561),
        30,
        $"{BeaconFamily}:3:1"
    );

    public static IReadOnlyList<Venue> Venues { get; } = [EspressoBar, Mall, Laundry, Bakery];

    public static async Task PutAsync(OmniApi api, CancellationToken cancellationToken)
    {
        foreach (Venue venue in Venues)
        {
            await api.PutAsync($"sites/{venue.SiteId}", new JsonObject { ["name"] = venue.Name }, cancellationToken);
            await api.PutAsync($"fences/{venue.FenceId}", Fence(venue), cancellationToken);
            if (venue.BeaconId is { } beacon)
                await api.PutAsync(
                    $"beacons/{beacon}",
                    new JsonObject
                    {
                        ["siteId"] = venue.SiteId,
                        ["name"] = $"{venue.Name}, counter",
                        ["zone"] = "counter",
                    },
                    cancellationToken
                );
        }
        foreach ((string? id, JsonObject? campaign) in Campaigns())
            await api.PutAsync($"campaigns/{id}", campaign, cancellationToken);
    }

    private static JsonObject Fence(Venue venue) =>
        new()
        {
            ["siteId"] = venue.SiteId,
            ["name"] = venue.Name,
            ["geometry"] = venue == Mall ? Octagon(venue) : Point(venue.Center),
            ["radiusMeters"] = venue == Mall ? null : venue.RadiusMeters,
        };

    private static JsonObject Point(GeoPoint at) => new() { ["type"] = "Point", ["coordinates"] = LongitudeLatitude(at) };

    private static JsonObject Octagon(Venue venue)
    {
        IEnumerable<JsonNode> corners = Enumerable
            .Range(0, 9)
            .Select(corner => Math.PI * (corner % 8) / 4)
            .Select(angle =>
                (JsonNode)LongitudeLatitude(venue.Center.Offset(venue.RadiusMeters * Math.Sin(angle), venue.RadiusMeters * Math.Cos(angle)))
            );
        return new() { ["type"] = "Polygon", ["coordinates"] = new JsonArray(new JsonArray([.. corners])) };
    }

    private static JsonArray LongitudeLatitude(GeoPoint at) => [Math.Round(at.LongitudeDegrees, 7), Math.Round(at.LatitudeDegrees, 7)];

    private static IEnumerable<(string Id, JsonObject Campaign)> Campaigns()
    {
        yield return (
            "espresso-week",
            Campaign(
                "Espresso week",
                "enter",
                "Hello {{customer.name}}",
                "20 % off beans until {{offer.expiresAt}}",
                fenceIds: [EspressoBar.FenceId]
            )
        );
        yield return (
            "mall-break",
            Campaign(
                "Time for a break",
                "dwell",
                "A coffee on us",
                "You have earned a break, {{customer.name}}: second cup free.",
                fenceIds: [Mall.FenceId],
                dwellMinutes: 1
            )
        );
        yield return (
            "fresh-bread",
            Campaign("Fresh bread", "near", "Just out of the oven", "Two loaves for the price of one.", beaconIds: [Bakery.BeaconId!])
        );
    }

    private static JsonObject Campaign(
        string name,
        string trigger,
        string title,
        string text,
        string[]? fenceIds = null,
        string[]? beaconIds = null,
        int dwellMinutes = 0
    ) =>
        new()
        {
            ["name"] = name,
            ["trigger"] = trigger,
            ["fenceIds"] = new JsonArray([.. (fenceIds ?? []).Select(id => (JsonNode)id)]),
            ["beaconIds"] = new JsonArray([.. (beaconIds ?? []).Select(id => (JsonNode)id)]),
            ["dwellMinutes"] = dwellMinutes,
            ["caps"] = new JsonObject { ["perCustomer"] = 1, ["perDays"] = 1 },
            ["cooldownMinutes"] = 0,
            ["suppressOn"] = new JsonArray("openCase", "criticalAlarm"),
            ["content"] = new JsonObject { ["title"] = title, ["text"] = text },
            ["expiresMinutes"] = 120,
        };
}
