using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Reading;

internal sealed class TimelineReader(ReaderPool readers) : ITimelineQueries
{
    public ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new(new Select("json", "timeline", Order.NewestFirst("at"))
            .In("customer_id", Members.Of(readers, filter.CustomerId))
            .In("kind", filter.Kinds)
            .Equal("channel", filter.Channel)
            .Equal("case_id", filter.CaseId)
            .Read<TimelineEntry>(readers, page));
}
