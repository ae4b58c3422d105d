using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Makers;

namespace OmniIoT.Dialects.OwnTracks;

/// <summary>What stands in a position of OwnTracks (https://owntracks.org/booklet/tech/json/).</summary>
internal static class OwnTracksBody
{
    private const long MillisecondsPerSecond = 1000;

    /// <summary>In our own words for a location.</summary>
    /// <exception cref="KeyNotFoundException">It has no latitude or longitude.</exception>
    public static JsonObject Location(JsonElement body)
    {
        JsonObject location = [];
        if (TimeOf(body) is { } at)
            location["ts"] = at.UnixMilliseconds;
        location["lat"] = body.GetProperty("lat").GetDouble();
        location["lon"] = body.GetProperty("lon").GetDouble();
        if (body.Number("acc") is { } accuracy)
            location["accuracy"] = accuracy;
        return location;
    }

    public static Instant? TimeOf(JsonElement body) =>
        body.Number("tst") is { } seconds ? new Instant((long)seconds * MillisecondsPerSecond) : null;
}
