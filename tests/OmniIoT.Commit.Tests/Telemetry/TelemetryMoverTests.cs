using OmniIoT.Commit.Telemetry;
using OmniIoT.Commit.Tests.Clocks;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;

namespace OmniIoT.Commit.Tests.Telemetry;

public sealed class TelemetryMoverTests
{
    [Fact]
    public async Task A_store_whose_request_timed_out_is_asked_again_and_telemetry_is_not_ready_meanwhile()
    {
        await using CommitBench bench = new();
        FarStore store = new();
        using TelemetryMover mover = new(
            bench.Store.StagedTelemetry,
            store,
            bench.Committer,
            bench.Loops,
            bench.Time,
            bench.Log.For<TelemetryMover>()
        );
        await mover.StartAsync(CancellationToken.None);

        await Awaited.Seen(() => Task.FromResult(bench.Loops.TroubleOf(PartNames.Telemetry)), "trouble");
        store.IsAway = false;
        await bench.PassUntil(() => Task.FromResult(bench.Loops.TroubleOf(PartNames.Telemetry) is null ? "well" : null), "recovery");

        await Awaited.Within(mover.StopAsync(CancellationToken.None), "end of the mover");
        Assert.All(bench.Log.Entries, error => Assert.IsType<TaskCanceledException>(error.Error));
    }

    [Fact]
    public async Task Whoever_waits_for_a_store_that_lost_its_position_goes_on()
    {
        await using CommitBench bench = new();
        FarStore store = new() { IsAway = false };
        using TelemetryMover mover = new(
            new MovedAlready(position: 7),
            store,
            bench.Committer,
            bench.Loops,
            bench.Time,
            bench.Log.For<TelemetryMover>()
        );

        await Awaited.Within(mover.CaughtUpAsync(CancellationToken.None).AsTask(), "all that was staged");

        Assert.Equal(7, await store.PositionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_is_large_and_holds_few_readings_is_moved_together_and_once()
    {
        await using CommitBench bench = new();
        FarStore store = new() { IsAway = false };
        WaitingBlocks waiting = new(blocks: 3);
        using TelemetryMover mover = new(waiting, store, bench.Committer, bench.Loops, bench.Time, bench.Log.For<TelemetryMover>());

        await Awaited.Within(mover.CaughtUpAsync(CancellationToken.None).AsTask(), "all that was staged");

        IReadOnlyList<SeriesReadings> together = Assert.Single(store.Applied);
        Assert.Equal([1, 2, 3], Assert.Single(together).Readings.Select(reading => reading.At.UnixMilliseconds));
        Assert.Equal(3, await store.PositionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Nothing_is_deleted_for_its_age_before_the_clock_has_gone_on_steadily_for_an_hour()
    {
        await using CommitBench bench = new();
        MachineClock machine = new();
        SteadyTime time = new(machine, bench.Log.For<SteadyTime>());
        FarStore store = new() { IsAway = false };
        using TelemetryMover mover = new(
            new MovedAlready(position: 0),
            store,
            bench.Committer,
            bench.Loops,
            time,
            bench.Log.For<TelemetryMover>()
        );

        await mover.ExpireAsync(CancellationToken.None);
        Assert.Empty(store.Expired);
        machine.Pass(TimeSpan.FromHours(2));
        machine.Leap(TimeSpan.FromDays(1200));
        time.GetUtcNow();
        await mover.ExpireAsync(CancellationToken.None);
        machine.Pass(SteadyTime.Patience);
        time.GetUtcNow();
        await mover.ExpireAsync(CancellationToken.None);
        Assert.Empty(store.Expired);

        machine.Pass(TimeSpan.FromHours(1));
        await mover.ExpireAsync(CancellationToken.None);
        await mover.ExpireAsync(CancellationToken.None);
        Assert.Equal([time.Now()], store.Expired);
    }

    /// <summary>All blocks up to a position were moved and trimmed.</summary>
    private sealed class MovedAlready(long position) : IStagedTelemetry
    {
        public ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int bytes, CancellationToken cancellationToken) => new([]);

        public ValueTask<long> LastPositionAsync(CancellationToken cancellationToken) => new(position);
    }

    /// <summary>Blocks of a reading each, of which no two are read at once.</summary>
    private sealed class WaitingBlocks(int blocks) : IStagedTelemetry
    {
        public ValueTask<IReadOnlyList<StagedBlock>> ReadAsync(long position, int bytes, CancellationToken cancellationToken) =>
            new(position == blocks ? [] : [new StagedBlock(position + 1, Block(position + 1, bytes))]);

        public ValueTask<long> LastPositionAsync(CancellationToken cancellationToken) => new(blocks);

        private static byte[] Block(long at, int bytes)
        {
            TelemetryBlockWriter writer = new();
            MetricTable values = new(MetricSchema.Empty);
            writer.BeginDevice("d1", values);
            writer.AddPoint(new Instant(at), seq: at, valueCount: 1);
            values.TryFindOrAdd("long"u8, out int slot);
            writer.AddValue(slot, MetricValue.FromText(new string('x', bytes)));
            writer.EndDevice();
            return writer.Take();
        }
    }

    /// <summary>A store behind a network whose requests time out while it is away.</summary>
    private sealed class FarStore : ITelemetryStore
    {
        private long _position;

        public bool IsAway { get; set; } = true;

        public ValueTask<long> PositionAsync(CancellationToken cancellationToken) =>
            IsAway ? throw new TaskCanceledException("a request timed out") : new(_position);

        public List<Instant> Expired { get; } = [];

        public List<IReadOnlyList<SeriesReadings>> Applied { get; } = [];

        public ValueTask<int> ExpireAsync(Instant now, CancellationToken cancellationToken)
        {
            Expired.Add(now);
            return new(0);
        }

        public ValueTask ApplyAsync(
            long position,
            Instant recordedAt,
            IReadOnlyList<SeriesReadings> readings,
            CancellationToken cancellationToken
        )
        {
            _position = position;
            Applied.Add(readings);
            return default;
        }

        public ValueTask<TelemetryBuckets> BucketsAsync(
            string deviceId,
            string metric,
            Instant? from,
            Instant? to,
            int points,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public ValueTask<Page<Reading>> RawAsync(
            string deviceId,
            string metric,
            Instant? from,
            Instant? to,
            string? cursor,
            int limit,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<string>> MetricsAsync(string deviceId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
