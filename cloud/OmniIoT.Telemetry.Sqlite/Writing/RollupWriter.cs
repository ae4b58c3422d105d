using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>
/// Keeps the roll-ups of a month in step with its raw readings. An hour that is stored damaged is counted anew; what cannot be counted,
/// because readings are damaged as well, stays damaged.
/// </summary>
internal sealed class RollupWriter(DatabaseConnection connection, Month month)
{
    private readonly HourRollups _hour = new(connection, month);

    /// <summary>Counts readings that were not there before, in order of time; the raw readings hold them already.</summary>
    public void Add(StoredSeries series, ReadOnlySpan<Reading> readings)
    {
        while (!readings.IsEmpty)
        {
            ReadOnlySpan<Reading> run = TakeHour(ref readings, out long hour);
            if (!_hour.Load(series, hour))
            {
                CountHour(series, hour);
                continue;
            }
            foreach (ref readonly Reading reading in run)
                _hour.Minute(reading.At.UnixMilliseconds).Add(reading.Value);
            _hour.Save();
        }
    }

    /// <summary>Counts the minutes of late readings anew, from the raw readings, which hold them already.</summary>
    public void Recompute(StoredSeries series, ReadOnlySpan<Reading> late)
    {
        while (!late.IsEmpty)
        {
            ReadOnlySpan<Reading> run = TakeHour(ref late, out long hour);
            if (!_hour.Load(series, hour))
            {
                CountHour(series, hour);
                continue;
            }
            bool[] touched = new bool[MinuteCodec.MinutesPerHour];
            foreach (ref readonly Reading reading in run)
            {
                long at = reading.At.UnixMilliseconds;
                touched[(at - hour) / Time.Minute] = true;
                _hour.Minute(at) = default;
            }
            long from = Time.Floor(run[0].At.UnixMilliseconds, Time.Minute);
            long to = Time.Floor(run[^1].At.UnixMilliseconds, Time.Minute) + Time.Minute - 1;
            Count(series, from, to, at => touched[(at - hour) / Time.Minute]);
        }
    }

    /// <summary>Forgets a series.</summary>
    public void Delete(long series)
    {
        long first = RollupKey.Of(series, month, month.Start),
            last = RollupKey.Of(series, month, month.End - 1);
        connection.Prepare("DELETE FROM minutes WHERE id BETWEEN $1 AND $2").Bind(first).Bind(last).Run();
        connection.Prepare("DELETE FROM hours WHERE id BETWEEN $1 AND $2").Bind(first).Bind(last).Run();
    }

    private void CountHour(StoredSeries series, long hour) => Count(series, hour, hour + Time.Hour - 1, _ => true);

    /// <summary>Counts the raw readings of those minutes that are wanted, and writes the hour.</summary>
    private void Count(StoredSeries series, long from, long to, Func<long, bool> isWanted)
    {
        bool isWhole = true;
        ChunkReading.Read(
            connection,
            series,
            from,
            to,
            reading =>
            {
                long at = reading.At.UnixMilliseconds;
                if (isWanted(at))
                    _hour.Minute(at).Add(reading.Value);
                return true;
            },
            (_, _) => isWhole = false
        );
        if (isWhole)
            _hour.Save();
        else
            _hour.Spoil();
    }

    /// <summary>Splits off the readings of the first reading's hour.</summary>
    private static ReadOnlySpan<Reading> TakeHour(ref ReadOnlySpan<Reading> readings, out long hour)
    {
        hour = Time.Floor(readings[0].At.UnixMilliseconds, Time.Hour);
        int count = 1;
        while (count < readings.Length && readings[count].At.UnixMilliseconds < hour + Time.Hour)
            count++;
        ReadOnlySpan<Reading> run = readings[..count];
        readings = readings[count..];
        return run;
    }
}
