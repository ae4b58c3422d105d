using System.Runtime.InteropServices;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>Writes to the file of one month. Used by one thread at a time; after an exception it is to be disposed.</summary>
internal sealed class MonthWriter : IDisposable
{
    private readonly SeriesHeads _heads = new();
    private readonly DatabaseConnection _connection;
    private readonly ChunkWriter _chunks;
    private readonly RollupWriter _rollups;
    private readonly Statement _addSeries;

    public MonthWriter(string path, Month month, TimeProvider time)
    {
        _connection = DatabaseConnection.OpenWriter(path, MonthSchema.Tuning);
        try
        {
            MonthSchema.Upgrade(_connection, path, time);
            _chunks = new ChunkWriter(_connection);
            _rollups = new RollupWriter(_connection, month);
            _addSeries = _connection.Prepare("INSERT INTO series (device, metric, seal) VALUES ($1, $2, $3)");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>When it was last written to.</summary>
    public Instant WrittenAt => new(ReadApplied("SELECT written_at FROM applied"));

    /// <summary>Writes all batches in one transaction, unless the file has the position already.</summary>
    public void Apply(long position, Instant recordedAt, IEnumerable<SeriesBatch> batches)
    {
        if (ReadApplied("SELECT position FROM applied") >= position)
            return;
        _connection.InTransactionDo(() =>
        {
            foreach (SeriesBatch batch in batches)
                Write(batch);
            _connection
                .Prepare("UPDATE applied SET position = $1, written_at = max(written_at, $2)")
                .Bind(position)
                .Bind(recordedAt.UnixMilliseconds)
                .Run();
        });
    }

    public void DeleteDevice(string deviceId)
    {
        _connection.InTransactionDo(() =>
        {
            List<long> series = [];
            Statement find = _connection.Prepare("SELECT id FROM series WHERE device = $1").Bind(deviceId);
            while (find.Step())
                series.Add(find.Int64(0));
            foreach (long id in series)
            {
                _connection.Prepare("DELETE FROM chunks WHERE series = $1").Bind(id).Run();
                _rollups.Delete(id);
            }
            _connection.Prepare("DELETE FROM series WHERE device = $1").Bind(deviceId).Run();
        });
        _heads.Clear();
    }

    public void Dispose() => _connection.Dispose();

    private void Write(SeriesBatch batch)
    {
        ReadOnlySpan<Reading> readings = CollectionsMarshal.AsSpan(ReadingOrder.Normalize(batch.Readings));
        SeriesHead head = HeadOf(batch.DeviceId, batch.Metric);
        int late = 0;
        while (late < readings.Length && readings[late].At.UnixMilliseconds <= head.Newest)
            late++;
        if (late > 0)
            Insert(head, readings[..late]);
        if (late == readings.Length)
            return;
        _chunks.Append(head, readings[late..]);
        _rollups.Add(head.Series, readings[late..]);
    }

    /// <summary>
    /// Only what replaces another value has its minutes counted anew; a batch that ends amid a millisecond brings late ones, too.
    /// </summary>
    private void Insert(SeriesHead head, ReadOnlySpan<Reading> late)
    {
        if (_chunks.Insert(head, late))
            _rollups.Recompute(head.Series, late);
        else
            _rollups.Add(head.Series, late);
    }

    private SeriesHead HeadOf(string deviceId, string metric)
    {
        if (_heads.Find(deviceId, metric) is { } known)
            return known;
        SeriesHead head = new(StoredSeries.Find(_connection, deviceId, metric) ?? AddSeries(deviceId, metric));
        _chunks.Load(head);
        _heads.Add(deviceId, metric, head);
        return head;
    }

    private StoredSeries AddSeries(string deviceId, string metric)
    {
        long seed = Seal.OfSeries(deviceId, metric);
        _addSeries.Bind(deviceId).Bind(metric).Bind(seed).Run();
        return new StoredSeries(_connection.LastInsertRowId, seed);
    }

    private long ReadApplied(string sql)
    {
        Statement select = _connection.Prepare(sql);
        select.Step();
        long value = select.Int64(0);
        select.Reset();
        return value;
    }
}
