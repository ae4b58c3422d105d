using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>When the next warning or breach of each target is to be told; null: nothing is.</summary>
public sealed record SlaAlerts(Instant? FirstResponse = null, Instant? NextResponse = null, Instant? Resolution = null)
{
    public Instant? this[SlaTarget target] =>
        target switch
        {
            SlaTarget.FirstResponse => FirstResponse,
            SlaTarget.NextResponse => NextResponse,
            _ => Resolution,
        };

    public SlaAlerts With(SlaTarget target, Instant? at) =>
        target switch
        {
            SlaTarget.FirstResponse => this with { FirstResponse = at },
            SlaTarget.NextResponse => this with { NextResponse = at },
            _ => this with { Resolution = at },
        };
}

/// <summary>Something that is to be told of a clock.</summary>
/// <param name="IsBreach">Whether the time is over; else four fifths of it are.</param>
/// <param name="At">When that was.</param>
public sealed record SlaAlert(SlaTarget Target, bool IsBreach, Instant At, Instant DueAt);
