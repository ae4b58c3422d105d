using System.Globalization;
using Npgsql;
using OmniIoT.Devices.Time;
using OmniIoT.Postgres;
using OmniIoT.Telemetry.Packing;

namespace OmniIoT.Telemetry.Postgres.Writing;

/// <summary>
/// The partitions of each month. Whoever makes or drops some locks the tables in one order, and whoever reads or writes touches the first
/// of them first, so that nobody is locked out.
/// </summary>
internal sealed class MonthPartitions(Database database)
{
    /// <summary>What is kept by month.</summary>
    public static readonly string[] Tables = ["telemetry_chunks", "telemetry_minutes", "telemetry_hours"];

    private const string OneAtATime = "SELECT pg_advisory_xact_lock(hashtextextended('omniiot telemetry months', 0))";

    /// <summary>Makes what is missing of some months.</summary>
    public void Create(IReadOnlyCollection<Month> months, Instant recordedAt) =>
        database.InTransaction(connection =>
        {
            connection.Execute(OneAtATime);
            List<long> known = connection.Read("SELECT start_at FROM telemetry_months", [], static row => row.GetInt64(0));
            foreach (Month month in months.Where(month => !known.Contains(month.Start)).Order())
            {
                foreach (string table in Tables)
                    connection.Execute(CreateSql(table, month));
                connection.Execute(
                    "INSERT INTO telemetry_months (start_at, written_at) VALUES ($1, $2)",
                    month.Start,
                    recordedAt.UnixMilliseconds
                );
            }
            return months.Count;
        });

    /// <summary>Drops the months that ended, and were last written to, before a time; returns how many.</summary>
    public int Expire(Instant before) =>
        database.InTransaction(connection =>
        {
            connection.Execute(OneAtATime);
            List<Month> expired =
            [
                .. connection
                    .Read(
                        "SELECT start_at FROM telemetry_months WHERE written_at < $1",
                        [before.UnixMilliseconds],
                        static row => Month.Of(row.GetInt64(0))
                    )
                    .Where(month => month.End <= before.UnixMilliseconds),
            ];
            // Whoever writes to one of them now comes first, and writes it then anew.
            foreach (Month month in expired)
                connection.Execute("DELETE FROM telemetry_months WHERE start_at = $1", month.Start);
            Drop(connection, expired);
            return expired.Count;
        });

    private static void Drop(NpgsqlConnection connection, List<Month> months)
    {
        if (months.Count == 0)
            return;
        connection.Execute($"LOCK TABLE {string.Join(", ", Tables)} IN ACCESS EXCLUSIVE MODE");
        foreach (Month month in months)
        {
            foreach (string table in Tables)
                connection.Execute($"DROP TABLE {NameOf(table, month)}");
        }
    }

    private static string CreateSql(string table, Month month) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"CREATE TABLE {NameOf(table, month)} PARTITION OF {table} FOR VALUES FROM ({month.Start}) TO ({month.End})"
        );

    private static string NameOf(string table, Month month) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}_{month.Year:D4}_{month.Number:D2}");
}
