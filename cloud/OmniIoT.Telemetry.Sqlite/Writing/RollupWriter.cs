using OmniIoT.Ports.Telemetry;
using OmniIoT.Sqlite;
using OmniIoT.Telemetry.Packing;
using OmniIoT.Telemetry.Sqlite.Partitions;

namespace OmniIoT.Telemetry.Sqlite.Writing;

/// <summary>Keeps the roll-ups of a month in step with its raw readings.</summary>
internal sealed class RollupWriter(DatabaseConnection connection, Month month)
{
    private readonly HourRollups _hour = new(connection, month);

    /// <summary>Counts readings that were not there before, in order of time.</summary>
    public void Add(long series, ReadOnlySpan<Reading> readings)
    {
        while (!readings.IsEmpty)
        {
            ReadOnlySpan<Reading> run = TakeHour(ref readings, out long hour);
            _hour.Load(series, hour);
            foreach (ref readonly Reading reading in run)
                _hour.Minute(reading.At.UnixMilliseconds).Add(reading.Value);
            _hour.Save();
        }
    }

    /// <summary>Counts the minutes of late readings anew, from the raw readings, which hold them already.</summary>
    public void Recompute(long series, ReadOnlySpan<Reading> late)
    {
        while (!late.IsEmpty)
        {
            ReadOnlySpan<Reading> run = TakeHour(ref late, out long hour);
            bool[] touched = new bool[MinuteCodec.MinutesPerHour];
            _hour.Load(series, hour);
            foreach (ref readonly Reading reading in run)
            {
                long at = reading.At.UnixMilliseconds;
                touched[(at - hour) / Time.Minute] = true;
                _hour.Minute(at) = default;
            }
            long from = Time.Floor(run[0].At.UnixMilliseconds, Time.Minute);
            long to = Time.Floor(run[^1].At.UnixMilliseconds, Time.Minute) + Time.Minute - 1;
            ChunkReading.Read(
                connection,
                series,
                from,
                to,
                reading =>
                {
                    long at = reading.At.UnixMilliseconds;
                    if (touched[(at - hour) / Time.Minute])
                        _hour.Minute(at).Add(reading.Value);
                    return true;
                }
            );
            _hour.Save();
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
