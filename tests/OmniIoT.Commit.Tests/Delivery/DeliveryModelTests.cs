using System.Collections.Concurrent;
using System.Globalization;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Delivery;

/// <summary>Whatever fails on the way and whoever stops meanwhile: every row goes out once, those of one target in their order.</summary>
public sealed class DeliveryModelTests
{
    private const int Targets = 5;
    private const int Rows = 120;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_row_goes_out_once_and_those_of_one_target_in_their_order(int seed)
    {
        Random random = new(seed);
        await using CommitBench bench = new();
        FailingGateway gateway = new(new Random(seed + 1000));
        OutboxDispatcher dispatcher = await StartAsync(bench, gateway);
        Dictionary<string, List<string>> expected = [];

        for (int row = 0; row < Rows; )
        {
            List<Effect> commit = [];
            for (int i = random.Next(1, 12); i > 0 && row < Rows; i--, row++)
            {
                string target = "d" + random.Next(Targets).ToString(CultureInfo.InvariantCulture);
                string id = row.ToString("D4", CultureInfo.InvariantCulture);
                if (!expected.TryGetValue(target, out List<string>? ids))
                    expected.Add(target, ids = []);
                ids.Add(id);
                commit.Add(new Enqueue(Samples.Downlink(id, EntityId.Device(target)) with { ExpiresAt = null }));
            }
            await bench.CommitAsync(commit);
            if (random.Next(6) == 0)
            {
                await CommitBench.StopAsync(dispatcher);
                dispatcher = await StartAsync(bench, gateway);
            }
        }
        await bench.PassUntil(
            async () => await bench.Store.Outbox.PendingAsync(null, 1, CancellationToken.None) is [] ? "nothing" : null,
            $"empty outbox, seed {seed}",
            TimeSpan.FromMinutes(5)
        );

        await CommitBench.StopAsync(dispatcher);
        foreach ((string target, List<string> ids) in expected)
            Assert.Equal(ids, gateway.HandedOver.Where(row => row.Target.Key == target).Select(row => row.Id));
        Assert.Empty((await bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items);
        Assert.All(gateway.Told, told => Assert.False(told.Acknowledged));
        Assert.Equal(Rows, gateway.Told.Count);
    }

    [Fact]
    public async Task What_is_too_late_is_not_sent_and_leaves_the_outbox()
    {
        await using CommitBench bench = new();
        FailingGateway gateway = new(null);
        Downlink late = Samples.Downlink("late") with { ExpiresAt = Devices.Time.Instant.FromTime(bench.Time.GetUtcNow()) };
        Downlink fresh = Samples.Downlink("new") with { ExpiresAt = late.ExpiresAt!.Value + TimeSpan.FromSeconds(1) };
        await bench.CommitAsync(new Enqueue(late), new Enqueue(fresh));
        OutboxDispatcher dispatcher = await StartAsync(bench, gateway);

        await bench.PassUntil(
            async () => await bench.Store.Outbox.PendingAsync(null, 1, CancellationToken.None) is [] ? "nothing" : null,
            "empty outbox",
            TimeSpan.Zero
        );

        await CommitBench.StopAsync(dispatcher);
        Assert.Equal(["new"], gateway.HandedOver.Select(row => row.Id));
        Assert.Single(gateway.Told);
        Assert.Empty((await bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items);
    }

    private static async Task<OutboxDispatcher> StartAsync(CommitBench bench, FailingGateway gateway)
    {
        OutboxDispatcher dispatcher = new(bench.Store.Outbox, gateway, gateway, bench.Deliveries);
        await dispatcher.StartAsync(CancellationToken.None);
        return dispatcher;
    }

    /// <summary>Fails now and then, by its own fault and by storage's, and never often enough for a row to be given up.</summary>
    /// <param name="random">Null: never.</param>
    private sealed class FailingGateway(Random? random) : IDownlinkPublisher, IIngress
    {
        private readonly ConcurrentDictionary<string, int> _failures = [];

        public ConcurrentQueue<Downlink> HandedOver { get; } = [];

        public ConcurrentQueue<DownlinkProgress> Told { get; } = [];

        public ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
        {
            switch (Draw())
            {
                case < 2 when _failures.AddOrUpdate(downlink.Id, 1, static (_, count) => count + 1) < TargetTroubles.AttemptLimit:
                    throw new InvalidOperationException("its session is broken");
                case 2:
                    throw new StorageUnavailableException("The disk is full.");
            }
            HandedOver.Enqueue(downlink);
            return ValueTask.FromResult(1);
        }

        public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken)
        {
            Told.Enqueue(Assert.IsType<DownlinkProgress>(notice));
            return ValueTask.CompletedTask;
        }

        public ValueTask DisconnectAsync(EntityId principal, string reason) => ValueTask.CompletedTask;

        public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        private int Draw()
        {
            if (random is null)
                return int.MaxValue;
            lock (random)
                return random.Next(10);
        }
    }
}
