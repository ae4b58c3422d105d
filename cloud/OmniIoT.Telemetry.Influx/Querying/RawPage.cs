using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>
/// A page in the making. Points come in order of time, but those of one millisecond not in that of their numbers: a moment is put in order
/// once it is whole.
/// </summary>
internal sealed class RawPage(int limit, Reading? after)
{
    private readonly List<Reading> _items = [];
    private readonly List<Reading> _moment = [];

    /// <summary>Whether it has all its items, and there are more.</summary>
    public bool IsFull { get; private set; }

    public void Add(in Reading reading)
    {
        if (_moment.Count > 0 && _moment[0].At != reading.At)
            EndMoment();
        _moment.Add(reading);
    }

    /// <summary>The page, when there is nothing more to add.</summary>
    public Page<Reading> End()
    {
        EndMoment();
        return new Page<Reading>(_items, IsFull ? RawCursor.Of(_items[^1]) : null);
    }

    private void EndMoment()
    {
        _moment.Sort(ReadingOrder.Instance);
        foreach (Reading reading in _moment)
        {
            if (after is { } seen && ReadingOrder.Instance.Compare(reading, seen) <= 0)
                continue;
            if (IsFull = _items.Count == limit)
                break;
            _items.Add(reading);
        }
        _moment.Clear();
    }
}
