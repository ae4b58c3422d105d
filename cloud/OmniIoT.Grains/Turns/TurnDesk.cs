using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;
using OmniIoT.Commit;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Grains.Turns;

/// <summary>Where turns are decided and made durable: scratch to decide with, and the way to storage.</summary>
internal sealed class TurnDesk
{
    private const int KeptTurns = 16_384;

    private long _arrivals;

    public TurnDesk(
        GrainsOptions options,
        PeopleNumbers numbers,
        IdGenerator ids,
        IProcesses processes,
        ICommitter committer,
        TurnMetrics metrics,
        TimeProvider time
    )
    {
        (Committer, Metrics) = (committer, metrics);
        DecisionBasis basis = new(
            options.Decisions,
            ids.Next,
            numbers.Next,
            static () => OfferCode.From(RandomNumberGenerator.GetBytes(OfferCode.Length)),
            () => Interlocked.Increment(ref _arrivals),
            processes.IsLiving,
            () => Instant.FromTime(time.ToldByClock())
        );
        Scopes = Pool(() => new DecisionScope(basis));
        Turns = new DefaultObjectPool<Turn>(new DefaultPooledObjectPolicy<Turn>(), KeptTurns);
        Buffers = Pool(static () => new ArrayBufferWriter<byte>(4096));
    }

    public ICommitter Committer { get; }

    public TurnMetrics Metrics { get; }

    public ObjectPool<DecisionScope> Scopes { get; }

    public ObjectPool<Turn> Turns { get; }

    public ObjectPool<ArrayBufferWriter<byte>> Buffers { get; }

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
