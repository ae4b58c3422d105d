using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Changes on their way to other systems; a trigger of the log writes them.</summary>
internal sealed class DeliveryWriter(CommitWork work) : IDeliveryWriter
{
    private const string Everything = "*";

    /// <summary>What may be missing comes as an array of one.</summary>
    private const string NoteSql = """
        UPDATE change_deliveries SET state = $1, attempts = attempts + 1, tried_at = $2, status_code = ($3::bigint[])[1],
            error = ($4::text[])[1], next_at = ($5::bigint[])[1]
        WHERE id = $6 AND state = 'waiting'
        """;

    private const string AgainSql = "UPDATE change_deliveries SET state = 'waiting', attempts = 0, next_at = $1, since = $1 WHERE id = $2";

    public void Listen(ListenToChanges listen)
    {
        work.Batch.Add("DELETE FROM change_listeners WHERE system = $1", listen.System);
        work.Batch.Add(
            "INSERT INTO change_listeners (system, pattern) SELECT $1, unnest($2::text[])",
            listen.System,
            listen.Patterns.DefaultIfEmpty(Everything).ToArray()
        );
    }

    public void Note(NoteDelivery note) =>
        work.Batch.Add(
            NoteSql,
            EnumText<DeliveryState>.Of(note.State),
            note.At.UnixMilliseconds,
            new[] { (long?)note.StatusCode },
            new[] { note.Error },
            new[] { note.NextAt?.UnixMilliseconds },
            note.Id
        );

    public void Redeliver(Redeliver again) => work.Batch.Add(AgainSql, again.At.UnixMilliseconds, again.Id);

    public void Drop(DropDeliveries drop) =>
        work.Batch.Add("DELETE FROM change_deliveries WHERE state <> 'waiting' AND tried_at < $1", drop.Before.UnixMilliseconds);

    public void Erase(string customerId) => work.Batch.Add("DELETE FROM change_deliveries WHERE customer_id = $1", customerId);
}
