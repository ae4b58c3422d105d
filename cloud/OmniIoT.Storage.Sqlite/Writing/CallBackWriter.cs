using OmniIoT.Domain.Calls;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Promises to call customers back.</summary>
internal sealed class CallBackWriter(DatabaseConnection connection) : ICallBackWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO callbacks (id, customer_id, queue, status, requested_at, json) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, queue = excluded.queue, status = excluded.status,
            requested_at = excluded.requested_at, json = excluded.json
        """
    );
    private readonly Statement _erase = connection.Prepare("DELETE FROM callbacks WHERE customer_id = $1");

    public void Put(CallBack callBack) =>
        _put.Bind(callBack.Id)
            .Bind(callBack.CustomerId)
            .Bind(callBack.Queue)
            .Bind(EnumText<CallBackStatus>.Of(callBack.Status))
            .Bind(callBack.RequestedAt.UnixMilliseconds)
            .Bind(Json.Write(callBack))
            .Run();

    public void Erase(string customerId) => _erase.Bind(customerId).Run();
}
