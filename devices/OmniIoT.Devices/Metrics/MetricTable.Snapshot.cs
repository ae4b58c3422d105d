using System.Buffers;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Metrics;

public sealed partial class MetricTable
{
    private const byte SnapshotVersion = 1;

    /// <summary>Writes every reported metric by name, so that the snapshot outlives a change of the model.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        SnapshotWriter writer = new(output);
        writer.Byte(SnapshotVersion);
        writer.Int32(Count);
        for (int slot = 0; slot < Count; slot++)
        {
            ref readonly MetricSlot metric = ref _slots[slot];
            writer.Bytes(Utf8Name(slot));
            writer.Byte((byte)metric.Newest.Kind);
            if (metric.Newest.Kind == MetricValueKind.None)
                continue;
            writer.Int64(metric.At.UnixMilliseconds);
            writer.Int64(metric.PreviousAt.UnixMilliseconds);
            if (metric.Newest.Text is { } text)
                writer.Text(text);
            else
                writer.Double(metric.Newest.Number);
        }
    }

    /// <summary>Restores a table under this or another version of the model.</summary>
    /// <exception cref="InvalidDataException">The snapshot is of another version of this form.</exception>
    public static MetricTable Read(ReadOnlySpan<byte> snapshot, MetricSchema schema)
    {
        MetricTable table = new(schema);
        SnapshotReader reader = new(snapshot);
        reader.Version(SnapshotVersion);
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
        {
            ReadOnlySpan<byte> name = reader.Bytes();
            MetricValueKind kind = (MetricValueKind)reader.Byte();
            // A metric that left the model and was never reported is forgotten.
            bool isKept = kind == MetricValueKind.None ? table.TryFind(name, out int slot) : table.TryFindOrAdd(name, out slot);
            if (kind == MetricValueKind.None)
                continue;
            MetricSlot restored = new MetricSlot { At = new Instant(reader.Int64()), PreviousAt = new Instant(reader.Int64()) };
            restored.Newest = kind switch
            {
                MetricValueKind.Number => MetricValue.FromNumber(reader.Double()),
                MetricValueKind.Boolean => MetricValue.FromBoolean(reader.Double() != 0),
                _ => MetricValue.FromText(Encoding.UTF8.GetString(reader.Bytes())),
            };
            if (isKept)
                table._slots[slot] = restored;
        }
        return table;
    }
}
