using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Words of the company that wait for a provider.</summary>
internal sealed class OutgoingWriter(CommitWork work) : IOutgoingWriter
{
    private readonly Dictionary<string, long> _tries = new(StringComparer.Ordinal);

    /// <summary>Adds the statement that reads how often what the units begin was begun before.</summary>
    public void Load(IEnumerable<CommitUnit> units)
    {
        string[] begun = [.. units.SelectMany(unit => unit.Effects).OfType<BeginSending>().Select(begin => begin.MessageId)];
        if (begun.Length > 0)
            work.Batch.Add(
                "SELECT message_id, tries FROM outgoing_messages WHERE message_id = ANY($1)",
                [begun],
                row => _tries[row.GetString(0)] = row.GetInt64(1)
            );
    }

    /// <summary>Whether the effect begins what somebody else began, or what waits no more.</summary>
    public bool IsStale(Effect effect) =>
        effect is BeginSending begin && !(_tries.TryGetValue(begin.MessageId, out long tries) && tries == begin.Tries);

    public void Append(OutgoingMessage message) =>
        work[Tables.Outgoing]
            .Append(
                message.MessageId,
                message.ConversationId,
                message.CustomerId,
                message.Channel,
                Json.Write(message),
                message.CreatedAt.UnixMilliseconds
            );

    public void Begin(BeginSending begin)
    {
        work.Drain();
        work.Batch.Add("UPDATE outgoing_messages SET state = 'sending', tries = tries + 1 WHERE message_id = $1", begin.MessageId);
        _tries.Remove(begin.MessageId);
    }

    public void Postpone(SendLater later)
    {
        work.Drain();
        work.Batch.Add(
            "UPDATE outgoing_messages SET state = 'waiting', next_at = $1 WHERE message_id = $2",
            later.NextAt.UnixMilliseconds,
            later.MessageId
        );
    }

    public void End(EndSending end) => work[Tables.Outgoing].Delete(end.MessageId);

    public void Erase(string customerId) => work[Tables.Outgoing].DeleteWhere("customer_id", customerId);
}
