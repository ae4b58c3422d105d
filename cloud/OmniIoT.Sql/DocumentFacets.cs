using System.Text.Json;
using OmniIoT.Domain.Search;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql;

/// <summary>What documents are searched by, beside their ids. A document of any shape has it: what is not there does not match.</summary>
/// <param name="SiteId">The site, or of a version what it is of; empty when it names none.</param>
internal sealed record DocumentFacets(string Search, string SiteId, DocumentBox Box)
{
    /// <summary>Length of a degree of a great circle on the sphere that fences are measured on.</summary>
    private const double MetersPerDegree = 111_195.08;

    public static DocumentFacets Of(string id, ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new DocumentFacets(
                SearchText.Of(id, Text(root, "name"), Text(root, "zone"), Text(root, "title"), Text(root, "shortcut")),
                Text(root, "siteId") ?? Text(root, "articleId") ?? Text(root, "versionOf") ?? "",
                BoxOf(root)
            );
        }
        catch (JsonException)
        {
            // A store opens whatever was written into it.
            return new DocumentFacets(SearchText.Of(id), "", DocumentBox.Nowhere);
        }
    }

    /// <summary>The name that a document gives itself; null when it gives none.</summary>
    public static string? NameOf(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return Text(document.RootElement, "name");
    }

    private static string? Text(JsonElement root, string member) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty(member, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static DocumentBox BoxOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("geometry", out JsonElement geometry))
            return DocumentBox.Nowhere;
        if (geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("coordinates", out JsonElement coordinates))
            return DocumentBox.Nowhere;
        Bounds bounds = new();
        bounds.Add(coordinates);
        if (bounds.IsEmpty)
            return DocumentBox.Nowhere;
        double radius =
            root.TryGetProperty("radiusMeters", out JsonElement meters) && meters.ValueKind == JsonValueKind.Number
                ? meters.GetDouble()
                : 0;
        return DocumentBox.Of(bounds.Widened(radius / MetersPerDegree));
    }

    private sealed class Bounds
    {
        private double _west = double.MaxValue,
            _south = double.MaxValue,
            _east = double.MinValue,
            _north = double.MinValue;

        public bool IsEmpty => _west > _east;

        /// <summary>Takes in a position, or positions in arrays of any depth.</summary>
        public void Add(JsonElement coordinates)
        {
            if (coordinates.ValueKind != JsonValueKind.Array)
                return;
            if (
                coordinates.GetArrayLength() >= 2
                && coordinates[0].ValueKind == JsonValueKind.Number
                && coordinates[1].ValueKind == JsonValueKind.Number
            )
                Add(coordinates[0].GetDouble(), coordinates[1].GetDouble());
            else
                foreach (JsonElement part in coordinates.EnumerateArray())
                    Add(part);
        }

        /// <summary>Near a pole, or over the antimeridian, the box is all around the earth: rather too large than too small.</summary>
        public Area Widened(double degrees)
        {
            double south = Math.Max(_south - degrees, -90),
                north = Math.Min(_north + degrees, 90);
            double across = degrees / Math.Max(Math.Cos(Math.Max(Math.Abs(south), Math.Abs(north)) * Math.PI / 180), 1e-9);
            bool around = _west - across < -180 || _east + across > 180;
            return around ? new Area(-180, south, 180, north) : new Area(_west - across, south, _east + across, north);
        }

        private void Add(double longitude, double latitude)
        {
            (_west, _east) = (Math.Min(_west, longitude), Math.Max(_east, longitude));
            (_south, _north) = (Math.Min(_south, latitude), Math.Max(_north, latitude));
        }
    }
}
