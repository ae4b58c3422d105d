using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class TimelineReader(ISqlReader sql, ITextIndex text) : ITimelineQueries
{
    /// <summary>Of what lies outside somebody's bounds, no more is read for one page.</summary>
    private const int MostReads = 20;

    private readonly BoundsReader _bounds = new(sql);

    public ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        filter.Within is { } bounds ? WithinAsync(filter, bounds, page, cancellationToken) : ReadAsync(filter, page, cancellationToken);

    private async ValueTask<Page<TimelineEntry>> WithinAsync(
        TimelineFilter filter,
        Bounds bounds,
        PageRequest page,
        CancellationToken cancellationToken
    )
    {
        List<TimelineEntry> found = [];
        string? next = page.Cursor;
        int reads = 0;
        do
        {
            // Only as many as are still missing, so that the cursor never passes over one.
            Page<TimelineEntry> part = await ReadAsync(filter, new PageRequest(next, page.Limit - found.Count), cancellationToken);
            IReadOnlyList<bool> within = await _bounds.AreWithinAsync([.. part.Items.Select(Subjects.Of)], bounds, cancellationToken);
            found.AddRange(part.Items.Where((_, i) => within[i]));
            next = part.Next;
        } while (next is not null && found.Count < page.Limit && ++reads < MostReads);
        return new Page<TimelineEntry>(found, next);
    }

    private async ValueTask<Page<TimelineEntry>> ReadAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        Select select = new Select("json", "timeline", Order.NewestFirst("at"))
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .In("kind", filter.Kinds)
            .Equal("channel", filter.Channel)
            .Equal("case_id", filter.CaseId);
        if (SearchQuery.Of(filter.Text) is { IsEmpty: false } query)
            select.Where(await text.SaysAsync(select, Searched.Timeline, query, cancellationToken));
        return await select.ReadAsync<TimelineEntry>(sql, page, cancellationToken);
    }
}
