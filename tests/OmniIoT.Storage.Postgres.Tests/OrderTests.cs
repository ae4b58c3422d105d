using System.Globalization;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>
/// Several processes commit at once. Whoever goes on after the newest number it saw, as an event stream with <c>Last-Event-ID</c> does,
/// misses nothing.
/// </summary>
public sealed class OrderTests(SharedPostgres postgres) : IDisposable
{
    private readonly TestDatabase _database = new(postgres.Server);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_change_of_a_commit_that_began_earlier_and_ends_later_is_read_after_those_that_ended_before()
    {
        PostgresStore slow = _database.Open("slow"),
            quick = _database.Open("quick");
        using HeldRow held = HeldRow.OfGrain(_database, quick);

        Task<IReadOnlyList<Change>> slowly = Task.Run(
            () =>
            {
                slow.Commit(out IReadOnlyList<Change> changes, new AppendTimeline(Samples.Entry("slow")), HeldRow.Stop);
                return changes;
            },
            Cancel
        );
        await held.IsWaitedFor();
        quick.Commit(new AppendTimeline(Samples.Entry("quick-1")));
        quick.Commit(new AppendTimeline(Samples.Entry("quick-2")));
        IReadOnlyList<Change> seen = await quick.Changes.AfterAsync(0, 10, Cancel);
        held.LetGo();
        IReadOnlyList<Change> returned = await Awaited.Within(slowly, "slow commit");

        Assert.Equal(["quick-1", "quick-2"], seen.Select(IdOf));
        IReadOnlyList<Change> rest = await quick.Changes.AfterAsync(seen[^1].Sequence, 10, Cancel);
        Assert.Equal(["slow"], rest.Select(IdOf));
        Assert.Equal(returned.Select(change => change.Sequence), rest.Select(change => change.Sequence));
    }

    [Fact]
    public async Task Telemetry_that_a_commit_stages_late_is_read_after_what_was_read_before()
    {
        PostgresStore slow = _database.Open("slow"),
            quick = _database.Open("quick");
        using HeldRow held = HeldRow.OfGrain(_database, quick);

        Task slowly = Task.Run(() => slow.Commit(new AppendTelemetry(new byte[] { 1 }), HeldRow.Stop), Cancel);
        await held.IsWaitedFor();
        quick.Commit(new AppendTelemetry(new byte[] { 2 }));
        IReadOnlyList<StagedBlock> before = await slow.StagedTelemetry.ReadAsync(0, 100, Cancel);
        long moved = await slow.StagedTelemetry.LastPositionAsync(Cancel);
        held.LetGo();
        await Awaited.Within(slowly, "slow commit");

        Assert.Empty(before);
        Assert.Equal([1], (await slow.StagedTelemetry.ReadAsync(moved, 100, Cancel)).Select(block => block.Block[0]));
        Assert.Equal([2], (await quick.StagedTelemetry.ReadAsync(0, 100, Cancel)).Select(block => block.Block[0]));
    }

    /// <summary>Stopped when it has its numbers and is not yet durable: whoever comes later gets later ones, and ends later.</summary>
    [Fact]
    public async Task What_has_a_number_is_read_before_anything_with_a_later_one()
    {
        PostgresStore slow = _database.Open(_database.Options with { KeptChanges = 1, Lane = "slow" }),
            quick = _database.Open("quick");
        slow.Commit(new AppendTimeline(Samples.Entry("first")));
        using HeldRow held = HeldRow.OfChange(_database, sequence: 1);

        Task slowly = Task.Run(() => slow.Commit(new AppendTimeline(Samples.Entry("slow"))), Cancel);
        await held.IsWaitedFor(by: 1);
        Task quickly = Task.Run(() => quick.Commit(new AppendTimeline(Samples.Entry("quick"))), Cancel);
        await held.IsWaitedFor(by: 2);
        IReadOnlyList<Change> seen = await quick.Changes.AfterAsync(0, 10, Cancel);
        held.LetGo();
        await Awaited.Within(Task.WhenAll(slowly, quickly), "end of both commits");

        Assert.Equal(["first"], seen.Select(IdOf));
        Assert.Equal(["slow", "quick"], (await quick.Changes.AfterAsync(seen[^1].Sequence, 10, Cancel)).Select(IdOf));
    }

    /// <summary>Nobody should, but two processes may write to one lane while one of them is being given up.</summary>
    [Fact]
    public async Task Positions_of_a_lane_rise_in_the_order_of_the_commits_whoever_commits()
    {
        PostgresStore slow = _database.Open(_database.Options with { KeptChanges = 1 }),
            quick = _database.Open();
        slow.Commit(new AppendTimeline(Samples.Entry("first")));
        using HeldRow held = HeldRow.OfChange(_database, sequence: 1);

        Task slowly = Task.Run(() => slow.Commit(new AppendTelemetry(new byte[] { 1 }), new AppendTimeline(Samples.Entry("slow"))), Cancel);
        await held.IsWaitedFor(by: 1);
        Task quickly = Task.Run(() => quick.Commit(new AppendTelemetry(new byte[] { 2 })), Cancel);
        await held.IsWaitedFor(by: 2);
        Assert.Empty(await quick.StagedTelemetry.ReadAsync(0, 100, Cancel));
        held.LetGo();
        await Awaited.Within(Task.WhenAll(slowly, quickly), "end of both commits");

        Assert.Equal([1, 2], (await quick.StagedTelemetry.ReadAsync(0, 100, Cancel)).Select(block => block.Block[0]));
    }

