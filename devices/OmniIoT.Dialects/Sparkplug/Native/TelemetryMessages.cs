using System.Buffers;
using System.Text.Json;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Nodes;

namespace OmniIoT.Dialects.Sparkplug.Native;

/// <summary>
/// Writes readings as messages of our topic <c>telemetry</c>. What measures goes there; controls do not, and properties are reported
/// (<see cref="ReportedMessage"/>). Names stay as they are, slashes and blanks included.
/// </summary>
public static class TelemetryMessages
{
    /// <summary>
    /// Values of one message: a message with one value too many for the device is refused whole, and takes no more than these with it.
    /// </summary>
    private const int ValuesAtOnce = 64;

    /// <summary>UTF-8 JSON, oldest first; none when nothing measures.</summary>
    public static IEnumerable<byte[]> Write(IEnumerable<MetricReading> readings)
    {
        IEnumerable<MetricReading> measured = readings.Where(reading =>
            !WellKnownMetrics.IsControl(reading.Name) && !WellKnownMetrics.IsProperty(reading.Name, out _)
        );
        return measured.OrderBy(reading => reading.At ?? Instant.MaxValue).Chunk(ValuesAtOnce).Select(Write);
    }

    private static byte[] Write(MetricReading[] readings)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output, NativeJson.Options))
        {
            json.WriteStartArray();
            for (int i = 0; i < readings.Length; i = WritePoint(json, readings, i))
            {
                // A point for each time.
            }
            json.WriteEndArray();
        }
        return output.WrittenSpan.ToArray();
    }

    // One point: all that was measured at one time, but no name twice.
    private static int WritePoint(Utf8JsonWriter json, MetricReading[] readings, int start)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        int end = start;
        json.WriteStartObject();
        if (readings[start].At is { } at)
            json.WriteNumber("ts"u8, at.UnixMilliseconds);
        json.WriteStartObject("values"u8);
        while (end < readings.Length && readings[end].At == readings[start].At && names.Add(readings[end].Name))
            Write(json, readings[end++]);
        json.WriteEndObject();
        json.WriteEndObject();
        return end;
    }

    private static void Write(Utf8JsonWriter json, in MetricReading reading)
    {
        json.WritePropertyName(NativeJson.Encode(reading.Name));
        if (reading.Value.Kind == MetricValueKind.Text)
            json.WriteStringValue(NativeJson.Encode(reading.Value.Text!));
        else if (reading.Value.Kind == MetricValueKind.Boolean)
            json.WriteBooleanValue(reading.Value.Boolean);
        else
            json.WriteNumberValue(reading.Value.Number);
    }
}
