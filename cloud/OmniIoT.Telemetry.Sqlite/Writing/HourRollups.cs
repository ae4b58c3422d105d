using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>The roll-ups of one hour of a series at a time: loaded, changed minute by minute, saved with the hour's own sum.</summary>
internal sealed class HourRollups(DatabaseConnection connection, Month month)
{
    private readonly Statement _load = connection.Prepare("SELECT data, seal FROM minutes WHERE id = $1");
    private readonly Statement _saveMinutes = connection.Prepare(
        "INSERT INTO minutes (id, data, seal) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET data = excluded.data, seal = excluded.seal"
    );
    private readonly Statement _saveHour = connection.Prepare(
        """
        INSERT INTO hours (id, min, max, sum, count, seal) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count,
            seal = excluded.seal
        """
    );
    private readonly Statement _deleteMinutes = connection.Prepare("DELETE FROM minutes WHERE id = $1");
    private readonly Statement _deleteHour = connection.Prepare("DELETE FROM hours WHERE id = $1");
    private readonly Statement _spoilMinutes = connection.Prepare("INSERT OR REPLACE INTO minutes (id, data, seal) VALUES ($1, x'ff', 0)");
    private readonly Statement _spoilHour = connection.Prepare(
        "INSERT OR REPLACE INTO hours (id, min, max, sum, count, seal) VALUES ($1, 0, 0, 0, 0, 0)"
    );
    private readonly Bucket[] _minutes = new Bucket[MinuteCodec.MinutesPerHour];
    private readonly PackWriter _packed = new();
    private StoredSeries _series;
    private long _id;
    private long _hour;

    /// <summary>Loads the hour that begins at a time; false, and it is empty, when it is damaged.</summary>
    public bool Load(StoredSeries series, long hour)
    {
        (_series, _hour) = (series, hour);
        _id = RollupKey.Of(series.Id, month, hour);
        bool isStored = _load.Bind(_id).Step();
        bool isWhole = isStored && MinuteRow.TryDecode(_load, 0, series.Seed, hour, _minutes);
        _load.Reset();
        if (!isWhole)
            Clear();
        return isWhole || !isStored;
    }

    /// <summary>No minute has anything in it.</summary>
    public void Clear() => Array.Clear(_minutes);

    /// <summary>The minute of a time within the hour, to be changed in place.</summary>
    public ref Bucket Minute(long at) => ref _minutes[(at - _hour) / Time.Minute];

    /// <summary>Writes the hour; one without numbers has no rows.</summary>
    public void Save()
    {
        Bucket hour = default;
        foreach (ref Bucket minute in _minutes.AsSpan())
            hour.Add(minute);
        if (hour.Count == 0)
        {
            _deleteMinutes.Bind(_id).Run();
            _deleteHour.Bind(_id).Run();
            return;
        }
        _packed.Truncate();
        MinuteCodec.Encode(_packed, _minutes);
        _saveMinutes.Bind(_id).Bind(_packed.Written).Bind(Seal.OfMinutes(_packed.Written, _series.Seed, _hour)).Run();
        _saveHour
            .Bind(_id)
            .Bind(hour.Min)
            .Bind(hour.Max)
            .Bind(hour.Sum.Value)
            .Bind(hour.Count)
            .Bind(Seal.OfHour(hour, _series.Seed, _hour))
            .Run();
    }

    /// <summary>Makes the stored hour one that is damaged, for nobody can say any more what it was.</summary>
    public void Spoil()
    {
        _spoilMinutes.Bind(_id).Run();
        _spoilHour.Bind(_id).Run();
    }
}
