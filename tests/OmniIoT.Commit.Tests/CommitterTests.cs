using System.Diagnostics.Metrics;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests;

/// <summary>What follows a commit cannot undo it, repeat it, or keep others from being told.</summary>
public sealed class CommitterTests
{
    [Fact]
    public async Task A_listener_that_throws_neither_repeats_the_commit_nor_ends_the_thread()
    {
        await using CommitBench bench = new();
        int told = 0;
        bench.Committer.DeliveriesWaiting += _ => throw new InvalidOperationException("first listener");
        bench.Committer.DeliveriesWaiting += _ => told++;
        bench.Committer.TelemetryWaiting += () => throw new InvalidOperationException("telemetry's listener");

        CommitOutcome[] outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    bench.CommitAsync(
                        new Enqueue(Samples.Downlink($"m{i}")),
                        new AppendTelemetry(Samples.Bytes(10, i)),
                        new AppendTimeline(Samples.Entry($"e{i}", "c1", i))
                    )
                )
        );
        await bench.CommitAsync(new PutDevice(Samples.Device("after")));

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Assert.NotEqual(0, told);
        IReadOnlyList<StagedBlock> staged = await bench.Store.StagedTelemetry.ReadAsync(0, int.MaxValue, CancellationToken.None);
        Assert.Equal(8 * 10, staged.Sum(block => block.Block.Length)); // Each block once.
        Assert.Contains(bench.Log.Entries, error => error.Error?.Message == "first listener");
        Assert.Contains(bench.Log.Entries, error => error.Error?.Message == "telemetry's listener");
    }

    [Fact]
    public async Task A_meter_that_throws_costs_nobody_the_answer()
    {
        await using CommitBench bench = new();
        using MeterListener meter = new();
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == OmniMetrics.MeterName && instrument.Name == "omniiot_commit_seconds")
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("meter"));
        meter.Start();

        Assert.Equal(CommitOutcome.Committed, await bench.CommitAsync(new AppendTelemetry(Samples.Bytes(10, 1))));

        Assert.Equal(1, await bench.Store.StagedTelemetry.LastPositionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_observer_that_throws_does_not_keep_the_others_from_their_news()
    {
        await using CommitBench bench = new();
        bench.Committer.Commit(new CommitUnit(), new Thrower());
        Task<CommitOutcome> other = bench.CommitAsync(new PutDevice(Samples.Device("d1")));

        Assert.Equal(CommitOutcome.Committed, await Awaited.Within(other, "commit of the other unit"));
    }

    [Fact]
    public async Task A_unit_that_storage_does_not_understand_fails_alone()
    {
        await using CommitBench bench = new();

        Task<CommitOutcome>[] commits =
        [
            .. Enumerable.Range(0, 8).Select(i => bench.CommitAsync(i == 3 ? new Unheard() : new PutDevice(Samples.Device($"d{i}")))),
        ];

        await Assert.ThrowsAsync<NotSupportedException>(() => commits[3]);
        Assert.All(commits.Where((_, i) => i != 3), commit => Assert.Equal(CommitOutcome.Committed, commit.GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Storage_that_cannot_write_is_told_once_for_each_reason_and_so_is_that_it_writes_again()
    {
        await using CommitBench bench = new();
        Refusing store = new(bench.Store.Commits);
        Committer committer = new(
            store,
            bench.Store.Changes,
            bench.Hub,
            bench.Process,
            bench.Metrics,
            bench.Time,
            bench.Log.For<Committer>()
        );
        await committer.StartAsync(CancellationToken.None);

        await RefusedAsync("disk full", times: 20);
        await RefusedAsync("disk gone", times: 20);
        store.Reason = null;
        CommitUnit written = new() { Effects = { new PutDevice(Samples.Device("d1")) } };
        Assert.Equal(CommitOutcome.Committed, await Awaited.Within(committer.CommitAsync(written), "commit"));
        await RefusedAsync("disk gone", times: 20);

        Assert.Equal([1004, 1004, 1004], bench.Log.Entries.Select(error => error.Id));
        Assert.All(bench.Log.Entries, error => Assert.Null(error.Error)); // No stack.
        await committer.StopAsync(CancellationToken.None);
        committer.Dispose();

        async Task RefusedAsync(string reason, int times)
        {
            store.Reason = reason;
            for (int i = 0; i < times; i++)
            {
                CommitUnit unit = new() { Effects = { new PutDevice(Samples.Device("d1")) } };
                await Assert.ThrowsAsync<StorageUnavailableException>(() => committer.CommitAsync(unit));
            }
        }
    }

    private sealed class Refusing(ICommitStore inner) : ICommitStore
    {
        public string? Reason { get; set; }

        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units) =>
            Reason is { } reason ? throw new StorageUnavailableException(reason) : inner.Commit(units);

        public string? Probe() => inner.Probe();
    }

    private sealed record Unheard : Effect;

    private sealed class Thrower : ICommitObserver
    {
        public void Ended(CommitUnit unit) => throw new InvalidOperationException("It cannot bear the news.");

        public void Failed(CommitUnit unit, Exception error) => throw new InvalidOperationException("It cannot bear the news.");
    }
}
