using System.Globalization;
using System.Net;
using Npgsql;
using OmniIoT.Ports.Commit;
using OmniIoT.Postgres;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Cluster.Postgres;

/// <summary>
/// Who belongs to the cluster, in the table that commits are fenced by. Every change counts the cluster's version up and is refused
/// when another was first. All fail with <see cref="StorageUnavailableException"/> while the database is away: then nobody is given up.
/// </summary>
internal sealed class PostgresMembershipTable(Database database, string clusterId, ClusterSeat seat) : IMembershipTable, IDisposable
{
    private const string Columns =
        "address, port, generation, status, silo_name, host_name, proxy_port, suspect_times, started_at, alive_at";

    private const string SelectAll = $"SELECT {Columns} FROM members WHERE cluster_id = $1 ORDER BY address, port, generation";

    private const string SelectOne = $"""
        SELECT {Columns} FROM members WHERE cluster_id = $1 AND address = $2 AND port = $3 AND generation = $4
        """;

    private const string SelectVersion = "SELECT version FROM member_versions WHERE cluster_id = $1";

    private const string CountUp = "UPDATE member_versions SET version = $2 WHERE cluster_id = $1 AND version = $2 - 1";

    private const string Insert = $"""
        INSERT INTO members (cluster_id, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (cluster_id, address, port, generation) DO NOTHING
        """;

    private const string Update = """
        UPDATE members SET status = $5, silo_name = $6, host_name = $7,
            proxy_port = $8, suspect_times = $9, started_at = $10, alive_at = $11
        WHERE cluster_id = $1 AND address = $2 AND port = $3 AND generation = $4
        """;

    private const string UpdateAlive = """
        UPDATE members SET alive_at = $5 WHERE cluster_id = $1 AND address = $2 AND port = $3 AND generation = $4
        """;

    private const string DeleteDefunct = "DELETE FROM members WHERE cluster_id = $1 AND status = $2 AND alive_at < $3";

    /// <summary>The tables are the store's, which made them.</summary>
    public Task InitializeMembershipTable(bool tryInitTableVersion) =>
        DoAsync(connection =>
            connection.Execute(
                "INSERT INTO member_versions (cluster_id, version) VALUES ($1, 0) ON CONFLICT (cluster_id) DO NOTHING",
                clusterId
            )
        );

    public Task DeleteMembershipTableEntries(string clusterId) =>
        DoAsync(connection =>
        {
            connection.Execute("DELETE FROM members WHERE cluster_id = $1", clusterId);
            return connection.Execute("DELETE FROM member_versions WHERE cluster_id = $1", clusterId);
        });

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) =>
        DoAsync(connection => connection.Execute(DeleteDefunct, clusterId, (int)SiloStatus.Dead, beforeDate.ToUnixTimeMilliseconds()));

    public Task<MembershipTableData> ReadRow(SiloAddress key) =>
        DoAsync(connection => Read(connection, SelectOne, [clusterId, .. Key(key)]));

    public Task<MembershipTableData> ReadAll() => DoAsync(connection => Read(connection, SelectAll, [clusterId]));

    public async Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        bool isFirst = await ChangeAsync(Insert, entry, tableVersion);
        if (isFirst)
            seat.Joined(entry.SiloAddress);
        return isFirst;
    }

    /// <summary>The tag of a row is the version of the table: whoever changes a row changes that.</summary>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(Update, entry, tableVersion);

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        DoAsync(connection => connection.Execute(UpdateAlive, [clusterId, .. Key(entry.SiloAddress), Milliseconds(entry.IAmAliveTime)]));

    public void Dispose() => database.Dispose();

    private Task<bool> ChangeAsync(string sql, MembershipEntry entry, TableVersion version) =>
        DoAsync(connection =>
        {
            using NpgsqlTransaction transaction = connection.BeginTransaction();
            bool isFirst =
                connection.Execute(CountUp, clusterId, (long)version.Version) == 1 && connection.Execute(sql, Values(entry)) == 1;
            if (isFirst)
                transaction.Commit();
            return isFirst;
        });

    /// <summary>Rows and version as of one moment.</summary>
    private MembershipTableData Read(NpgsqlConnection connection, string sql, IReadOnlyList<object> parameters)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        int number = (int)(connection.Number(SelectVersion, clusterId) ?? 0);
        TableVersion version = new(number, number.ToString(CultureInfo.InvariantCulture));
        List<Tuple<MembershipEntry, string>> rows = connection.Read(sql, parameters, row => Tuple.Create(Entry(row), version.VersionEtag));
        return new MembershipTableData(rows, version);
    }

    private object[] Values(MembershipEntry entry) =>
        [
            clusterId,
            .. Key(entry.SiloAddress),
            (int)entry.Status,
            entry.SiloName ?? "",
            entry.HostName ?? "",
            entry.ProxyPort,
            SuspectTimes.Write(entry.SuspectTimes ?? []),
            Milliseconds(entry.StartTime),
            Milliseconds(entry.IAmAliveTime),
        ];

    private static object[] Key(SiloAddress address) => [address.Endpoint.Address.ToString(), address.Endpoint.Port, address.Generation];

    private static MembershipEntry Entry(NpgsqlDataReader row) =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse(row.GetString(0)), row.GetInt32(1), row.GetInt32(2)),
            Status = (SiloStatus)row.GetInt32(3),
            SiloName = row.GetString(4),
            HostName = row.GetString(5),
            ProxyPort = row.IsDBNull(6) ? 0 : row.GetInt32(6),
            SuspectTimes = SuspectTimes.Read(row.IsDBNull(7) ? "" : row.GetString(7)),
            StartTime = Time(row.GetInt64(8)),
            IAmAliveTime = Time(row.GetInt64(9)),
        };

    private static long Milliseconds(DateTime time) =>
        new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds();

    private static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    private Task<T> DoAsync<T>(Func<NpgsqlConnection, T> work) =>
        Task.Run(() => database.Do(connection => Failures.Retry(() => work(connection))));
}
