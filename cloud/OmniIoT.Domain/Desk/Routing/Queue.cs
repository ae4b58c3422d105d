namespace OmniIoT.Domain.Desk.Routing;

/// <summary>Where work waits for the agents who can do it.</summary>
/// <param name="Skills">What an agent must be able to do, all of it.</param>
/// <param name="Calendar">By whose hours its promises count when the policy names none; null: always.</param>
/// <param name="Sla">The id of the policy of what its customers are promised; null: none.</param>
/// <param name="Overflow">Where it goes when nobody takes it in time; null: it stays.</param>
public sealed record Queue(
    string Id,
    string Name,
    IReadOnlyList<string> Skills,
    string? Calendar = null,
    string? Sla = null,
    QueueOverflow? Overflow = null
);

/// <param name="AfterSeconds">Of waiting for an agent.</param>
/// <param name="Queue">The id of the other queue.</param>
public sealed record QueueOverflow(int AfterSeconds, string Queue);
