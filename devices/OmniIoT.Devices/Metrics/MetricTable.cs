using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Metrics;

/// <summary>
/// The newest values of one device: first the model's metrics in their order, then those that the model lacks in order
/// of appearance. Not safe for concurrent use; it belongs to the device's grain.
/// </summary>
public sealed partial class MetricTable
{
    /// <summary>Metrics that the model lacks, per device. A device that invents names cannot exhaust memory.</summary>
    public const int MaxUnknown = 256;

    // Null while there are none: most devices report what their model has.
    private MetricNames? _unknown;
    private MetricSlot[] _slots;

    public MetricTable(MetricSchema schema)
    {
        Schema = schema;
        _slots = new MetricSlot[schema.Count];
        Array.Fill(_slots, MetricSlot.Empty);
    }

    public MetricSchema Schema { get; }

    public int Count => Schema.Count + UnknownCount;

    public int UnknownCount => _unknown?.Count ?? 0;

    /// <summary>Device time of the newest value of any metric; null before the first.</summary>
    public Instant? NewestAt
    {
        get
        {
            Instant newest = MetricSlot.Never;
            foreach (ref readonly MetricSlot slot in _slots.AsSpan())
                newest = Instant.Max(newest, slot.At);
            return newest == MetricSlot.Never ? null : newest;
        }
    }

    public ref readonly MetricSlot this[int slot] => ref _slots[slot];

    internal ReadOnlySpan<MetricSlot> Slots => _slots;

    public string Name(int slot) => slot < Schema.Count ? Schema.Name(slot) : _unknown![slot - Schema.Count];

    public ReadOnlySpan<byte> Utf8Name(int slot) => slot < Schema.Count ? Schema.Utf8Name(slot) : _unknown!.Utf8(slot - Schema.Count);

    public bool TryFind(ReadOnlySpan<byte> utf8Name, out int slot)
    {
        if (Schema.TryFind(utf8Name, out slot))
            return true;
        int unknown = _unknown?.Find(utf8Name) ?? -1;
        slot = unknown < 0 ? -1 : Schema.Count + unknown;
        return unknown >= 0;
    }

    /// <summary>False when the name is new and the table already holds <see cref="MaxUnknown"/> names of its own.</summary>
    public bool TryFindOrAdd(ReadOnlySpan<byte> utf8Name, out int slot)
    {
        if (TryFind(utf8Name, out slot))
            return true;
        if (UnknownCount >= MaxUnknown)
            return false;
        slot = Schema.Count + (_unknown ??= new MetricNames()).Add(utf8Name);
        if (slot < _slots.Length)
            return true;
        int filled = _slots.Length;
        Array.Resize(ref _slots, Math.Max(slot + 1, filled + 4));
        Array.Fill(_slots, MetricSlot.Empty, filled, _slots.Length - filled);
        return true;
    }

    /// <summary>
    /// Takes a value measured at <paramref name="at"/>; false, and nothing changes, when a newer one is already known.
    /// </summary>
    public bool Set(int slot, in MetricValue value, Instant at) => _slots[slot].Take(value, at);

    /// <summary>A late value lies between the newest and the one that was known before it.</summary>
    internal void SetPrevious(int slot, Instant at) => _slots[slot].PreviousAt = at;

    /// <summary>Values that bear a later time than can be get another, so that what comes replaces them.</summary>
    public void ForgetFuture(Instant latest, Instant instead)
    {
        foreach (ref MetricSlot slot in _slots.AsSpan())
        {
            if (slot.At <= latest)
                continue;
            slot.At = instead;
            slot.PreviousAt = MetricSlot.Never;
        }
    }

    /// <summary>
    /// The text as a value of this slot. Reuses the string of the current value, or one that the model declares, when
    /// it is equal, so that a metric that says the same again costs no memory.
    /// </summary>
    public MetricValue TextValue(int slot, ReadOnlySpan<byte> utf8)
    {
        if (_slots[slot].Newest.Text is { } current && Ascii.Equals(utf8, current))
            return _slots[slot].Newest;
        if (slot < Schema.Count)
        {
            foreach (string declared in Schema.Values(slot))
                if (Ascii.Equals(utf8, declared))
                    return MetricValue.FromText(declared);
        }
        return MetricValue.FromText(Encoding.UTF8.GetString(utf8));
    }
}
