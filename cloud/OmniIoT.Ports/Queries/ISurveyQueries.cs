using OmniIoT.Devices.Time;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Ports.Queries;

/// <summary>What customers were asked, and said.</summary>
public interface ISurveyQueries
{
    /// <summary>The question that a page shows; null: there is none.</summary>
    ValueTask<SurveyRequest?> FindAsync(string token, CancellationToken cancellationToken);

    /// <summary>Answers with words, the newest first.</summary>
    ValueTask<Page<SurveyRequest>> SaidAsync(SaidFilter filter, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>Which answers are meant; null does not restrict.</summary>
/// <param name="From">From then on.</param>
/// <param name="To">Before then.</param>
public sealed record SaidFilter(Instant From, Instant To)
{
    public string? Channel { get; init; }

    /// <summary>An id.</summary>
    public string? Theme { get; init; }
}
