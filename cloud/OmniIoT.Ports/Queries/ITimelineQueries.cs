using OmniIoT.Domain.Timeline;

namespace OmniIoT.Ports.Queries;

/// <summary><see cref="Kinds"/> and <see cref="Channel"/> restrict when given; <see cref="CaseId"/> restricts to one case.</summary>
/// <param name="Text">Each word of it begins a word of the title or the text.</param>
public sealed record TimelineFilter(
    string? CustomerId,
    IReadOnlyList<string>? Kinds = null,
    string? Channel = null,
    string? CaseId = null,
    string? Text = null
)
{
    /// <summary>
    /// Only what lies within; null does not restrict. A page may then have fewer entries than were asked for though more follow, and the
    /// whole is not counted.
    /// </summary>
    public Bounds? Within { get; init; }
}

public interface ITimelineQueries
{
    /// <summary>Newest first, by <see cref="TimelineEntry.At"/>, then by id.</summary>
    ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken);
}
