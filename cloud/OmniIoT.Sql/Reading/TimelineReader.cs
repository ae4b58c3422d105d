using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class TimelineReader(ISqlReader sql) : ITimelineQueries
{
    public async ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await new Select("json", "timeline", Order.NewestFirst("at"))
            .In("customer_id", await Members.OfAsync(sql, filter.CustomerId, cancellationToken))
            .In("kind", filter.Kinds)
            .Equal("channel", filter.Channel)
            .Equal("case_id", filter.CaseId)
            .ReadAsync<TimelineEntry>(sql, page, cancellationToken);
}
