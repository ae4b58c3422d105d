using OmniIoT.Devices.Time;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Effects;

/// <summary>
/// The snapshot of a device or a customer, and when it wants to be woken next (null: not at all). A conflict when another version
/// is stored than the decision rested on: two processes took the same entity for theirs.
/// </summary>
/// <param name="State">What changes with most messages.</param>
/// <param name="Facts">What changes seldom; null leaves what is stored.</param>
/// <param name="ExpectedVersion">Of the stored snapshot, which counts up with each save; 0: none is stored.</param>
public sealed record SaveGrain(EntityId Id, ReadOnlyMemory<byte> State, byte[]? Facts, Instant? DueAt, long ExpectedVersion) : Effect
{
    /// <summary>What is large and changes seldom, read only where the state asks for it; null leaves what is stored.</summary>
    public byte[]? History { get; init; }
}

/// <summary>Leaves a letter for another grain, to be handled after this commit, at least once: what it says is keyed by its time.</summary>
public sealed record Tell(GrainLetter Letter) : Effect;

/// <summary>Takes a letter away: what it caused is durable.</summary>
public sealed record Told(string LetterId) : Effect;

/// <summary>Readings of one batch, encoded (see TelemetryBlock in OmniIoT.Grains), on their way to the telemetry store.</summary>
public sealed record AppendTelemetry(ReadOnlyMemory<byte> Block) : Effect;

/// <summary>Forgets staged telemetry up to and including a position: the telemetry store has it.</summary>
public sealed record TrimStagedTelemetry(long Position) : Effect;
