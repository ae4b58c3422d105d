using System.Net;
using OmniIoT.Ports.Security;
using OmniIoT.Postgres;
using OmniIoT.Storage.Postgres;
using OmniIoT.TestKit.Cluster;
using Orleans;
using Orleans.Runtime;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace OmniIoT.Cluster.Postgres.Tests;

/// <summary>Who belongs to the cluster, as <see cref="IMembershipTable"/> wants it.</summary>
public sealed class MembershipTableTests : IDisposable
{
    private static readonly SiloAddress A = SiloAddress.New(IPAddress.Parse("10.0.0.1"), 11111, 7);
    private static readonly SiloAddress B = SiloAddress.New(IPAddress.IPv6Loopback, 11112, 8);
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly DateTime Start = new(2026, 11, 29, 8, 0, 0, DateTimeKind.Utc);

    private readonly SharedPostgres _postgres;
    private readonly string _connectionString;
    private readonly Database _database;

    public MembershipTableTests(SharedPostgres postgres)
    {
        _postgres = postgres;
        _connectionString = postgres.Server.CreateDatabase();
        PostgresStore
            .Open(
                new PostgresStoreOptions { ConnectionString = _connectionString, Key = new byte[SecretSealer.KeyBytes] },
                TimeProvider.System
            )
            .Dispose();
        _database = new Database(_connectionString, 4, "test");
    }

    public void Dispose()
    {
        _database.Dispose();
        _postgres.Server.DropDatabase(_connectionString);
    }

    [Fact]
    public async Task A_member_comes_back_as_written()
    {
        IMembershipTable table = await OpenAsync();
        MembershipEntry entry = Entry(B, SiloStatus.Active);
        entry.SuspectTimes = [Tuple.Create(A, Start.AddSeconds(3)), Tuple.Create(B, Start.AddSeconds(4))];
        Assert.True(await table.InsertRowAsync(entry, await NextAsync(table), Cancel));

        MembershipTableData all = await table.ReadAllAsync(Cancel);
        MembershipEntry read = Assert.Single(all.Members).Item1;

        Assert.Equal(entry.ToFullString(), read.ToFullString());
        Assert.Equal(entry.SuspectTimes, read.SuspectTimes);
        Assert.Equal((1, "1"), (all.Version.Version, all.Version.VersionEtag));
        Assert.Equal(entry.ToFullString(), Assert.Single((await table.ReadRowAsync(B, Cancel)).Members).Item1.ToFullString());
        Assert.Empty((await table.ReadRowAsync(A, Cancel)).Members);
    }

    [Fact]
    public async Task Of_changes_that_rest_on_the_same_version_one_is_made()
    {
        IMembershipTable table = await OpenAsync();
        TableVersion next = await NextAsync(table);

        Assert.True(await table.InsertRowAsync(Entry(A, SiloStatus.Joining), next, Cancel));
        Assert.False(await table.InsertRowAsync(Entry(B, SiloStatus.Joining), next, Cancel));
        Assert.False(await table.UpdateRowAsync(Entry(A, SiloStatus.Active), "0", next, Cancel));
        Assert.False(await table.InsertRowAsync(Entry(A, SiloStatus.Active), await NextAsync(table), Cancel));

        MembershipTableData all = await table.ReadAllAsync(Cancel);
        Assert.Equal((1, SiloStatus.Joining), (all.Version.Version, Assert.Single(all.Members).Item1.Status));
        Assert.True(await table.UpdateRowAsync(Entry(A, SiloStatus.Active), all.Members[0].Item2, all.Version.Next(), Cancel));
        Assert.Equal(SiloStatus.Active, Assert.Single((await table.ReadAllAsync(Cancel)).Members).Item1.Status);
    }

    [Fact]
    public async Task Of_many_at_once_as_many_versions_as_changes_are_made()
    {
        IMembershipTable table = await OpenAsync();
        bool[] made = await Task.WhenAll(
            Enumerable
                .Range(1, 12)
                .Select(async i =>
                    await table.InsertRowAsync(
                        Entry(SiloAddress.New(IPAddress.Loopback, i, i), SiloStatus.Joining),
                        await NextAsync(table),
                        Cancel
                    )
                )
        );

        MembershipTableData all = await table.ReadAllAsync(Cancel);

        Assert.Equal(made.Count(one => one), all.Members.Count);
        Assert.Equal(all.Members.Count, all.Version.Version);
    }

    [Fact]
    public async Task Being_alive_changes_no_version_and_the_long_dead_are_removed()
    {
        IMembershipTable table = await OpenAsync();
        await table.InsertRowAsync(Entry(A, SiloStatus.Dead), await NextAsync(table), Cancel);
        await table.InsertRowAsync(Entry(B, SiloStatus.Active), await NextAsync(table), Cancel);
        MembershipEntry alive = Entry(B, SiloStatus.Active);
        alive.IAmAliveTime = Start.AddHours(1);

        await table.UpdateIAmAliveAsync(alive, Cancel);
        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddMinutes(5)), Cancel);

        MembershipTableData all = await table.ReadAllAsync(Cancel);
        MembershipEntry left = Assert.Single(all.Members).Item1;
        Assert.Equal((B, Start.AddHours(1), 2), (left.SiloAddress, left.IAmAliveTime, all.Version.Version));
    }

    [Fact]
    public async Task Clusters_in_one_database_do_not_see_each_other()
    {
        IMembershipTable table = await OpenAsync(),
            other = await OpenAsync("other");
        await table.InsertRowAsync(Entry(A, SiloStatus.Active), await NextAsync(table), Cancel);

        Assert.Empty((await other.ReadAllAsync(Cancel)).Members);
        await other.DeleteMembershipTableEntriesAsync("other", Cancel);
        Assert.Single((await table.ReadAllAsync(Cancel)).Members);
    }

    private async Task<IMembershipTable> OpenAsync(string clusterId = "shop")
    {
        IMembershipTable table = new PostgresMembershipTable(_database, clusterId, new ClusterSeat(new LocalSilo(A, clusterId), clusterId));
        await table.InitializeMembershipTableAsync(true, Cancel);
        return table;
    }

    private static async Task<TableVersion> NextAsync(IMembershipTable table) => (await table.ReadAllAsync(Cancel)).Version.Next();

    private static MembershipEntry Entry(SiloAddress address, SiloStatus status) =>
        new()
        {
            SiloAddress = address,
            Status = status,
            SiloName = "a silo",
            HostName = "a host",
            StartTime = Start,
            IAmAliveTime = Start,
            SuspectTimes = [],
        };

    private sealed record LocalSilo(SiloAddress SiloAddress, string ClusterId) : ILocalSiloDetails
    {
        public string Name => "a silo";

        public string DnsHostName => "a host";

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
