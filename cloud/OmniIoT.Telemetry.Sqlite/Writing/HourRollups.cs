using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>The roll-ups of one hour of a series at a time: loaded, changed minute by minute, saved with the hour's own sum.</summary>
internal sealed class HourRollups(DatabaseConnection connection, Month month)
{
    private readonly Statement _load = connection.Prepare("SELECT data FROM minutes WHERE id = $1");
    private readonly Statement _saveMinutes = connection.Prepare(
        "INSERT INTO minutes (id, data) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET data = excluded.data"
    );
    private readonly Statement _saveHour = connection.Prepare(
        """
        INSERT INTO hours (id, min, max, sum, count) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET min = excluded.min, max = excluded.max, sum = excluded.sum, count = excluded.count
        """
    );
    private readonly Statement _deleteMinutes = connection.Prepare("DELETE FROM minutes WHERE id = $1");
    private readonly Statement _deleteHour = connection.Prepare("DELETE FROM hours WHERE id = $1");
    private readonly Bucket[] _minutes = new Bucket[MinuteCodec.MinutesPerHour];
    private readonly PackWriter _packed = new();
    private long _id;
    private long _hour;

    /// <summary>Loads the hour that begins at a time.</summary>
    public void Load(long series, long hour)
    {
        _hour = hour;
        _id = RollupKey.Of(series, month, hour);
        if (_load.Bind(_id).Step())
            MinuteCodec.Decode(_load.Bytes(0), _minutes);
        else
            Array.Clear(_minutes);
        _load.Reset();
    }

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
        _saveMinutes.Bind(_id).Bind(_packed.Written).Run();
        _saveHour.Bind(_id).Bind(hour.Min).Bind(hour.Max).Bind(hour.Sum.Value).Bind(hour.Count).Run();
    }
}
