using System.Globalization;
using Npgsql;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Storage.Postgres.Tests;

/// <summary>Two processes whose commits rest on the same: of what contradicts each other one is a conflict, and nothing is lost.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Rounds = 30;

    private readonly TestDatabase _database;
    private readonly PostgresStore[] _stores;

    public ConcurrencyTests(SharedPostgres postgres)
    {
        _database = new TestDatabase(postgres.Server);
        _stores = [_database.Open("a"), _database.Open("b")];
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Of_two_that_expect_the_same_version_one_wins_also_when_there_is_none_yet()
    {
        for (int version = 0; version < Rounds; version++)
        {
            CommitOutcome[] outcomes = await Both(_ => [new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), version)]);

            Assert.Equal([CommitOutcome.Committed, CommitOutcome.Conflict], outcomes.Order());
        }
        Assert.Equal(Rounds, (await _stores[0].Documents.FindAsync(DocumentKind.Site, "s1", Cancel))!.Version);
    }

    [Fact]
    public async Task A_budget_is_never_overspent()
    {
        const long budget = 10;

        List<CommitOutcome> outcomes = [];
        for (int round = 0; round < Rounds; round++)
        {
            outcomes.AddRange(
                await Both(writer =>
                    [
                        new SpendBudget("espresso", budget),
                        new PutOffer(Samples.Offer(string.Create(CultureInfo.InvariantCulture, $"o-{writer}-{round}"))),
                    ]
                )
            );
        }

        Assert.Equal(budget, outcomes.Count(outcome => outcome is CommitOutcome.Committed));
        CampaignReport report = await _stores[0].Campaigns.ReportAsync("espresso", Cancel);
        Assert.Equal(budget, report.Sent);
        Assert.Equal(budget, _database.Number("SELECT count(*) FROM offers"));
    }

    [Fact]
    public async Task A_customer_is_merged_into_one_other()
    {
        _stores[0].Commit(Enumerable.Range(0, 3).Select(i => new PutCustomer(Samples.Customer($"c{i}"))));

        CommitOutcome[] outcomes = await Both(writer => [new PutMerge(Samples.Merge("c0", $"c{writer + 1}"))]);

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Conflict], outcomes.Order());
    }

    [Fact]
    public async Task An_entry_that_both_append_is_one_change()
    {
        for (int round = 0; round < Rounds; round++)
            await Both(_ => [new AppendTimeline(Samples.Entry($"e{round:D2}"))]);

        Assert.Equal(Rounds, (await _stores[0].Changes.AfterAsync(0, 1_000, Cancel)).Count);
        Assert.Equal(Rounds, await _stores[0].Changes.LastAsync(Cancel));
    }

    [Fact]
    public async Task Commits_that_write_the_same_rows_in_opposite_order_both_come_through()
    {
        string[] devices = [.. Enumerable.Range(0, 50).Select(i => $"d{i:D2}")];

        for (int round = 0; round < Rounds; round++)
        {
            CommitOutcome[] outcomes = await Both(writer =>
                (writer == 0 ? devices : devices.Reverse()).SelectMany<string, Effect>(device =>
                    [
                        new PutCredential(EntityId.Device(device), "hash"),
                        new DeleteDevice($"{device}-gone"),
                        new PutDevice(Samples.Device(device)),
                    ]
                )
            );

            Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        }
        Assert.Equal(devices.Length, _database.Number("SELECT count(*) FROM devices"));
    }

    [Fact]
    public async Task Two_that_put_on_record_what_they_do_add_to_one_chain()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(
                _stores.Select(
                    (store, writer) => Task.Run(() => Record(store, string.Create(CultureInfo.InvariantCulture, $"{round}-{writer}")))
                )
            );
        }

        AuditVerdict verdict = await _stores[0].AuditTrail.VerifyAsync(Cancel);
        Assert.Null(verdict.Fault);
        Assert.Equal(2 * Rounds, verdict.Last.Sequence);
    }

    private static void Record(PostgresStore store, string site)
    {
        Origin ann = new("agent:ann", null);
        AuditDraft draft = new()
        {
            Id = site,
            At = Samples.Start,
            Origin = ann,
            Action = "site.changed",
            Subject = "site:" + site,
            After = "{}"u8.ToArray(),
            IsChange = true,
        };
        CommitUnit unit = new()
        {
            Origin = ann,
            Effects = { new PutDocument(DocumentKind.Site, site, "{}"u8.ToArray()), new RecordAudit(draft) },
        };
        store.Commits.Commit([unit]);
    }

    [Fact]
    public async Task Of_two_that_took_the_same_snapshot_for_theirs_one_wins()
    {
        for (int version = 0; version < Rounds; version++)
        {
            CommitOutcome[] outcomes = await Both(writer =>
                [
                    new PutDevice(Samples.Device($"d-{writer}-{version}")),
                    new SaveGrain(EntityId.Device("d1"), new byte[] { (byte)writer }, null, null, version),
                ]
            );

            Assert.Equal([CommitOutcome.Committed, CommitOutcome.Conflict], outcomes.Order());
        }
        Assert.Equal(Rounds, _database.Number("SELECT version FROM grains"));
        Assert.Equal(Rounds, _database.Number("SELECT count(*) FROM devices"));
    }

    /// <summary>
    /// Each waits for what the other holds; of the two it is the commit that looks for it, after three seconds, and gives way.
    /// </summary>
    [Fact]
    public async Task A_commit_that_meets_another_in_a_deadlock_is_done_again()
    {
        _database.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = 3000', current_database()); END $$");
        PostgresStore store = _database.Open("c");
        store.Commit(new PutDevice(Samples.Device("d1")), new PutDevice(Samples.Device("d2")));
        using NpgsqlConnection other = _database.Connect();
        other.Do("SET deadlock_timeout = 60000");
        other.Do("BEGIN");
        other.Do("UPDATE devices SET model = 'x' WHERE id = 'd2'");

        Task<CommitOutcome> committing = Task.Run(
            () => store.Commit(new PutDevice(Samples.Device("d1", "new")), new PutDevice(Samples.Device("d2", "new"))),
            Cancel
        );
        await HeldRow.IsWaitedFor(_database);
        await Task.Run(() => other.Do("UPDATE devices SET model = 'x' WHERE id = 'd1'"), Cancel);
        other.Do("COMMIT");

        Assert.Equal(CommitOutcome.Committed, await Awaited.Within(committing, "commit that was done again"));
        Assert.Equal(2, _database.Number("SELECT count(*) FROM devices WHERE model = 'new'"));
    }

    [Fact]
    public async Task Numbers_taken_by_several_processes_are_all_different()
    {
        long[][] taken = await Task.WhenAll(
            _stores.Select(store =>
                Task.Run(() => Enumerable.Range(0, 100).Select(_ => store.Sequences.Take("cases", 1)).ToArray(), Cancel)
            )
        );

        Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), taken.SelectMany(numbers => numbers).Order());
    }

    /// <summary>Lets both commit at the same moment, one unit each.</summary>
    private async Task<CommitOutcome[]> Both(Func<int, IEnumerable<Effect>> effects)
    {
        using Barrier together = new(_stores.Length);
        return await Task.WhenAll(
            _stores.Select(
                (store, writer) =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            CommitUnit unit = TestStatements.Unit(effects(writer));
                            together.SignalAndWait(Cancel);
                            store.Commits.Commit([unit]);
                            return unit.Outcome;
                        },
                        Cancel,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
            )
        );
    }
}
