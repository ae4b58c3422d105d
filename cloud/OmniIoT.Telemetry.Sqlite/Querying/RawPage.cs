using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Querying;

/// <summary>Which readings of a series a page takes.</summary>
/// <param name="Start">Unix milliseconds, as <paramref name="End"/>; both belong to it.</param>
/// <param name="After">The last one of the page before; null: it is the first.</param>
internal readonly record struct RawWindow(long Start, long End, Reading? After, int Limit);

/// <summary>Gathers a page of raw readings, month by month.</summary>
internal sealed class RawPage(string deviceId, string metric, RawWindow window)
{
    private readonly List<Reading> _items = [];

    /// <summary>There are more readings than the page takes.</summary>
    public bool HasMore { get; private set; }

    public Page<Reading> ToPage(bool isIncomplete) => new(_items, HasMore ? RawCursor.Of(_items[^1]) : null) { Incomplete = isIncomplete };

    /// <returns>Whether nothing of the month's part was damaged.</returns>
    public bool Collect(DatabaseConnection connection)
    {
        bool isWhole = true;
        if (StoredSeries.Find(connection, deviceId, metric) is { } series)
            ChunkReading.Read(connection, series, window.Start, window.End, Take, (_, _) => isWhole = false);
        return isWhole;
    }

    /// <returns>Whether more are wanted.</returns>
    private bool Take(Reading reading)
    {
        // Also what a damaged index leads to twice.
        Reading? last = _items.Count > 0 ? _items[^1] : window.After;
        if (last is { } before && ReadingOrder.Instance.Compare(reading, before) <= 0)
            return true;
        HasMore = _items.Count == window.Limit;
        if (!HasMore)
            _items.Add(reading);
        return !HasMore;
    }
}
