using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>What is not done, beside the case or the conversation that it is of.</summary>
internal sealed class WorkWriter(DatabaseConnection connection)
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO work (kind, id, customer_id, queue, channel, assignee, active, waiting_since, offered_at, alert_at, json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (kind, id) DO UPDATE SET customer_id = excluded.customer_id, queue = excluded.queue, channel = excluded.channel,
            assignee = excluded.assignee, active = excluded.active, waiting_since = excluded.waiting_since,
            offered_at = excluded.offered_at, alert_at = excluded.alert_at, json = excluded.json
        """
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM work WHERE kind = $1 AND id = $2");
    private readonly Statement _erase = connection.Prepare("DELETE FROM work WHERE customer_id = $1");

    /// <param name="work">Null: it is done.</param>
    public void Put(WorkKind kind, string id, Work? work)
    {
        if (work is null)
        {
            _delete.Bind(EnumText<WorkKind>.Of(kind)).Bind(id).Run();
            return;
        }
        _put.Bind(EnumText<WorkKind>.Of(kind))
            .Bind(id)
            .Bind(work.CustomerId)
            .Bind(work.Queue)
            .Bind(work.Channel)
            .Bind(work.Assignee)
            .Bind(work.IsActive ? 1 : 0)
            .Bind(work.WaitingSince?.UnixMilliseconds)
            .Bind(work.OfferedAt?.UnixMilliseconds)
            .Bind(work.AlertAt?.UnixMilliseconds)
            .Bind(Json.Write(work))
            .Run();
    }

    /// <summary>Removes what a customer has; their cases are written anew, without them.</summary>
    public void Erase(string customerId) => _erase.Bind(customerId).Run();
}
