using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>What waits to leave, and what could not be understood on arrival.</summary>
internal sealed class OutboxWriter(DatabaseConnection connection) : IOutboxWriter
{
    private readonly Statement _enqueue = connection.Prepare(
        """
        INSERT INTO outbox (id, target, topic, payload, retain, reference, created_at, expires_at, change)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING
        """
    );
    private readonly Statement _dequeue = connection.Prepare("DELETE FROM outbox WHERE id = $1");
    private readonly Statement _find = connection.Prepare("SELECT 1 FROM outbox WHERE id = $1");
    private readonly Statement _deleteOf = connection.Prepare("DELETE FROM outbox WHERE target = $1");
    private readonly Statement _deadLetter = connection.Prepare(
        "INSERT INTO dead_letters (id, at, principal, json) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING"
    );
    private readonly Statement _deleteReferred = connection.Prepare("DELETE FROM outbox WHERE target = $1 AND reference = $2");
    private readonly Statement _deleteBeginning = connection.Prepare("DELETE FROM outbox WHERE substr(reference, 1, length($1)) = $1");
    private readonly Statement _deleteDeadLetters = connection.Prepare("DELETE FROM dead_letters WHERE principal = $1");

    public void Enqueue(Downlink downlink) =>
        _enqueue
            .Bind(downlink.Id)
            .Bind(downlink.Target.ToString())
            .Bind(downlink.Topic)
            .Bind(downlink.Payload)
            .Bind(downlink.Retain ? 1 : 0)
            .Bind(downlink.Reference)
            .Bind(downlink.CreatedAt.UnixMilliseconds)
            .Bind(downlink.ExpiresAt?.UnixMilliseconds)
            .Bind(downlink.Change)
            .Run();

    public void Dequeue(string downlinkId) => _dequeue.Bind(downlinkId).Run();

    /// <summary>Whether the effect claims a downlink that somebody else took out.</summary>
    public bool IsStale(Effect effect)
    {
        if (effect is not Domain.Effects.Dequeue { IsClaim: true } claim)
            return false;
        bool waits = _find.Bind(claim.DownlinkId).Step();
        _find.Reset();
        return !waits;
    }

    public void DeleteOf(EntityId target) => _deleteOf.Bind(target.ToString()).Run();

    public void DeleteOf(EntityId target, string reference) => _deleteReferred.Bind(target.ToString()).Bind(reference).Run();

    /// <summary>Whomever it waits for.</summary>
    public void DeleteBeginning(string reference) => _deleteBeginning.Bind(reference).Run();

    public void Append(DeadLetter letter) =>
        _deadLetter.Bind(letter.Id).Bind(letter.At.UnixMilliseconds).Bind(letter.Principal).Bind(Json.Write(letter)).Run();

    public void DeleteDeadLetters(EntityId principal) => _deleteDeadLetters.Bind(principal.ToString()).Run();
}
