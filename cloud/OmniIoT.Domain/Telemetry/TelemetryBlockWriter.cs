using System.Buffers;
using System.Buffers.Binary;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Telemetry;

/// <summary>
/// Packs the readings of one batch into a block, on their way to the telemetry store: a section per device, in it the names of
/// its metrics once and then its points. One row of storage carries thousands of readings. Reused; not safe for concurrent use.
/// </summary>
/// <remarks>
/// Section: device id, count of names, names, bytes of points, points. Point: zigzag time since the point before, 0 or 1 for
/// a sequence number and it (zigzag, since the one before), count of values; a value: index of its name, kind, then 8 bytes
/// (number), 1 byte (boolean) or a text. Integers are LEB128, texts UTF-8 behind their length.
/// </remarks>
public sealed class TelemetryBlockWriter
{
    private const int Unnamed = -1;

    private readonly ArrayBufferWriter<byte> _block = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> _points = new(16 * 1024);
    private readonly List<int> _slots = [];
    private int[] _nameOfSlot = [];
    private MetricTable? _table;
    private string _deviceId = "";
    private long _lastAt;
    private long _lastSeq;

    public bool IsEmpty => _block.WrittenCount == 0;

    /// <summary>What follows are points of this device.</summary>
    public void BeginDevice(string deviceId, MetricTable table)
    {
        _deviceId = deviceId;
        _table = table;
        _lastAt = 0;
        _lastSeq = 0;
    }

    /// <summary>Begins a point; exactly <paramref name="valueCount"/> calls of <see cref="AddValue"/> follow.</summary>
    public void AddPoint(Instant at, long? seq, int valueCount)
    {
        Packed.WriteSigned(_points, at.UnixMilliseconds - _lastAt);
        _lastAt = at.UnixMilliseconds;
        Packed.WriteUnsigned(_points, seq is null ? 0u : 1u);
        if (seq is { } number)
        {
            Packed.WriteSigned(_points, number - _lastSeq);
            _lastSeq = number;
        }
        Packed.WriteUnsigned(_points, (uint)valueCount);
    }

    /// <summary>Adds a value of the point begun last.</summary>
    public void AddValue(int slot, in MetricValue value)
    {
        Packed.WriteUnsigned(_points, (uint)NameOf(slot));
        Packed.WriteUnsigned(_points, (uint)value.Kind);
        switch (value.Kind)
        {
            case MetricValueKind.Number:
                BinaryPrimitives.WriteDoubleLittleEndian(_points.GetSpan(sizeof(double)), value.Number);
                _points.Advance(sizeof(double));
                break;
            case MetricValueKind.Boolean:
                Packed.WriteUnsigned(_points, value.Boolean ? 1u : 0u);
                break;
            default:
                Packed.WriteText(_points, value.Text ?? "");
                break;
        }
    }

    /// <summary>Closes the device's section; does nothing when it has no points.</summary>
    public void EndDevice()
    {
        if (_points.WrittenCount > 0)
        {
            Packed.WriteText(_block, _deviceId);
            Packed.WriteUnsigned(_block, (uint)_slots.Count);
            foreach (int slot in _slots)
                Packed.WriteBytes(_block, _table!.Utf8Name(slot));
            Packed.WriteBytes(_block, _points.WrittenSpan);
        }
        ResetSection();
    }

    /// <summary>Takes the block out; the writer is empty again.</summary>
    public byte[] Take()
    {
        byte[] block = _block.WrittenSpan.ToArray();
        Clear();
        return block;
    }

    /// <summary>Forgets everything: the batch failed.</summary>
    public void Clear()
    {
        _block.ResetWrittenCount();
        ResetSection();
    }

    private void ResetSection()
    {
        _points.ResetWrittenCount();
        foreach (int slot in _slots)
            _nameOfSlot[slot] = Unnamed;
        _slots.Clear();
    }

    private int NameOf(int slot)
    {
        if (slot >= _nameOfSlot.Length)
        {
            int filled = _nameOfSlot.Length;
            Array.Resize(ref _nameOfSlot, Math.Max(slot + 1, 64));
            Array.Fill(_nameOfSlot, Unnamed, filled, _nameOfSlot.Length - filled);
        }
        if (_nameOfSlot[slot] != Unnamed)
            return _nameOfSlot[slot];
        _slots.Add(slot);
        return _nameOfSlot[slot] = _slots.Count - 1;
    }
}
