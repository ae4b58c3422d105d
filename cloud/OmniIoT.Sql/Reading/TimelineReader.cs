using OmniIoT.Domain.Search;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Sql.Searching;

namespace OmniIoT.Sql.Reading;

internal sealed class TimelineReader(ISqlReader sql, ITextIndex text) : ITimelineQueries
{
    public async ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken)
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
