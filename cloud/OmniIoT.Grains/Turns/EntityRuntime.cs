using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using OmniIoT.Commit;
using OmniIoT.Commit.Live;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Security;
using Orleans.Runtime;

namespace OmniIoT.Grains.Turns;

/// <summary>What all entities of a process share: the way to storage, scratch to decide with, the time.</summary>
internal sealed class EntityRuntime
{
    private const int KeptTurns = 16_384;

    private long _arrivals;

    public EntityRuntime(
        GrainsOptions options,
        ICommitter committer,
        EntityReaders readers,
        CatalogKeeper catalogs,
        CaseNumbers numbers,
        SecretSealer sealer,
        IdGenerator ids,
        IProcesses processes,
        ILocalGateway gateway,
        LiveHub hub,
        LocalEntities locals,
        IGrainRuntime silo,
        IGrainContextAccessor contexts,
        TurnMetrics metrics,
        TimeProvider time,
        ILogger<EntityRuntime> logger
    )
    {
        (Processes, Gateway, Options, Committer, Readers, Catalogs, Sealer, Hub, Locals, Silo, Contexts, Metrics, Time, Logger) = (
            processes,
            gateway,
            options,
            committer,
            readers,
            catalogs,
            sealer,
            hub,
            locals,
            silo,
            contexts,
            metrics,
            time,
            logger
        );
        Scopes = Pool(() =>
            new DecisionScope(
                options.Decisions,
                ids.Next,
                numbers.Next,
                static () => OfferCode.From(RandomNumberGenerator.GetBytes(OfferCode.Length)),
                () => Interlocked.Increment(ref _arrivals),
                processes.IsLiving
            )
        );
        Turns = new DefaultObjectPool<Turn>(new DefaultPooledObjectPolicy<Turn>(), KeptTurns);
        Buffers = Pool(static () => new ArrayBufferWriter<byte>(4096));
    }

    public IProcesses Processes { get; }

    public ILocalGateway Gateway { get; }

    public GrainsOptions Options { get; }

    public ICommitter Committer { get; }

    public EntityReaders Readers { get; }

    public CatalogKeeper Catalogs { get; }

    public SecretSealer Sealer { get; }

    public LiveHub Hub { get; }

    public LocalEntities Locals { get; }

    public IGrainRuntime Silo { get; }

    /// <summary>Where a grain finds its own context: one that is injected costs each activation a cache of scoped services.</summary>
    public IGrainContextAccessor Contexts { get; }

    public TurnMetrics Metrics { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public ObjectPool<DecisionScope> Scopes { get; }

    public ObjectPool<Turn> Turns { get; }

    public ObjectPool<ArrayBufferWriter<byte>> Buffers { get; }

    public Instant Now => Instant.FromTime(Time.GetUtcNow());

    /// <summary>Of what only those need who decide at this moment.</summary>
    private static DefaultObjectPool<T> Pool<T>(Func<T> make)
        where T : class => new(new Making<T>(make), Environment.ProcessorCount * 4);

    private sealed class Making<T>(Func<T> make) : PooledObjectPolicy<T>
        where T : class
    {
        public override T Create() => make();

        public override bool Return(T obj) => true;
    }
}
