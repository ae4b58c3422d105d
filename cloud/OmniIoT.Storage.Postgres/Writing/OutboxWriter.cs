using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>What waits to leave, and what could not be understood on arrival.</summary>
internal sealed class OutboxWriter(CommitWork work)
{
    public void Enqueue(Downlink downlink) =>
        work[Tables.Outbox]
            .Append(
                downlink.Id,
                downlink.Target.ToString(),
                downlink.Topic,
                downlink.Payload,
                downlink.Retain ? 1L : 0L,
                downlink.Reference,
                downlink.CreatedAt.UnixMilliseconds,
                downlink.ExpiresAt?.UnixMilliseconds,
                downlink.Change
            );

    public void Dequeue(string downlinkId) => work[Tables.Outbox].Delete(downlinkId);

    public void DeleteOf(EntityId target) =>
        work[Tables.Outbox].DeleteWhere("target", target.ToString());

    public void Append(DeadLetter letter) =>
        work[Tables.DeadLetters]
            .Append(letter.Id, letter.At.UnixMilliseconds, letter.Principal, Json.Write(letter));

    public void DeleteDeadLetters(EntityId principal) =>
        work[Tables.DeadLetters].DeleteWhere("principal", principal.ToString());
}
