using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Cases;

/// <summary>
/// How soon, by priority, where the queue's own policy says nothing; at every hour, and not while it waits for the customer.
/// </summary>
public static class CaseSlaTargets
{
    private static readonly IReadOnlyList<SlaPause> Pauses = [SlaPause.Pending];

    public static SlaTerms For(CasePriority priority)
    {
        (double response, double resolution) hours = priority switch
        {
            CasePriority.Urgent => (0.25, 4),
            CasePriority.High => (1, 24),
            CasePriority.Normal => (4, 72),
            _ => (24, 168),
        };
        return new SlaTerms(null, new SlaTimes(Span(hours.response), Resolution: Span(hours.resolution)), WorkingCalendar.Always, Pauses);
    }

    private static WorkingSpan Span(double hours) => new(0, TimeSpan.FromHours(hours));
}
