using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// Changes on their way to other systems; a trigger of the log writes them. Who ends one looks for the next of its lane, and who writes one
/// whether another waits before it: neither may miss what the other does, so both hold the row that numbers changes. It is taken last.
/// </summary>
internal sealed class DeliveryWriter(CommitWork work) : IDeliveryWriter
{
    private const string Everything = "*";

    private const string Lock = "SELECT last FROM change_count WHERE id = 1 FOR UPDATE";

    /// <summary>What may be missing comes as an array of one.</summary>
    private const string NoteSql = """
        UPDATE change_deliveries SET state = $1, attempts = attempts + 1, tried_at = $2, status_code = ($3::bigint[])[1],
            error = ($4::text[])[1], next_at = ($5::bigint[])[1]
        WHERE id = $6 AND state = 'waiting'
        """;

    private const string MoveUp = """
        UPDATE change_deliveries SET next_at = $1 WHERE next_at IS NULL AND id = (
            SELECT next.id FROM change_deliveries ended JOIN change_deliveries next ON next.system = ended.system AND next.lane = ended.lane
            WHERE ended.id = $2 AND next.state = 'waiting' ORDER BY next.sequence LIMIT 1)
        """;

    private const string HurrySql = "UPDATE change_deliveries SET next_at = $1 WHERE system = $2 AND state = 'waiting' AND next_at > $1";

    private const string AgainSql = "UPDATE change_deliveries SET state = 'waiting', attempts = 0, next_at = $1, since = $1 WHERE id = $2";

    private readonly List<(string Sql, object[] Parameters)> _pending = [];
    private bool _ends;

    public void Listen(ListenToChanges listen)
    {
        Add("DELETE FROM change_listeners WHERE system = $1", listen.System);
        Add(
            "INSERT INTO change_listeners (system, pattern) SELECT $1, unnest($2::text[])",
            listen.System,
            listen.Patterns.DefaultIfEmpty(Everything).ToArray()
        );
    }

    public void Hurry(HurryDeliveries hurry) => Add(HurrySql, hurry.At.UnixMilliseconds, hurry.System);

    public void Note(NoteDelivery note)
    {
        Add(
            NoteSql,
            EnumText<DeliveryState>.Of(note.State),
            note.At.UnixMilliseconds,
            new[] { (long?)note.StatusCode },
            new[] { note.Error },
            new[] { note.NextAt?.UnixMilliseconds },
            note.Id
        );
        if (note.State is DeliveryState.Waiting)
            return;
        _ends = true;
        Add(MoveUp, note.At.UnixMilliseconds, note.Id);
    }

    public void Redeliver(Redeliver again) => Add(AgainSql, again.At.UnixMilliseconds, again.Id);

    public void Drop(DropDeliveries drop) =>
        Add("DELETE FROM change_deliveries WHERE state <> 'waiting' AND tried_at < $1", drop.Before.UnixMilliseconds);

    public void Erase(string customerId) => Add("DELETE FROM change_deliveries WHERE customer_id = $1", customerId);

    /// <summary>Hands what was gathered to the batch; the last before the changes.</summary>
    public void Drain()
    {
        if (_ends)
            work.Batch.Add(Lock, [], static _ => { });
        foreach ((string sql, object[] parameters) in _pending)
            work.Batch.Add(sql, parameters);
    }

    private void Add(string sql, params object[] parameters) => _pending.Add((sql, parameters));
}
