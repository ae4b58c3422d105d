using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Domain.Effects;

/// <summary>Says which changes another system is told of from now on; it ends with the system's document.</summary>
/// <param name="System">As <see cref="SystemNames"/> writes it.</param>
/// <param name="Patterns">Of <see cref="EventNames.All"/>; none: all.</param>
public sealed record ListenToChanges(string System, IReadOnlyList<string> Patterns) : Effect;

/// <summary>What waits for a system is tried then: what was wrong may have been put right.</summary>
public sealed record HurryDeliveries(string System, Instant At) : Effect;

/// <summary>How a try of a delivery that waits went.</summary>
/// <param name="StatusCode">What was answered; null: nothing was.</param>
/// <param name="Error">Why it failed; null: it did not.</param>
/// <param name="NextAt">When it is tried again; null: never.</param>
public sealed record NoteDelivery(string Id, DeliveryState State, Instant At, int? StatusCode, string? Error, Instant? NextAt) : Effect;

/// <summary>A delivery is sent once more, whatever became of it, from then on for as long as a new one.</summary>
public sealed record Redeliver(string Id, string System, Instant At) : Effect;

/// <summary>Forgets deliveries that ended before then.</summary>
public sealed record DropDeliveries(Instant Before) : Effect;
