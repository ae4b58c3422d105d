using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Routing;

/// <summary>How a case or a conversation waits for an agent, and who was asked. Immutable.</summary>
public sealed record RoutingState
{
    /// <summary>Since when it is in its queue; null: since it was opened.</summary>
    public Instant? QueuedAt { get; init; }

    /// <summary>Since when its assignee has it and was not heard; null: they were, or nobody has it.</summary>
    public Instant? OfferedAt { get; init; }

    /// <summary>Whether a person said that nobody is to have it by themselves.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByHand { get; init; }

    /// <summary>Who had it in this queue and gave no answer, each with the last time it was taken back.</summary>
    public IReadOnlyList<PassedOver> Passed { get; init; } = [];

    /// <summary>Queues that it left since nobody took it there.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>It comes into a queue.</summary>
    public static RoutingState Enter(Instant now) => new() { QueuedAt = now };

    /// <summary>A person gave it to somebody, or took it away: then it is nobody's, unless it went into another queue.</summary>
    public RoutingState Settle(string? assignee, bool isMoved) => this with { OfferedAt = null, ByHand = assignee is null && !isMoved };

    public RoutingState Offer(Instant now) => this with { OfferedAt = now };

    /// <summary>Who has it does something about it.</summary>
    public RoutingState Take() => OfferedAt is null ? this : this with { OfferedAt = null };

    /// <summary>It is in sight again: who has it and was not heard has all their time for it.</summary>
    public RoutingState Return(Instant now) => OfferedAt is null ? this : Offer(now);

    public RoutingState PassOver(string agent, Instant now) =>
        this with
        {
            OfferedAt = null,
            Passed = [.. Passed.Where(passed => passed.Agent != agent), new PassedOver(agent, now)],
        };

    public RoutingState Overflow(string from, Instant now) => new() { QueuedAt = now, Left = [.. Left.Append(from).Distinct()] };
}

/// <param name="At">When it was taken back.</param>
public sealed record PassedOver(string Agent, Instant At);
