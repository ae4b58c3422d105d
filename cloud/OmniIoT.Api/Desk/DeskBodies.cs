using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Api.Desk;

/// <param name="Name">For people; missing: the id.</param>
/// <param name="Skills">What an agent must be able to do, all of it.</param>
/// <param name="Calendar">By whose hours its promises count when the policy names none; missing: always.</param>
/// <param name="Sla">The policy of what its customers are promised; missing: none.</param>
/// <param name="Overflow">Where what waits for so long goes; missing: it stays.</param>
public sealed record QueueBody(string? Name, IReadOnlyList<string>? Skills, string? Calendar, string? Sla, QueueOverflow? Overflow);

/// <summary>A queue as it stands now.</summary>
public sealed record QueueView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    public required string? Calendar { get; init; }

    public required string? Sla { get; init; }

    public required QueueOverflow? Overflow { get; init; }

    /// <summary>Cases and conversations that wait in it for an agent.</summary>
    public required long Waiting { get; init; }

    /// <summary>How long the oldest of them does; 0 when nothing waits.</summary>
    public required long OldestWaitSeconds { get; init; }

    /// <summary>Agents of the queue who are available and have its skills.</summary>
    public required int Available { get; init; }
}

/// <param name="TimeZone">IANA, such as <c>Asia/Baku</c>.</param>
/// <param name="Holidays">Days without hours, such as <c>2026-12-31</c>.</param>
public sealed record CalendarBody(string? Name, string TimeZone, IReadOnlyList<CalendarHours> Hours, IReadOnlyList<string>? Holidays);

/// <param name="Days">Of <c>mon tue wed thu fri sat sun</c>; missing: every day.</param>
/// <param name="From">Such as <c>09:00</c>.</param>
/// <param name="To">Exclusive; <c>24:00</c> is the end of the day.</param>
public sealed record CalendarHours(IReadOnlyList<string>? Days, string? From, string? To);

/// <summary>Times such as <c>15m</c>, <c>4h</c>, <c>2d</c>; what is missing is not promised.</summary>
/// <param name="Calendar">By whose hours; missing: the queue's, else always.</param>
/// <param name="PauseOn">When the clock stands still; missing: <c>pending</c> and <c>snoozed</c>.</param>
/// <param name="ByPriority">What differs for cases of a priority.</param>
public sealed record SlaBody(
    string? Name,
    string? FirstResponse,
    string? NextResponse,
    string? Resolution,
    string? Calendar,
    IReadOnlyList<SlaPause>? PauseOn,
    IReadOnlyDictionary<CasePriority, SlaTimesBody>? ByPriority
);

public sealed record SlaTimesBody(string? FirstResponse, string? NextResponse, string? Resolution);

public sealed record PresenceBody(PresenceState? State);

/// <param name="Since">Null: they never said.</param>
public sealed record PresenceView(string AgentId, PresenceState State, Instant? Since);
