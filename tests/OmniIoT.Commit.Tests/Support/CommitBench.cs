using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Live;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;
using OmniIoT.Storage.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Commit.Tests.Support;

/// <summary>A committer on a real store, with the clock in the test's hand.</summary>
internal sealed class CommitBench : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public CommitBench()
    {
        Store = SqliteStore.Open(new SqliteStoreOptions { Directory = _directory.Path }, Time);
        Committer = new Committer(Store.Commits, Store.Changes, Hub, Process, Metrics, Time, Log.For<Committer>());
        Loops = new BackgroundLoops(Time, Log.For<BackgroundLoops>());
        Deliveries = new DeliveryServices(
            Committer,
            Process,
            Loops,
            Metrics,
            new IdGenerator(Time, new Random(1)),
            new RetryClock(Time, new Random(2)),
            Log.For<DeliveryServices>()
        );
        Committer.StartAsync(CancellationToken.None);
    }

    public FakeTimeProvider Time { get; } = FakeTime.AtNoon();

    public RecordedLog Log { get; } = new();

    public OneProcess Process { get; } = new();

    public OmniMetrics Metrics { get; } = new();

    public LiveHub Hub { get; } = new();

    public SqliteStore Store { get; }

    public Committer Committer { get; }

    public BackgroundLoops Loops { get; }

    /// <summary>What every kind of delivery needs.</summary>
    public DeliveryServices Deliveries { get; }

    public Task<CommitOutcome> CommitAsync(params IEnumerable<Effect> effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        return Awaited.Within(Committer.CommitAsync(unit), "commit");
    }

    /// <summary>Lets time pass, again and again, until there is something.</summary>
    public Task<T> PassUntil<T>(Func<Task<T?>> look, string what, TimeSpan? step = null)
        where T : class =>
        Awaited.Seen(
            async () =>
            {
                // Looks first: what the last step set going has come to rest by now.
                T? seen = await look();
                if (seen is null)
                    Time.Advance(step ?? TimeSpan.FromSeconds(1));
                return seen;
            },
            what
        );

    /// <summary>Stops what delivers.</summary>
    public static async Task StopAsync(BackgroundService deliverer)
    {
        await Awaited.Within(deliverer.StopAsync(CancellationToken.None), "end of the deliveries");
        deliverer.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Awaited.Within(Committer.StopAsync(CancellationToken.None), "end of the committer");
        Store.Dispose();
        Metrics.Dispose();
        _directory.Dispose();
    }
}
