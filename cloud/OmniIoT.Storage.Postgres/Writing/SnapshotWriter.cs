using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// Snapshots, whose versions are compared and set. A commit trusts what it expects and compares as it writes; the rare one that met
/// another version is done again by looking first (<see cref="Load"/>), to learn which of its units are conflicts.
/// </summary>
internal sealed class SnapshotWriter(CommitWork work) : ISnapshotWriter
{
    private const string Look = "SELECT id, version FROM grains WHERE id = ANY($1) ORDER BY id FOR UPDATE";

    private const string Create = """
        WITH saved AS (
            INSERT INTO grains (id, state, facts, due_at, version)
            SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[]) ON CONFLICT (id) DO NOTHING RETURNING 1)
        SELECT require_saved(count(*), $6) FROM saved
        """;

    private const string Save = """
        WITH saved AS (
            UPDATE grains SET state = new.state, facts = coalesce(new.facts, grains.facts), due_at = new.due_at, version = new.version
            FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[])
                AS new (id, state, facts, due_at, version, expected)
            WHERE grains.id = new.id AND grains.version = new.expected RETURNING 1)
        SELECT require_saved(count(*), $7) FROM saved
        """;

    private const string SaveHistory =
        "INSERT INTO grains (id, state, version) VALUES ($1, $2, 1) ON CONFLICT (id) DO UPDATE SET state = excluded.state";

    private readonly SortedDictionary<string, Pending> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _stored = new(StringComparer.Ordinal);
    private bool _looked;

    /// <summary>Adds the statement that reads, and holds, the versions of the units' snapshots.</summary>
    public void Load(IEnumerable<CommitUnit> units)
    {
        _looked = true;
        string[] ids = [.. units.SelectMany(unit => unit.Effects).OfType<SaveGrain>().Select(save => save.Id.ToString()).Distinct()];
        work.Batch.Add(Look, [ids], row => _stored[row.GetString(0)] = row.GetInt64(1));
    }

    /// <summary>Whether it is known that the effect rests on another version than the stored one.</summary>
    public bool IsStale(Effect effect)
    {
        if (effect is not SaveGrain save)
            return false;
        string id = save.Id.ToString();
        if (_pending.TryGetValue(id, out Pending? pending))
            return pending.Version != save.ExpectedVersion;
        return _stored.TryGetValue(id, out long stored) ? stored != save.ExpectedVersion : _looked && save.ExpectedVersion != 0;
    }

    public void Put(SaveGrain effect)
    {
        string id = effect.Id.ToString();
        _pending.TryGetValue(id, out Pending? before);
        _pending[id] = new Pending(
            effect.State,
            effect.Facts ?? before?.Facts,
            effect.DueAt,
            before?.Expected ?? effect.ExpectedVersion,
            effect.ExpectedVersion + 1
        );
        if (effect.History is { } history)
            work.Batch.Add(SaveHistory, HistoryId(effect.Id), history);
    }

    /// <summary>No entity's: their ids begin otherwise.</summary>
    public static string HistoryId(EntityId id) => "history:" + id;

    /// <summary>What was saved before is compared all the same.</summary>
    public void Delete(EntityId id)
    {
        Drain();
        work.Batch.Add("DELETE FROM grains WHERE id = $1", id.ToString());
        work.Batch.Add("DELETE FROM grains WHERE id = $1", HistoryId(id));
        _stored[id.ToString()] = 0;
    }

    /// <summary>Adds the statements that save, and that end the transaction when another version is stored.</summary>
    public void Drain()
    {
        Drain(Create, [.. _pending.Where(pending => pending.Value.Expected == 0)], withExpected: false);
        Drain(Save, [.. _pending.Where(pending => pending.Value.Expected != 0)], withExpected: true);
        foreach ((string id, Pending pending) in _pending)
            _stored[id] = pending.Version;
        _pending.Clear();
    }

    private void Drain(string sql, KeyValuePair<string, Pending>[] saves, bool withExpected)
    {
        if (saves.Length == 0)
            return;
        List<object> parameters =
        [
            Array.ConvertAll(saves, save => save.Key),
            Array.ConvertAll(saves, save => save.Value.State.ToArray()),
            Array.ConvertAll(saves, save => save.Value.Facts),
            Array.ConvertAll(saves, save => save.Value.DueAt?.UnixMilliseconds),
            Array.ConvertAll(saves, save => save.Value.Version),
        ];
        if (withExpected)
            parameters.Add(Array.ConvertAll(saves, save => save.Value.Expected));
        parameters.Add((long)saves.Length);
        work.Batch.Add(sql, [.. parameters], static _ => { });
    }

    private sealed record Pending(ReadOnlyMemory<byte> State, byte[]? Facts, Instant? DueAt, long Expected, long Version);
}
