using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

/// <summary>One set of values measured at one time.</summary>
/// <param name="At">Null: the message did not say.</param>
/// <param name="Seq">Null: the message did not say.</param>
public readonly record struct TelemetryPoint(Instant? At, long? Seq, int FirstEntry, int EntryCount);

/// <summary>One value of a point.</summary>
/// <param name="Slot">In the table that the batch was read for.</param>
/// <param name="Number">The number; 1 and 0 for true and false; 0 for text.</param>
public readonly record struct TelemetryEntry(int Slot, MetricValueKind Kind, double Number, int TextStart, int TextLength);

/// <summary>
/// A telemetry message read whole before any of it is applied: <c>{"ts","seq","values":{…}}</c>, an array of such, or
/// a bare object of values. Values that are null are left out and counted. Properties beside those three are passed over.
/// What is wrong with one element of an array is its own: the others count.
/// One batch per partition, reused: what it returns is valid until the next read.
/// </summary>
public sealed partial class TelemetryBatch
{
    /// <summary>Bytes of a metric's name.</summary>
    public const int MaxNameBytes = 128;

    /// <summary>Bytes of a text value: values live in every snapshot of the device.</summary>
    public const int MaxTextBytes = 4096;

    private readonly List<byte[]> _newNames = [];
    private readonly List<RefusedElement> _refused = [];
    private TelemetryPoint[] _points = new TelemetryPoint[16];
    private (int Start, int Length)[] _places = new (int, int)[16];
    private TelemetryEntry[] _entries = new TelemetryEntry[64];
    private byte[] _text = new byte[MaxTextBytes];
    private int _pointCount;
    private int _entryCount;
    private int _textLength;
    private int _lastSlot;
    private PayloadProblem? _problem;

    public ReadOnlySpan<TelemetryPoint> Points => _points.AsSpan(0, _pointCount);

    /// <summary>The elements of the array that were not understood, in their order; empty for a message of its own.</summary>
    public IReadOnlyList<RefusedElement> Refused => _refused;

    /// <summary>Values that were null, in all points: a sensor that has nothing to say, which is no reading.</summary>
    public int NullCount { get; private set; }

    public ReadOnlySpan<TelemetryEntry> Entries(in TelemetryPoint point) => _entries.AsSpan(point.FirstEntry, point.EntryCount);

    /// <summary>What of the payload a point was read from: an element of its array, or all of it.</summary>
    /// <param name="index">Of the point.</param>
    public ReadOnlySpan<byte> Element(ReadOnlySpan<byte> utf8, int index) => utf8.Slice(_places[index].Start, _places[index].Length);

    /// <summary>
    /// Reads a payload for a device. Refuses it whole when nothing of it can be understood; on success, names that were new are in the
    /// table, their values not yet.
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> utf8, MetricTable table, [NotNullWhen(false)] out PayloadProblem? problem)
    {
        Clear();
        problem = PayloadProblems.Check(utf8);
        if (problem is not null)
            return false;
        try
        {
            Utf8JsonReader reader = new(utf8);
            reader.Read();
            if (TryReadMessage(ref reader, table) && !reader.Read())
            {
                foreach (byte[] name in _newNames)
                    table.TryFindOrAdd(name, out _);
                return true;
            }
        }
        catch (Exception e) when (PayloadProblems.IsNotJson(e))
        {
            // Told apart below, where not-a-number and not-JSON part ways.
        }
        problem = PayloadProblems.Refuse(utf8, _problem);
        Clear();
        return false;
    }

    /// <summary>The entry's value; text reuses the table's strings where equal.</summary>
    public MetricValue Value(in TelemetryEntry entry, MetricTable table) =>
        entry.Kind switch
        {
            MetricValueKind.Number => MetricValue.FromNumber(entry.Number),
            MetricValueKind.Boolean => MetricValue.FromBoolean(entry.Number != 0),
            _ => table.TextValue(entry.Slot, _text.AsSpan(entry.TextStart, entry.TextLength)),
        };

    /// <summary>Puts a point's values into the table as measured at <paramref name="at"/>; older ones change nothing.</summary>
    public void Apply(in TelemetryPoint point, MetricTable table, Instant at)
    {
        foreach (ref readonly TelemetryEntry entry in Entries(point))
            table.Set(entry.Slot, Value(entry, table), at);
    }

    private void Clear()
    {
        _pointCount = 0;
        _entryCount = 0;
        _textLength = 0;
        NullCount = 0;
        _newNames.Clear();
        _refused.Clear();
        _problem = null;
    }
}
