using System.Buffers.Binary;
using OmniIoT.Devices;

namespace OmniIoT.Domain.Telemetry;

/// <summary>Unpacks what <see cref="TelemetryBlockWriter"/> packed.</summary>
public static class TelemetryBlockReader
{
    /// <summary>Receives one reading; readings of a series come in the order they were sent.</summary>
    public delegate void OnReading(string deviceId, string metric, Instant at, long? seq, in MetricValue value);

    /// <exception cref="InvalidDataException">The block is damaged.</exception>
    public static void Read(ReadOnlySpan<byte> block, OnReading onReading)
    {
        while (!block.IsEmpty) ReadSection(ref block, onReading);
    }

    private static void ReadSection(ref ReadOnlySpan<byte> block, OnReading onReading)
    {
        string deviceId = Packed.ReadText(ref block);
        string[] names = new string[(int)Packed.ReadUnsigned(ref block)];
        for (int i = 0; i < names.Length; i++) names[i] = Packed.ReadText(ref block);
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
                string name = names[(int)Packed.ReadUnsigned(ref points)];
                onReading(deviceId, name, new Instant(at), seq, ReadValue(ref points));
            }
        }
    }

    private static MetricValue ReadValue(ref ReadOnlySpan<byte> points) => (MetricValueKind)Packed.ReadUnsigned(ref points) switch
    {
        MetricValueKind.Number => MetricValue.FromNumber(BinaryPrimitives.ReadDoubleLittleEndian(Packed.Take(ref points, sizeof(double)))),
        MetricValueKind.Boolean => MetricValue.FromBoolean(Packed.ReadUnsigned(ref points) != 0),
        MetricValueKind.Text => MetricValue.FromText(Packed.ReadText(ref points)),
        MetricValueKind unknown => throw new InvalidDataException($"Value kind {unknown} is not known."),
    };
}
