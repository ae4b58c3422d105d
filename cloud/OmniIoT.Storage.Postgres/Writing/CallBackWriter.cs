using OmniIoT.Domain.Calls;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Promises to call customers back.</summary>
internal sealed class CallBackWriter(CommitWork commit) : ICallBackWriter
{
    public void Put(CallBack callBack) =>
        commit[Tables.CallBacks]
            .Put(
                callBack.Id,
                callBack.CustomerId,
                callBack.Queue,
                EnumText<CallBackStatus>.Of(callBack.Status),
                callBack.RequestedAt.UnixMilliseconds,
                Json.Write(callBack)
            );

    public void Erase(string customerId) => commit[Tables.CallBacks].DeleteWhere("customer_id", customerId);
}
