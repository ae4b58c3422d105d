using OmniIoT.Devices;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Effects;

/// <summary>The grain's snapshot, and when it wants to be woken next (null: not at all).</summary>
public sealed record SaveGrain(EntityId Id, ReadOnlyMemory<byte> State, Instant? DueAt) : Effect;

/// <summary>Leaves a letter for another grain, to be handled after this commit, at least once: what it says is keyed by its time.</summary>
public sealed record Tell(GrainLetter Letter) : Effect;

/// <summary>Takes a letter away: what it caused is durable.</summary>
public sealed record Told(string LetterId) : Effect;

/// <summary>Readings of one batch, encoded (see TelemetryBlock in OmniIoT.Grains), on their way to the telemetry store.</summary>
public sealed record AppendTelemetry(ReadOnlyMemory<byte> Block) : Effect;

/// <summary>Forgets staged telemetry up to and including a position: the telemetry store has it.</summary>
public sealed record TrimStagedTelemetry(long Position) : Effect;
