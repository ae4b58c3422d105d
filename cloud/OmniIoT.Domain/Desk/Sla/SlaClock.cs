using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>
/// When a case or a conversation must have been answered and solved, and what became of that. Immutable; what happens gives the next.
/// It stands still while it is paused or stopped: what is due is then as it was, and moves on by the working time that passed meanwhile.
/// </summary>
public sealed record SlaClock
{
    /// <summary>Nothing is promised, and nobody answered yet.</summary>
    public static SlaClock None { get; } = new() { Alerts = new SlaAlerts() };

    /// <summary>The id of the policy that it runs by; null: none.</summary>
    public string? Policy { get; init; }

    public Instant? FirstResponseDueAt { get; init; }

    /// <summary>When the customer's last words must have been answered; null while nothing waits for an answer but the first.</summary>
    public Instant? NextResponseDueAt { get; init; }

    public Instant? ResolutionDueAt { get; init; }

    /// <summary>When a person of the company first answered the customer; null while nobody did.</summary>
    public Instant? FirstRespondedAt { get; init; }

    /// <summary>What was not kept, each once.</summary>
    public IReadOnlyList<SlaTarget> Breached { get; init; } = [];

    /// <summary>Since when the clock stands still because somebody waits; null while it runs.</summary>
    public Instant? PausedAt { get; init; }

    /// <summary>Since when it is over: resolved or closed.</summary>
    [Inner]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? StoppedAt { get; init; }

    /// <summary>How much working time it stood still before.</summary>
    [Inner]
    public long PausedMilliseconds { get; init; }

    /// <summary>Null where it was written before anything was told.</summary>
    [Inner]
    public SlaAlerts? Alerts { get; init; }

    [JsonIgnore]
    private bool StandsStill => PausedAt is not null || StoppedAt is not null;

    /// <summary>When <see cref="SlaClockMoves.Check"/> has something to tell next; null while nothing will be.</summary>
    [JsonIgnore]
    public Instant? NextAlertAt
    {
        get
        {
            if (StandsStill)
                return null;
            SlaAlerts alerts = OwnAlerts;
            Instant?[] all = [alerts.FirstResponse, alerts.NextResponse, alerts.Resolution];
            return all.Min();
        }
    }

    public Instant? DueAt(SlaTarget target) =>
        target switch
        {
            SlaTarget.FirstResponse => FirstResponseDueAt,
            SlaTarget.NextResponse => NextResponseDueAt,
            _ => ResolutionDueAt,
        };

    /// <summary>When the next of what still runs is due; null: nothing does.</summary>
    [JsonIgnore]
    public Instant? NextDueAt
    {
        get
        {
            Instant?[] all = [FirstRespondedAt is null ? FirstResponseDueAt : null, NextResponseDueAt, ResolutionDueAt];
            return StoppedAt is null ? all.Min() : null;
        }
    }

    internal SlaAlerts OwnAlerts => Alerts ?? new SlaAlerts(FirstRespondedAt is null ? FirstResponseDueAt : null, null, ResolutionDueAt);

    internal SlaClock With(SlaTarget target, Instant? dueAt, Instant? alertAt)
    {
        SlaClock changed = this with { Alerts = OwnAlerts.With(target, alertAt) };
        return target switch
        {
            SlaTarget.FirstResponse => changed with { FirstResponseDueAt = dueAt },
            SlaTarget.NextResponse => changed with { NextResponseDueAt = dueAt },
            _ => changed with { ResolutionDueAt = dueAt },
        };
    }
}
