using Npgsql;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>
/// Writes batches, each in one transaction that also holds the position: a handful of round trips, however many series there are. Series
/// are locked in one order, so that processes that write the same ones wait for each other.
/// </summary>
internal sealed class TelemetryWriter(Database database, MonthPartitions months)
{
    /// <summary>Chunks are touched first, and only months that stay.</summary>
    private const string HoldMonths = """
        SELECT count(*), min(written_at) FROM (SELECT written_at FROM telemetry_months WHERE start_at = ANY($1) FOR KEY SHARE) held
        """;

    /// <summary>How far behind the time that a month was last written to may be.</summary>
    private static readonly TimeSpan WrittenAtPrecision = TimeSpan.FromHours(1);

    public void Apply(string lane, long position, Instant recordedAt, IReadOnlyList<SeriesReadings> readings)
    {
        List<(Month Month, IEnumerable<SeriesBatch> Batches)> split = [.. MonthSplitter.Split(readings)];
        Month[] touched = [.. split.Select(part => part.Month)];
        while (!database.InTransaction(connection => TryApply(connection, lane, position, recordedAt, split, touched)))
            months.Create(touched, recordedAt);
    }

    public void DeleteDevice(string deviceId) =>
        database.InTransaction(connection =>
        {
            connection.Execute("LOCK TABLE telemetry_chunks IN ROW EXCLUSIVE MODE");
            long[] series =
            [
                .. connection.Read(
                    "SELECT id FROM telemetry_series WHERE device = $1 ORDER BY id FOR UPDATE",
                    [deviceId],
                    static row => row.GetInt64(0)
                ),
            ];
            foreach (string table in MonthPartitions.Tables)
                connection.Execute($"DELETE FROM {table} WHERE series = ANY($1)", [series]);
            return connection.Execute("DELETE FROM telemetry_series WHERE id = ANY($1)", [series]);
        });

    /// <returns>False when a month has no partitions: nothing was written.</returns>
    private static bool TryApply(
        NpgsqlConnection connection,
        string lane,
        long position,
        Instant recordedAt,
        List<(Month Month, IEnumerable<SeriesBatch> Batches)> split,
        Month[] touched
    )
    {
        Pipeline pipeline = new(connection);
        long applied = 0,
            held = 0,
            writtenAt = long.MaxValue;
        pipeline.Add("LOCK TABLE telemetry_chunks IN ROW EXCLUSIVE MODE");
        pipeline.Add("INSERT INTO telemetry_applied (lane, position) VALUES ($1, 0) ON CONFLICT DO NOTHING", lane);
        pipeline.Add("SELECT position FROM telemetry_applied WHERE lane = $1 FOR UPDATE", [lane], row => applied = row.GetInt64(0));
        pipeline.Add(
            HoldMonths,
            [touched.Select(month => month.Start).ToArray()],
            row =>
            {
                held = row.GetInt64(0);
                writtenAt = row.IsDBNull(1) ? long.MaxValue : row.GetInt64(1);
            }
        );
        pipeline.Send();
        if (applied >= position)
            return true;
        if (held < touched.Length)
            return false;

        BatchWriter batch = new(connection, pipeline);
        batch.Write(split);
        if (recordedAt.UnixMilliseconds - writtenAt > WrittenAtPrecision.TotalMilliseconds)
        {
            pipeline.Add(
                "UPDATE telemetry_months SET written_at = greatest(written_at, $2) WHERE start_at = ANY($1)",
                touched.Select(month => month.Start).ToArray(),
                recordedAt.UnixMilliseconds
            );
        }
        pipeline.Add("UPDATE telemetry_applied SET position = $2 WHERE lane = $1", lane, position);
        pipeline.Send();
        return true;
    }
}
