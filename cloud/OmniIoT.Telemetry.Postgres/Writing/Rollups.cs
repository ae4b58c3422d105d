using OmniIoT.Ports.Telemetry;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>The minutes of the hours that a batch touches.</summary>
internal sealed class Rollups
{
    private readonly SortedDictionary<(long Series, long Hour), Bucket[]> _hours = [];

    /// <summary>Each hour with its minutes, in order of series and time.</summary>
    public IReadOnlyDictionary<(long Series, long Hour), Bucket[]> Hours => _hours;

    /// <summary>An hour that is touched; it has no minutes until they are loaded.</summary>
    public void Touch(long series, long hour) => _hours.TryAdd((series, hour), new Bucket[MinuteCodec.MinutesPerHour]);

    public void Load(long series, long hour, byte[] data) => MinuteCodec.Decode(data, _hours[(series, hour)]);

    /// <summary>Counts readings that were not there before.</summary>
    public void Add(long series, ReadOnlySpan<Reading> readings)
    {
        foreach (ref readonly Reading reading in readings)
            Minute(series, reading).Add(reading.Value);
    }

    /// <summary>Counts the minutes of late readings anew.</summary>
    /// <param name="all">All readings of those minutes, the late ones among them.</param>
    public void Recompute(long series, ReadOnlySpan<Reading> late, IEnumerable<Reading> all)
    {
        HashSet<long> touched = [];
        foreach (ref readonly Reading reading in late)
        {
            touched.Add(Time.Floor(reading.At.UnixMilliseconds, Time.Minute));
            Minute(series, reading) = default;
        }
        foreach (Reading reading in all)
        {
            if (touched.Contains(Time.Floor(reading.At.UnixMilliseconds, Time.Minute)))
                Minute(series, reading).Add(reading.Value);
        }
    }

    private ref Bucket Minute(long series, in Reading reading)
    {
        long at = reading.At.UnixMilliseconds,
            hour = Time.Floor(at, Time.Hour);
        return ref _hours[(series, hour)][(at - hour) / Time.Minute];
    }
}
