using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>What is not done, beside the case or the conversation that it is of.</summary>
internal sealed class WorkWriter(CommitWork commit)
{
    /// <param name="work">Null: it is done.</param>
    public void Put(WorkKind kind, string id, Work? work)
    {
        if (work is null)
            commit[Tables.Work].Delete(EnumText<WorkKind>.Of(kind), id);
        else
            commit[Tables.Work]
                .Put(
                    EnumText<WorkKind>.Of(kind),
                    id,
                    work.CustomerId,
                    work.Queue,
                    work.Channel,
                    work.Assignee,
                    work.IsActive ? 1L : 0L,
                    work.WaitingSince?.UnixMilliseconds,
                    work.OfferedAt?.UnixMilliseconds,
                    work.AlertAt?.UnixMilliseconds,
                    Json.Write(work)
                );
    }

    /// <summary>Removes what a customer has; their cases are written anew, without them.</summary>
    public void Erase(string customerId) => commit[Tables.Work].DeleteWhere("customer_id", customerId);
}
