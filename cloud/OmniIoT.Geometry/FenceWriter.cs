using System.Text.Json;
using OmniIoT.Domain.Places;

namespace OmniIoT.Geometry;

/// <summary>Writes fences as JSON. What <see cref="FenceReader"/> then reads from it equals what was written.</summary>
public static class FenceWriter
{
    /// <summary>Writes <c>{"id","siteId","name","geometry","radiusMeters"}</c>; the radius is null unless it is a circle.</summary>
    public static void Write(Utf8JsonWriter writer, Fence fence)
    {
        writer.WriteStartObject();
        writer.WriteString("id", fence.Id);
        writer.WriteString("siteId", fence.SiteId);
        writer.WriteString("name", fence.Name);
        writer.WritePropertyName("geometry");
        WriteGeometry(writer, fence.Geometry);
        if (fence.RadiusMeters is { } radius)
            writer.WriteNumber("radiusMeters", radius);
        else
            writer.WriteNull("radiusMeters");
        writer.WriteEndObject();
    }

    /// <summary>The document, as it is stored.</summary>
    public static byte[] ToUtf8(Fence fence)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
            Write(writer, fence);
        return stream.ToArray();
    }

    /// <summary>Writes a GeoJSON geometry; a circle is a Point, its radius stands beside it.</summary>
    public static void WriteGeometry(Utf8JsonWriter writer, FenceGeometry geometry)
    {
        writer.WriteStartObject();
        writer.WriteString("type", TypeOf(geometry));
        writer.WritePropertyName("coordinates");
        switch (geometry)
        {
            case Circle circle:
                WritePosition(writer, circle.Center);
                break;
            case Polygon polygon:
                WritePolygon(writer, polygon);
                break;
            case MultiPolygon multi:
                WriteArray(writer, multi.Polygons, WritePolygon);
                break;
        }

        writer.WriteEndObject();
    }

    private static string TypeOf(FenceGeometry geometry) =>
        geometry switch
        {
            Circle => "Point",
            Polygon => "Polygon",
            MultiPolygon => "MultiPolygon",
            _ => throw new ArgumentException($"GeoJSON has no {geometry.GetType().Name}.", nameof(geometry)),
        };

    private static void WritePolygon(Utf8JsonWriter writer, Polygon polygon) =>
        WriteArray(writer, polygon.Holes.Prepend(polygon.Shell), (_, ring) => WriteArray(writer, ring.Vertices, WritePosition));

    private static void WritePosition(Utf8JsonWriter writer, Position position)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(position.LongitudeDegrees);
        writer.WriteNumberValue(position.LatitudeDegrees);
        writer.WriteEndArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (T item in items)
            write(writer, item);
        writer.WriteEndArray();
    }
}
