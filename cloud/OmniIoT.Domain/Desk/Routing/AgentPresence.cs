using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Routing;

public enum PresenceState
{
    /// <summary>Gets new work.</summary>
    Available,

    /// <summary>Is there, and gets nothing new.</summary>
    Busy,

    /// <summary>Is there, but not at the desk; gets nothing new.</summary>
    Away,

    /// <summary>Is not there.</summary>
    Offline,
}

/// <summary>Whether an agent is there. Immutable.</summary>
/// <param name="Since">Since when.</param>
public sealed record AgentPresence(string AgentId, PresenceState State, Instant Since)
{
    /// <summary>The session in which they said so; with its end they are gone. Null: somebody said it for them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SessionId { get; init; }

    /// <summary>The process that their event stream is open at; null: none was opened since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Process { get; init; }

    /// <summary>When the last of their event streams ended; null: one is open, or none ever was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? LeftAt { get; init; }

    /// <summary>Until when their time was counted; null: since they said so it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? CountedTo { get; init; }

    // Whoever is there is counted each quarter of an hour: what goes far beyond was an outage, and nobody's work.
    private static readonly TimeSpan LongestStretch = TimeSpan.FromMinutes(20);

    /// <summary>Whether the time counts as work.</summary>
    [JsonIgnore]
    public bool IsWork => State is PresenceState.Available or PresenceState.Busy;

    /// <summary>What was worked and not counted, as of then; 0 to 20 minutes.</summary>
    public TimeSpan Uncounted(Instant now)
    {
        Instant from = CountedTo ?? Since;
        if (!IsWork || now <= from)
            return TimeSpan.Zero;
        return now - from < LongestStretch ? now - from : LongestStretch;
    }

    public AgentPresence End(Instant now) => new(AgentId, PresenceState.Offline, now);
}
