using System.Buffers;
using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Simulators.Fleet;

/// <summary>Writes telemetry payloads. Its bytes are valid until the next call.</summary>
internal sealed class TelemetryEncoder
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public ReadOnlyMemory<byte> One(Instant at, long sequence, Action<Utf8JsonWriter> writeValues)
    {
        _output.ResetWrittenCount();
        using (Utf8JsonWriter json = new Utf8JsonWriter(_output))
            Write(json, at, sequence, writeValues);
        return _output.WrittenMemory;
    }

    /// <summary>Several as an array, oldest first.</summary>
    public ReadOnlyMemory<byte> Many(IEnumerable<(Instant At, long Sequence, Action<Utf8JsonWriter> WriteValues)> readings)
    {
        _output.ResetWrittenCount();
        using (Utf8JsonWriter json = new Utf8JsonWriter(_output))
        {
            json.WriteStartArray();
            foreach ((Instant at, long sequence, Action<Utf8JsonWriter>? writeValues) in readings)
                Write(json, at, sequence, writeValues);
            json.WriteEndArray();
        }
        return _output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Instant at, long sequence, Action<Utf8JsonWriter> writeValues)
    {
        json.WriteStartObject();
        json.WriteString("ts"u8, at.ToString());
        json.WriteNumber("seq"u8, sequence);
        json.WriteStartObject("values"u8);
        writeValues(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
