using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

internal sealed class TimelineWriter(CommitWork work, ChangeWriter changes) : ITimelineWriter
{
    public void Append(TimelineEntry entry)
    {
        byte[] json = Json.Write(entry);
        NewRow? row = work[Tables.Timeline]
            .Append(
                entry.Id,
                entry.CustomerId,
                entry.At.UnixMilliseconds,
                entry.Kind,
                entry.Channel,
                entry.Refs.CaseId,
                SearchTexts.Of(entry),
                json
            );
        changes.AddIfNew(row, entry.Kind, entry.CustomerId, entry.Refs.DeviceId, json);
    }

    public void Erase(string customerId) => work[Tables.Timeline].DeleteWhere("customer_id", customerId);
}
