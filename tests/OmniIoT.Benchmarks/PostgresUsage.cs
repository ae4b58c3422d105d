using System.Globalization;
using Npgsql;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>What a PostgreSQL server on this machine has used since it started.</summary>
/// <param name="Cpu">Of all its processes that are there now; zero where <c>/proc</c> does not show them.</param>
/// <param name="WalBytes">Written to its write-ahead log.</param>
internal sealed record PostgresUsage(TimeSpan Cpu, long WalBytes)
{
    /// <param name="postgres">As a user who may read files of the server.</param>
    public static async Task<PostgresUsage> ReadAsync(string postgres, CancellationToken cancellationToken)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(postgres);
        await using NpgsqlCommand command = source.CreateCommand(
            "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int, (pg_current_wal_insert_lsn() - '0/0')::bigint"
        );
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new PostgresUsage(CpuOf(row.GetInt32(0)), row.GetInt64(1));
    }

    private static TimeSpan CpuOf(int postmaster) =>
        Directory.Exists("/proc")
            ? Directory
                .GetDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
                .Where(id => id == postmaster || ParentOf(id) == postmaster)
                .Aggregate(TimeSpan.Zero, (sum, id) => sum + (ProcessUsage.Read(id)?.Cpu ?? TimeSpan.Zero))
            : TimeSpan.Zero;

    private static int ParentOf(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It ended meanwhile, or is none.
        }
    }
}
