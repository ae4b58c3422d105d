using OmniIoT.Domain.Timeline;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

internal sealed class TimelineWriter(DatabaseConnection connection, ChangeWriter changes, WordWriter words) : ITimelineWriter
{
    private readonly Statement _append = connection.Prepare(
        """
        INSERT INTO timeline (id, customer_id, at, kind, channel, case_id, json) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO NOTHING
        """
    );
    private readonly Statement _erase = connection.Prepare("DELETE FROM timeline WHERE customer_id = $1");

    public void Append(TimelineEntry entry)
    {
        byte[] json = Json.Write(entry);
        int added = _append
            .Bind(entry.Id)
            .Bind(entry.CustomerId)
            .Bind(entry.At.UnixMilliseconds)
            .Bind(entry.Kind)
            .Bind(entry.Channel)
            .Bind(entry.Refs.CaseId)
            .Bind(json)
            .Run();
        if (added == 0)
            return;
        words.Append(entry);
        changes.Add(entry.Kind, entry.CustomerId, entry.Refs.DeviceId, json);
    }

    public void Erase(string customerId)
    {
        _erase.Bind(customerId).Run();
        words.EraseTimeline(customerId);
    }
}
