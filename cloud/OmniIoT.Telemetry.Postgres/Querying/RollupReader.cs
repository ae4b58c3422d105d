using Npgsql;
using OmniIoT.Devices.Metrics;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Querying;

/// <summary>Collects what a stretch of a series sums up to.</summary>
internal sealed class RollupReader(NpgsqlConnection connection, long series, BucketList into)
{
    private const string Hours = """
        SELECT hour, min, max, sum, count FROM telemetry_hours WHERE series = $1 AND hour >= $2 AND hour < $3 ORDER BY hour
        """;

    private const string Minutes = "SELECT hour, data FROM telemetry_minutes WHERE series = $1 AND hour >= $2 AND hour < $3 ORDER BY hour";

    public async ValueTask CollectAsync(Stretch stretch, CancellationToken cancellationToken)
    {
        switch (stretch.Source)
        {
            case Source.Hours:
                await HoursAsync(stretch, cancellationToken);
                break;
            case Source.Minutes:
                await MinutesAsync(stretch, cancellationToken);
                break;
            default:
                await RawAsync(stretch, cancellationToken);
                break;
        }
    }

    private async ValueTask RawAsync(Stretch stretch, CancellationToken cancellationToken)
    {
        await foreach (Reading reading in ChunkReader.ReadAsync(connection, series, stretch.Start, stretch.End - 1, cancellationToken))
        {
            Bucket bucket = default;
            bucket.Add(reading.Value);
            into.Add(reading.At.UnixMilliseconds, bucket);
        }
    }

    private async ValueTask HoursAsync(Stretch stretch, CancellationToken cancellationToken)
    {
        List<(long At, Bucket Bucket)> found = [];
        await using (NpgsqlCommand command = connection.Command(Hours, series, stretch.Start, stretch.End))
        await using (NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await row.ReadAsync(cancellationToken))
            {
                found.Add(
                    (
                        row.GetInt64(0),
                        new Bucket
                        {
                            Min = row.GetDouble(1),
                            Max = row.GetDouble(2),
                            Sum = PreciseSum.FromParts(row.GetDouble(3), 0),
                            Count = row.GetInt64(4),
                        }
                    )
                );
            }
        }
        if (found.TrueForAll(hour => hour.Bucket.IsKnown))
            into.Add(found);
        else
            await MinutesAsync(stretch, cancellationToken);
    }

    private async ValueTask MinutesAsync(Stretch stretch, CancellationToken cancellationToken)
    {
        Bucket[] minutes = new Bucket[MinuteCodec.MinutesPerHour];
        await using NpgsqlCommand command = connection.Command(Minutes, series, Time.Floor(stretch.Start, Time.Hour), stretch.End);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            long at = row.GetInt64(0);
            MinuteCodec.Decode(row.GetFieldValue<byte[]>(1), minutes);
            foreach (Bucket minute in minutes)
            {
                if (at >= stretch.Start && at < stretch.End)
                    into.Add(at, minute);
                at += Time.Minute;
            }
        }
    }
}
