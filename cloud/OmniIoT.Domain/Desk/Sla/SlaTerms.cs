using OmniIoT.Domain.Desk.Calendars;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>What holds for one case or conversation: its times, and by whose clock they run.</summary>
/// <param name="Policy">The id of the policy that says so; null: none does.</param>
public sealed record SlaTerms(string? Policy, SlaTimes Times, WorkingCalendar Calendar, IReadOnlyList<SlaPause> PauseOn)
{
    /// <summary>Of a policy that names nothing.</summary>
    public static IReadOnlyList<SlaPause> DefaultPauses { get; } = [SlaPause.Pending, SlaPause.Snoozed];

    /// <summary>Nothing is promised.</summary>
    public static SlaTerms None { get; } = new(null, new SlaTimes(), WorkingCalendar.Always, DefaultPauses);

    /// <param name="state">Null: none in which a clock may stand still.</param>
    public bool PausesIn(SlaPause? state) => state is { } pause && PauseOn.Contains(pause);
}
