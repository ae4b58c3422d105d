using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;
using Orleans;

namespace OmniIoT.Grains.Tests;

/// <summary>One device brings far more at once than usual, under rules with 150 windows.</summary>
public sealed class FloodTests : IDisposable
{
    private const int Batches = 80;
    private const int ReadingsOfBatch = 250;
    private const int BatchesOfSlice = 5;

    private static readonly EntityId Heavy = EntityId.Device("heavy");
    private static readonly EntityId Light = EntityId.Device("light");

    private GatedLog? _store;

    [Fact]
    public async Task A_flood_is_durable_piece_by_piece_and_what_others_say_comes_between()
    {
        await using GrainsHarness harness = await StartAsync();
        Acknowledgements flood = await BeginFloodAsync(harness);
        Task<InboundBatch> light = harness.SendAsync(Light, ("telemetry", """{"temperature":20}"""));
        _store!.Open();
        await Awaited.Within(flood.All, "acknowledgement of all");
        await light;

        List<(EntityId Entity, int Messages)> turns = _store.Turns.FindAll(turn => turn.Messages > 0);
        Assert.All(turns.Where(turn => turn.Entity == Heavy), turn => Assert.InRange(turn.Messages, 1, BatchesOfSlice));
        Assert.InRange(turns.FindIndex(turn => turn.Entity == Light), 0, 2);
        Assert.Equal(Batches * ReadingsOfBatch, await StoredReadingsAsync(harness));
    }

    [Fact]
    public async Task A_process_that_stops_leaves_the_rest_of_a_flood_to_be_sent_again()
    {
        await using GrainsHarness harness = await StartAsync();
        Acknowledgements flood = await BeginFloodAsync(harness);
        Assert.True(harness.Get<LocalEntities>().TryFind(Heavy, out EntityGrain? entity));
        entity.GrainContext.Deactivate(
            new DeactivationReason(DeactivationReasonCode.ShuttingDown, "the process stops"),
            CancellationToken.None
        );
        _store!.Open();

        await Awaited.Within(entity.GrainContext.Deactivated, "end of the activation");

        Assert.InRange(flood.Count, 1, 6 * BatchesOfSlice);
        Assert.Equal(flood.Count * ReadingsOfBatch, await StoredReadingsAsync(harness));
    }

    public void Dispose() => _store?.Dispose();

    private async Task<GrainsHarness> StartAsync()
    {
        GrainsHarness harness = await GrainsHarness.StartAsync(inner => _store = new GatedLog(inner));
        string rules = string.Join(',', Enumerable.Range(0, 15).Select(Rule));
        await harness.PutAsync(
            DocumentKind.Model,
            "washer",
            $$$"""{"id":"washer","metrics":{"temperature":{"unit":"Cel"}},"rules":[{{{rules}}}]}"""
        );
        await harness.RegisterAsync(Heavy.Key);
        await harness.RegisterAsync(Light.Key);
        return harness;
    }

    private static string Rule(int number)
    {
        string when = string.Join(" or ", Enumerable.Range(1, 10).Select(i => $"stddev(temperature, {(number * 10) + i}m) > 900"));
        return $$"""{"type":"r{{number}}","severity":"minor","when":"{{when}}"}""";
    }

    /// <summary>The first batch is on its way to the store, all others wait.</summary>
    private async Task<Acknowledgements> BeginFloodAsync(GrainsHarness harness)
    {
        Acknowledgements acknowledgements = new(Batches);
        _store!.Close();
        for (int number = 0; number < Batches; number++)
        {
            InboundBatch batch = new();
            batch.Reset(Heavy, acknowledgements, harness.Now);
            batch.Add(Encoding.UTF8.GetBytes("devices/heavy/telemetry"), Backfill(number), qos: 1, packetIdentifier: 1);
            await harness.Get<IIngress>().SubmitAsync(batch, CancellationToken.None);
            if (number == 0)
                await Awaited.Within(_store.Reached, "commit of the first");
        }
        return acknowledgements;
    }

    /// <summary>About 12 KB: five of them fill a slice of 64 KiB.</summary>
    private static byte[] Backfill(int number)
    {
        IEnumerable<string> readings = Enumerable
            .Range(number * ReadingsOfBatch, ReadingsOfBatch)
            .Select(n => $$$"""{"ts":{{{1_772_000_000_000 + (n * 1000L)}}},"values":{"temperature":{{{n % 90}}}}}""");
        return Encoding.UTF8.GetBytes($"[{string.Join(',', readings)}]");
    }

    private static async Task<int> StoredReadingsAsync(GrainsHarness harness)
    {
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        return (await harness.Get<ITelemetryStore>().RawAsync(Heavy.Key, "temperature", null, null, null, 50_000, CancellationToken.None))
            .Items
            .Count;
    }

    private sealed class Acknowledgements(int expected) : IInboundSource
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task All => _all.Task;

        public void Committed(InboundBatch batch)
        {
            if (Interlocked.Increment(ref _count) == expected)
                _all.TrySetResult();
        }
    }

    /// <summary>The real store behind a gate; notes the turns that it made durable.</summary>
    private sealed class GatedLog(ICommitStore inner) : ICommitStore, IDisposable
    {
        private readonly ManualResetEventSlim _gate = new(initialState: true);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<(EntityId Entity, int Messages)> Turns { get; } = [];

        public Task Reached => _reached.Task;

        public void Close() => _gate.Reset();

        public void Open() => _gate.Set();

        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
        {
            if (!_gate.IsSet)
                _reached.TrySetResult();
            _gate.Wait();
            foreach (CommitUnit unit in units)
                Turns.AddRange(unit.Effects.OfType<SaveGrain>().Select(save => (save.Id, unit.MessageCount)));
            return inner.Commit(units);
        }

        public string? Probe() => inner.Probe();

        public void Dispose() => _gate.Dispose();
    }
}
