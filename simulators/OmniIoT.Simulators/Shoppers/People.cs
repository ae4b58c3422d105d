using System.Text.Json.Nodes;

namespace OmniIoT.Simulators.Shoppers;

/// <summary>Customers as a shop would know them.</summary>
internal static class People
{
    private static readonly string[] Names =
    [
        "Aysel Mammadova",
        "Rashad Aliyev",
        "Leyla Hasanova",
        "Elvin Guliyev",
        "Nigar Huseynova",
        "Tural Ismayilov",
        "Sevda Karimova",
        "Orkhan Rzayev",
        "Gunel Abbasova",
        "Farid Jafarov",
        "Maryam Petrosyan",
        "Omar Haddad",
        "Sara Rahimi",
        "Anna Becker",
        "James Carter",
    ];

    // Where it is day when it is night in Baku: visitors from there get offers within their own quiet hours' limits.
    private static readonly (string Zone, int UtcOffsetHours)[] Zones =
    [
        ("Asia/Baku", 4),
        ("Asia/Tokyo", 9),
        ("Europe/London", 0),
        ("America/New_York", -5),
        ("America/Los_Angeles", -8),
        ("Pacific/Auckland", 12),
    ];

    public static string Name(int index) => Names[index % Names.Length];

    public static JsonObject Owner(int index) => Customer(index, "Asia/Baku", offers: index % 4 != 3, tags: ["owner"]);

    /// <param name="offers">Whether they consent to location and offers.</param>
    public static JsonObject Shopper(int index, string timeZone, bool offers) =>
        Customer(index, timeZone, offers, index % 3 == 0 ? ["coffee", "regular"] : ["coffee"]);

    /// <summary>A time zone in which it is day (10:00 to 20:00) now: Baku's when it is day there.</summary>
    public static string DaytimeZone(DateTimeOffset utcNow) =>
        Zones.FirstOrDefault(zone => (utcNow.UtcDateTime.Hour + zone.UtcOffsetHours + 24) % 24 is >= 10 and < 20, Zones[0]).Zone;

    private static JsonObject Customer(int index, string timeZone, bool offers, string[] tags) =>
        new()
        {
            ["name"] = Name(index),
            ["locale"] = "en",
            ["timeZone"] = timeZone,
            ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
            ["consent"] = new JsonObject
            {
                ["location"] = offers,
                ["offers"] = offers,
                ["email"] = true,
                ["sms"] = false,
            },
            ["identities"] = new JsonArray(
                new JsonObject { ["type"] = "email", ["value"] = $"{Name(index).Split(' ')[0].ToLowerInvariant()}.{index}@example.com" }
            ),
        };
}
