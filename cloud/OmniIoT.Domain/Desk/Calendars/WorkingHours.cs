using System.Collections.Frozen;

namespace OmniIoT.Domain.Desk.Calendars;

/// <summary>Hours of some days of the week on the wall clock.</summary>
/// <param name="From">Since midnight, inclusive.</param>
/// <param name="To">Since midnight, exclusive; at most 24 h, always after <paramref name="From"/>.</param>
public sealed record WorkingHours(FrozenSet<DayOfWeek> Days, TimeSpan From, TimeSpan To)
{
    public bool Contains(TimeSpan timeOfDay) => timeOfDay >= From && timeOfDay < To;
}
