using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Commit;
using OmniIoT.Commit.Audit;
using OmniIoT.Commit.Live;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Api.Tests.Audit;

/// <summary>Whoever guesses cannot fill the disk, and nothing of it is lost.</summary>
public sealed class RecordedRefusalsTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly OmniMetrics _metrics = new();
    private readonly RecordedLog _log = new();
    private readonly SqliteStore _store;
    private readonly Committer _committer;
    private readonly RecordedRefusals _refusals;

    public RecordedRefusalsTests()
    {
        _store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, _time);
        _committer = new Committer(_store.Commits, _store.Changes, new LiveHub(), new OneProcess(), _metrics, _time, _log.For<Committer>());
        IdGenerator ids = new(_time, new Random(1));
        Records records = new(new RecordedCommits(_committer, ids, _log.For<RecordedCommits>()), ids, _log.For<Records>());
        _refusals = new RecordedRefusals(records, new BackgroundLoops(_time, _log.For<BackgroundLoops>()), _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _committer.StartAsync(Cancel);
        await _refusals.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _refusals.StopAsync(CancellationToken.None);
        await _committer.StopAsync(CancellationToken.None);
        _refusals.Dispose();
        _committer.Dispose();
        _store.Dispose();
        _metrics.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task The_first_is_written_at_once_and_all_others_of_its_minute_as_one()
    {
        for (int i = 0; i < 1_000; i++)
            await _refusals.AddAsync(Of("agent:ann", "192.0.2.1"));
        Assert.Single(await EntriesAsync());

        IReadOnlyList<AuditEntry> entries = await PassUntilAsync(2);
        Assert.Equal(999, entries[0].After!.Value.GetProperty("times").GetInt64());
    }

    [Fact]
    public async Task Of_many_names_and_addresses_those_beyond_a_hundred_are_counted_together()
    {
        for (int i = 0; i < 5_000; i++)
            await _refusals.AddAsync(Of(string.Create(CultureInfo.InvariantCulture, $"agent:a{i}"), "192.0.2.1"));
        Assert.Equal(RecordedRefusals.MaximumKinds, (await EntriesAsync()).Count);

        await _refusals.StopAsync(Cancel);

        IReadOnlyList<AuditEntry> entries = await EntriesAsync();
        AuditEntry others = Assert.Single(entries, entry => entry.Subject == "others:*");
        Assert.Equal(4_900, others.After!.Value.GetProperty("times").GetInt64());
        Assert.Equal(RecordedRefusals.MaximumKinds + 1, entries.Count);
    }

    private static Refusal Of(string subject, string address) =>
        new(new Origin(Origin.Anonymous, address), AuditActions.SessionRefused, subject, AuditActions.Wrong);

    /// <summary>Lets minutes pass until there are so many entries: the first may pass before the count has begun to wait.</summary>
    private Task<IReadOnlyList<AuditEntry>> PassUntilAsync(int count) =>
        Awaited.Seen(
            async () =>
            {
                IReadOnlyList<AuditEntry> entries = await EntriesAsync();
                if (entries.Count == count)
                    return entries;
                _time.Advance(RecordedRefusals.CountedTogether);
                return null;
            },
            "entries"
        );

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        (await _store.Audit.ListAsync(new AuditFilter(), new PageRequest(null, PageRequest.MaximumLimit), Cancel)).Items;
}
