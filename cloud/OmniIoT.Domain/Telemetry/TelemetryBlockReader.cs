using System.Buffers.Binary;
using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Telemetry;

/// <summary>Unpacks what <see cref="TelemetryBlockWriter"/> packed.</summary>
public static class TelemetryBlockReader
{
    /// <summary>The readings that follow are this device's, of these metrics.</summary>
    public delegate void OnDevice(string deviceId, ReadOnlySpan<string> metrics);

    /// <summary>Receives one reading; readings of a series come in the order they were sent.</summary>
    /// <param name="metric">Its place among the metrics of the device.</param>
    public delegate void OnReading(int metric, Instant at, long? seq, in MetricValue value);

    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, OnDevice onDevice, OnReading onReading)
    {
        string[] names = [];
        while (!block.IsEmpty)
            ReadSection(ref block, ref names, onDevice, onReading);
    }

    /// <param name="known">The names of the section before: devices of one model have the same.</param>
    private static void ReadSection(ref ReadOnlySpan<byte> block, ref string[] known, OnDevice onDevice, OnReading onReading)
    {
        string deviceId = Packed.ReadText(ref block);
        string[] names = new string[(int)Packed.ReadUnsigned(ref block)];
        for (int i = 0; i < names.Length; i++)
        {
            ReadOnlySpan<byte> name = Packed.ReadBytes(ref block);
            names[i] = i < known.Length && Ascii.Equals(name, known[i]) ? known[i] : Encoding.UTF8.GetString(name);
        }
        known = names;
        onDevice(deviceId, names);
        ReadOnlySpan<byte> points = Packed.ReadBytes(ref block);
        long at = 0;
        long lastSeq = 0;
        while (!points.IsEmpty)
        {
            at += Packed.ReadSigned(ref points);
            long? seq = Packed.ReadUnsigned(ref points) == 0 ? null : lastSeq += Packed.ReadSigned(ref points);
            int values = (int)Packed.ReadUnsigned(ref points);
            for (int i = 0; i < values; i++)
            {
                int metric = (int)Packed.ReadUnsigned(ref points);
                onReading(metric, new Instant(at), seq, ReadValue(ref points));
            }
        }
    }

    private static MetricValue ReadValue(ref ReadOnlySpan<byte> points) =>
        (MetricValueKind)Packed.ReadUnsigned(ref points) switch
        {
            MetricValueKind.Number => MetricValue.FromNumber(
                BinaryPrimitives.ReadDoubleLittleEndian(Packed.Take(ref points, sizeof(double)))
            ),
            MetricValueKind.Boolean => MetricValue.FromBoolean(Packed.ReadUnsigned(ref points) != 0),
            MetricValueKind.Text => MetricValue.FromText(Packed.ReadText(ref points)),
            MetricValueKind unknown => throw new InvalidDataException($"Value kind {unknown} is not known."),
        };
}
