using System.Runtime.InteropServices;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>
/// What a batch does to one month of a series: some of its readings may be late, the others are newer than all there were.
/// </summary>
internal sealed class SeriesWork
{
    /// <summary>Small chunks at a series' end are put together when there are this many.</summary>
    private const int MergeSmallChunks = 8;

    private readonly SeriesHead _head;
    private readonly List<Reading> _readings;
    private readonly int _late;
    private readonly int _together;

    /// <summary>Plans it, and moves the head on: months of a series are planned oldest first.</summary>
    public SeriesWork(SeriesHead head, Month month, List<Reading> readings)
    {
        (_head, Month, _readings) = (head, month, ReadingOrder.Normalize(readings));
        _late = _readings.FindIndex(reading => reading.At.UnixMilliseconds > head.Newest);
        if (_late < 0)
            _late = _readings.Count;
        if (_late == _readings.Count)
            return;
        // Chunks of another month stay as they are.
        long small = head.Newest >= month.Start ? head.SmallChunks : 0;
        if (small + 1 >= MergeSmallChunks)
            _together = (int)small;
        head.SmallChunks = small;
        head.Newest = _readings[^1].At.UnixMilliseconds;
    }

    public long Series => _head.Id;

    public Month Month { get; }

    public ChunkSet Chunks { get; } = new();

    /// <summary>The stretch of whole minutes that late readings lie in, whose chunks must be loaded; null: none is late.</summary>
    public (long From, long To)? Late => _late == 0 ? null : (Minute(_readings[0]), Minute(_readings[_late - 1]) + Time.Minute - 1);

    /// <summary>Whether the newest chunks must be loaded, to be put together.</summary>
    public bool NeedsNewest => _together > 0;

    /// <summary>The hours whose roll-ups must be loaded.</summary>
    public IEnumerable<long> Hours => _readings.Select(reading => Time.Floor(reading.At.UnixMilliseconds, Time.Hour)).Distinct();

    /// <summary>Brings chunks and roll-ups up to date, once they are loaded.</summary>
    public void Apply(Rollups rollups)
    {
        Span<Reading> readings = CollectionsMarshal.AsSpan(_readings);
        if (Late is { } late)
        {
            Chunks.Insert(readings[.._late]);
            rollups.Recompute(Series, readings[.._late], Chunks.Within(late.From, late.To));
        }
        if (_late == readings.Length)
            return;
        int last = Chunks.Append(readings[_late..], _together);
        rollups.Add(Series, readings[_late..]);
        bool isOne = last == readings.Length - _late;
        _head.SmallChunks =
            last >= ChunkSet.FullCount ? 0
            : _together == 0 && isOne ? _head.SmallChunks + 1
            : 1;
    }

    private static long Minute(in Reading reading) => Time.Floor(reading.At.UnixMilliseconds, Time.Minute);
}