    [Fact]
    public async Task Commits_without_changes_do_not_wait_for_each_others_numbers()
    {
        PostgresStore slow = _database.Open(_database.Options with { KeptChanges = 1, Lane = "slow" }),
            quick = _database.Open("quick");
        slow.Commit(new AppendTimeline(Samples.Entry("first")));
        using HeldRow held = HeldRow.OfChange(_database, sequence: 1);
        Task slowly = Task.Run(() => slow.Commit(new AppendTelemetry(new byte[] { 1 }), new AppendTimeline(Samples.Entry("slow"))), Cancel);
        await held.IsWaitedFor();

        Task quickly = Task.Run(() => quick.Commit(new AppendTelemetry(new byte[] { 2 }), new PutDevice(Samples.Device("d1"))), Cancel);

        await Awaited.Within(quickly, "commit that waits for nobody");
        Assert.False(slowly.IsCompleted);
        held.LetGo();
        await Awaited.Within(slowly, "slow commit");
    }

    /// <summary>Commits of one to forty changes from three processes, read all the while from where the reader is.</summary>
    [Fact]
    public async Task A_reader_that_goes_on_from_the_newest_number_it_saw_sees_each_change_once_in_order()
    {
        const int writers = 3,
            commits = 40;
        using CancellationTokenSource written = new();

        Task[] writing =
        [
            .. Enumerable.Range(0, writers).Select(writer => Task.Run(() => Write(_database.Open($"w{writer}"), writer, commits), Cancel)),
        ];
        PostgresStore reader = _database.Open("reader");
        Task<List<Change>> reading = Task.Run(() => ReadAll(reader.Changes, written.Token), Cancel);
        await Awaited.Within(Task.WhenAll(writing), "end of writing", TimeSpan.FromMinutes(2));
        await written.CancelAsync();
        List<Change> seen = await Awaited.Within(reading, "end of reading");

        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen.Select(change => change.Sequence));
        Assert.Equal(_database.Number("SELECT count(*) FROM timeline"), seen.Count);
        Assert.Equal(seen.Count, seen.Select(IdOf).Distinct().Count());
        foreach (IGrouping<string, string> ofWriter in seen.Select(IdOf).GroupBy(id => id[..2]))
            Assert.Equal(ofWriter.Order(StringComparer.Ordinal), ofWriter);
    }

    [Fact]
    public async Task A_process_that_is_gone_leaves_a_lane_that_another_moves_on()
    {
        PostgresStore gone = _database.Open("gone"),
            heir = _database.Open("heir");
        for (byte i = 1; i <= 3; i++)
            gone.Commit(new AppendTelemetry(new[] { i }));
        heir.Commit(new AppendTelemetry(new byte[] { 9 }));
        long first = (await gone.StagedTelemetry.ReadAsync(0, 1, Cancel))[0].Position;
        gone.Commit(new TrimStagedTelemetry(first));
        gone.Dispose();

        Assert.Equal(["gone", "heir"], await heir.Lanes.ListAsync(Cancel));
        IReadOnlyList<StagedBlock> left = await heir.Lanes.Of("gone").ReadAsync(first, 100, Cancel);
        Assert.Equal([2, 3], left.Select(block => block.Block[0]));
        await heir.Lanes.ForgetAsync("gone", left[^1].Position, Cancel);

        Assert.Equal(["heir"], await heir.Lanes.ListAsync(Cancel));
        Assert.Equal(left[^1].Position, await heir.Lanes.Of("gone").LastPositionAsync(Cancel));
    }

    private static void Write(PostgresStore store, int writer, int commits)
    {
        Random random = new(writer);
        int number = 0;
        for (int i = 0; i < commits; i++)
        {
            List<CommitUnit> units = [];
            for (int j = random.Next(1, 40); j > 0; j--)
                units.Add(
                    TestStatements.Unit(
                        new AppendTimeline(Samples.Entry(string.Create(CultureInfo.InvariantCulture, $"{writer}-{number++:D6}")))
                    )
                );
            store.Commits.Commit(units);
        }
    }

    /// <summary>Reads on from the newest number until the writers are done and nothing is left.</summary>
    private static async Task<List<Change>> ReadAll(IChangeLog log, CancellationToken written)
    {
        List<Change> seen = [];
        while (true)
        {
            bool last = written.IsCancellationRequested;
            IReadOnlyList<Change> next = await log.AfterAsync(seen.Count == 0 ? 0 : seen[^1].Sequence, 50, CancellationToken.None);
            seen.AddRange(next);
            if (last && next.Count == 0)
                return seen;
        }
    }

    private static string IdOf(Change change) => System.Text.Json.Nodes.JsonNode.Parse(change.Json.Span)!["id"]!.GetValue<string>();
}
