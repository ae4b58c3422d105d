using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OmniIoT.Commit;
using OmniIoT.Commit.Live;
using OmniIoT.Devices;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Turns;

/// <summary>What all entities of a process share: the way to storage, scratch to decide with, the time.</summary>
internal sealed class EntityRuntime
{
    private const int KeptTurns = 16_384;

    private long _arrivals;

    public EntityRuntime(
        GrainsOptions options, ICommitter committer, EntityReaders readers, CatalogKeeper catalogs, CaseNumbers numbers, SecretSealer sealer,
        IdGenerator ids, Incarnation incarnation, LiveHub hub, TurnMetrics metrics, TimeProvider time, ILogger<EntityRuntime> logger)
    {
        (Options, Committer, Readers, Catalogs, Sealer, Hub, Metrics, Time, Logger) =
            (options, committer, readers, catalogs, sealer, hub, metrics, time, logger);
        Scopes = new Pool<DecisionScope>(
            () => new DecisionScope(
                options.Decisions, ids.Next, numbers.Next, static () => OfferCode.From(RandomNumberGenerator.GetBytes(OfferCode.Length)),
                () => Interlocked.Increment(ref _arrivals), incarnation.Name),
            Environment.ProcessorCount * 4);
        Turns = new Pool<Turn>(static () => new Turn(), KeptTurns);
        Buffers = new Pool<ArrayBufferWriter<byte>>(static () => new ArrayBufferWriter<byte>(4096), Environment.ProcessorCount * 4);
    }

    public GrainsOptions Options { get; }

    public ICommitter Committer { get; }

    public EntityReaders Readers { get; }

    public CatalogKeeper Catalogs { get; }

    public SecretSealer Sealer { get; }

    public LiveHub Hub { get; }

    public TurnMetrics Metrics { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public Pool<DecisionScope> Scopes { get; }

    public Pool<Turn> Turns { get; }

    public Pool<ArrayBufferWriter<byte>> Buffers { get; }

    public Instant Now => Instant.FromTime(Time.GetUtcNow());
}
