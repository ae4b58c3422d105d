using System.Runtime.InteropServices;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>Keeps the readings of every series in chunks that follow one another without overlapping.</summary>
internal sealed class ChunkWriter(DatabaseConnection connection)
{
    /// <summary>A chunk of this many readings is left alone: about 1 to 4 KiB.</summary>
    public const int FullCount = 512;

    /// <summary>A query decodes whole chunks; this many take some ten microseconds.</summary>
    private const int MaxCount = 1024;

    /// <summary>Small chunks at a series' end are put together when there are this many.</summary>
    private const int MergeSmallChunks = 8;

    private readonly Statement _insert = connection.Prepare(
        "INSERT OR REPLACE INTO chunks (series, first_at, last_at, count, data, seal) VALUES ($1, $2, $3, $4, $5, $6)"
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM chunks WHERE id = $1");
    private readonly Statement _newest = connection.Prepare(
        $"SELECT {ChunkRow.Columns}, id FROM chunks WHERE series = $1 ORDER BY first_at DESC"
    );
    private readonly Statement _covering = connection.Prepare(
        $"SELECT {ChunkRow.Columns}, id FROM chunks WHERE series = $1 AND first_at <= $2 ORDER BY first_at DESC LIMIT 1"
    );

    /// <summary>Out of the way of what begins at the same time; it still says where readings are missing.</summary>
    private readonly Statement _moveDamaged = connection.Prepare("UPDATE OR IGNORE chunks SET first_at = first_at - 1 WHERE id = $1");
    private readonly Statement _following = connection.Prepare(
        "SELECT first_at FROM chunks WHERE series = $1 AND first_at > $2 ORDER BY first_at LIMIT 1"
    );
    private readonly Statement _ends = connection.Prepare("SELECT last_at, count FROM chunks WHERE series = $1 ORDER BY first_at DESC");
    private readonly PackWriter _packed = new();

    /// <summary>Learns where a series ends.</summary>
    public void Load(SeriesHead head)
    {
        head.SmallChunks = 0;
        // Stopped by hand: for a LIMIT that is bound the engine prepares the statement anew each time.
        _ends.Bind(head.Series.Id);
        while (head.SmallChunks < MergeSmallChunks && _ends.Step())
        {
            head.Newest = Math.Max(head.Newest, _ends.Int64(0));
            if (_ends.Int64(1) >= FullCount)
                break;
            head.SmallChunks++;
        }
        _ends.Reset();
    }

    /// <summary>Adds readings that are all newer than the series' newest.</summary>
    public void Append(SeriesHead head, ReadOnlySpan<Reading> readings)
    {
        int last = InsertAll(head, readings);
        head.Newest = readings[^1].At.UnixMilliseconds;
        head.SmallChunks =
            last >= FullCount ? 0
            : last == readings.Length ? head.SmallChunks + 1
            : 1;
        if (head.SmallChunks >= MergeSmallChunks)
            MergeNewest(head);
    }

    /// <summary>Puts readings in their place among older ones; what was stored with the same time and seq is replaced.</summary>
    /// <returns>Whether any was replaced.</returns>
    public bool Insert(SeriesHead head, ReadOnlySpan<Reading> late)
    {
        bool replaced = false;
        while (!late.IsEmpty)
        {
            long at = late[0].At.UnixMilliseconds;
            int count = CountBefore(late, Following(head.Series.Id, at));
            List<Reading> older = TakeCovering(head, at);
            List<Reading> merged = ReadingOrder.Merge(older, late[..count]);
            replaced |= merged.Count < older.Count + count;
            InsertAll(head, CollectionsMarshal.AsSpan(merged));
            late = late[count..];
        }
        Load(head);
        return replaced;
    }

    /// <summary>Writes chunks of even length, none of which ends between readings of the same time.</summary>
    /// <returns>Readings in the last chunk.</returns>
    private int InsertAll(SeriesHead head, ReadOnlySpan<Reading> readings)
    {
        int chunks = (readings.Length + MaxCount - 1) / MaxCount;
        int length = (readings.Length + chunks - 1) / chunks;
        int written = 0;
        while (!readings.IsEmpty)
        {
            written = Math.Min(length, readings.Length);
            while (written < readings.Length && readings[written].At == readings[written - 1].At)
                written++;
            InsertOne(head, readings[..written]);
            readings = readings[written..];
        }
        return written;
    }

    private void InsertOne(SeriesHead head, ReadOnlySpan<Reading> readings)
    {
        _packed.Truncate();
        ChunkCodec.Encode(_packed, readings);
        _insert
            .Bind(head.Series.Id)
            .Bind(readings[0].At.UnixMilliseconds)
            .Bind(readings[^1].At.UnixMilliseconds)
            .Bind(readings.Length)
            .Bind(_packed.Written)
            .Bind(Seal.Of(_packed.Written, head.Series.Seed))
            .Run();
    }

    /// <summary>Those before a damaged one stay as they are.</summary>
    private void MergeNewest(SeriesHead head)
    {
        List<List<Reading>> newestFirst = [];
        List<long> ids = [];
        _newest.Bind(head.Series.Id);
        while (ids.Count < head.SmallChunks && _newest.Step())
        {
            List<Reading> readings = [];
            if (!ChunkRow.TryDecode(_newest, head.Series.Seed, readings))
                break;
            ids.Add(_newest.Int64(5));
            newestFirst.Add(readings);
        }
        _newest.Reset();
        foreach (long id in ids)
            _delete.Bind(id).Run();
        newestFirst.Reverse();
        int last = InsertAll(head, CollectionsMarshal.AsSpan(newestFirst.SelectMany(readings => readings).ToList()));
        head.SmallChunks = last < FullCount ? 1 : 0;
    }

    /// <summary>Where the chunk after a time begins.</summary>
    private long Following(long series, long at)
    {
        long following = _following.Bind(series).Bind(at).Step() ? _following.Int64(0) : long.MaxValue;
        _following.Reset();
        return following;
    }

    /// <summary>Takes out the chunk in whose stretch a time lies; empty when it is before all chunks, or that one is damaged.</summary>
    private List<Reading> TakeCovering(SeriesHead head, long at)
    {
        List<Reading> readings = [];
        if (!_covering.Bind(head.Series.Id).Bind(at).Step())
        {
            _covering.Reset();
            return readings;
        }
        (long id, long first) = (_covering.Int64(5), _covering.Int64(0));
        bool isWhole = ChunkRow.TryDecode(_covering, head.Series.Seed, readings);
        _covering.Reset();
        if (isWhole)
            _delete.Bind(id).Run();
        else if (first == at)
            _moveDamaged.Bind(id).Run();
        return readings;
    }

    private static int CountBefore(ReadOnlySpan<Reading> readings, long end)
    {
        int count = 1;
        while (count < readings.Length && readings[count].At.UnixMilliseconds < end)
            count++;
        return count;
    }
}
