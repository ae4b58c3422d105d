using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>What waits to leave, and what could not be understood on arrival.</summary>
internal sealed class OutboxWriter(CommitWork work) : IOutboxWriter
{
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Adds the statement that reads which of the downlinks that the units claim still wait.</summary>
    public void Load(IEnumerable<CommitUnit> units)
    {
        string[] claimed =
        [
            .. units.SelectMany(unit => unit.Effects).OfType<Dequeue>().Where(claim => claim.IsClaim).Select(claim => claim.DownlinkId),
        ];
        if (claimed.Length > 0)
            work.Batch.Add("SELECT id FROM outbox WHERE id = ANY($1)", [claimed], row => _waiting.Add(row.GetString(0)));
    }

    /// <summary>Whether the effect claims a downlink that somebody else took out.</summary>
    public bool IsStale(Effect effect) => effect is Dequeue { IsClaim: true } claim && !_waiting.Contains(claim.DownlinkId);

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

    public void Dequeue(string downlinkId)
    {
        work[Tables.Outbox].Delete(downlinkId);
        _waiting.Remove(downlinkId);
    }

    public void DeleteOf(EntityId target, string reference) =>
        work.Batch.Add("DELETE FROM outbox WHERE target = $1 AND reference = $2", target.ToString(), reference);

    /// <summary>Whomever it waits for.</summary>
    public void DeleteBeginning(string reference) =>
        work.Batch.Add("DELETE FROM outbox WHERE substr(reference, 1, length($1)) = $1", reference);

    public void DeleteOf(EntityId target) => work[Tables.Outbox].DeleteWhere("target", target.ToString());

    public void Append(DeadLetter letter) =>
        work[Tables.DeadLetters].Append(letter.Id, letter.At.UnixMilliseconds, letter.Principal, Json.Write(letter));

    public void DeleteDeadLetters(EntityId principal) => work[Tables.DeadLetters].DeleteWhere("principal", principal.ToString());
}
