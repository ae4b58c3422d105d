using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Ports.State;

/// <summary>Snapshots of grains and their due times.</summary>
public interface IGrainStore
{
    /// <summary>The last committed snapshot; null when the grain never was saved.</summary>
    ValueTask<Snapshot?> LoadAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>The history that was saved last; null when none was.</summary>
    ValueTask<byte[]?> LoadHistoryAsync(EntityId id, CancellationToken cancellationToken);

    /// <summary>Grains whose due time is at or before <paramref name="now"/>, the most overdue first.</summary>
    ValueTask<IReadOnlyList<EntityId>> DueAsync(Instant now, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Grains that are due only after a time, by id; nearly always there are none, and they are found by their due times.
    /// </summary>
    /// <param name="afterId">Those behind it; null: from the first on.</param>
    ValueTask<IReadOnlyList<EntityId>> DueAfterAsync(Instant time, EntityId? afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>What <c>SaveGrain</c> stored.</summary>
/// <param name="Facts">Null where none were ever stored.</param>
/// <param name="Version">Counts the saves; what the next one must expect.</param>
public sealed record Snapshot(byte[] State, byte[]? Facts, long Version);

/// <summary>Letters between grains that wait to be handled.</summary>
public interface IGrainMail
{
    /// <summary>Oldest first, after <paramref name="afterId"/>.</summary>
    ValueTask<IReadOnlyList<GrainLetter>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken);
}

/// <summary>Numbers that only ever rise, across processes.</summary>
public interface ISequenceStore
{
    /// <summary>Takes <paramref name="count"/> numbers of the sequence; returns the first. Sequences start at 1.</summary>
    long Take(string sequence, int count);
}
