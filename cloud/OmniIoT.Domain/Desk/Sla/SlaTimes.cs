using OmniIoT.Domain.Desk.Calendars;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>How soon; null: that is not promised.</summary>
public sealed record SlaTimes(WorkingSpan? FirstResponse = null, WorkingSpan? NextResponse = null, WorkingSpan? Resolution = null)
{
    /// <summary>These, where they say something, else the others.</summary>
    public SlaTimes Over(SlaTimes others) =>
        new(FirstResponse ?? others.FirstResponse, NextResponse ?? others.NextResponse, Resolution ?? others.Resolution);
}
