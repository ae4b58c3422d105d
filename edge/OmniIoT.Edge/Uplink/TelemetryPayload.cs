using System.Buffers;
using System.Text.Json;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Uplink;

/// <summary>Readings as the contract's telemetry payload: one as an object, several as an array, oldest first.</summary>
internal static class TelemetryPayload
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<QueuedReading> readings)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        if (readings.Count > 1)
            json.WriteStartArray();
        foreach (QueuedReading reading in readings)
            Write(json, reading);
        if (readings.Count > 1)
            json.WriteEndArray();
        json.Flush();
        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, QueuedReading reading)
    {
        json.WriteStartObject();
        json.WriteString("ts"u8, reading.At.ToString());
        json.WriteNumber("seq"u8, reading.Seq);
        json.WritePropertyName("values"u8);
        json.WriteRawValue(reading.Values);
        json.WriteEndObject();
    }
}
