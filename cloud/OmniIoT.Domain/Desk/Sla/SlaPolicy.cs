using System.Collections.Frozen;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>What is promised to the customers of the queues that name it.</summary>
/// <param name="Calendar">By whose hours; null: the queue's, else always.</param>
/// <param name="PauseOn">In which states of a case or a conversation the clock stands still.</param>
/// <param name="ByPriority">What differs for cases of a priority.</param>
public sealed record SlaPolicy(
    string Id,
    string? Name,
    SlaTimes Times,
    string? Calendar,
    IReadOnlyList<SlaPause> PauseOn,
    FrozenDictionary<CasePriority, SlaTimes> ByPriority
)
{
    public SlaTimes For(CasePriority priority) => ByPriority.TryGetValue(priority, out SlaTimes? special) ? special.Over(Times) : Times;
}

/// <summary>States in which a clock may stand still.</summary>
public enum SlaPause
{
    /// <summary>The case waits for the customer.</summary>
    Pending,

    /// <summary>Telemetry is to prove the case's repair.</summary>
    Verifying,

    /// <summary>The conversation was put off.</summary>
    Snoozed,
}
