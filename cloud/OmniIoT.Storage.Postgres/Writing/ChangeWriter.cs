using OmniIoT.Devices.Time;
using OmniIoT.Ports.Live;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// The change log: what the transaction makes true, in order. Numbers are given last of all, from a row that no other commit gets
/// before this one is durable.
/// </summary>
internal sealed class ChangeWriter(CommitWork work, Instant now, ChangeTrim trim) : IChangeWriter
{
    private const string Number = "UPDATE change_count SET last = last + $1 WHERE id = 1 RETURNING last";

    private const string Insert = """
        INSERT INTO changes (sequence, at, kind, customer_id, device_id, json)
        SELECT (SELECT last FROM change_count WHERE id = 1) - $1 + place, $2, kind, customer_id, device_id, json
        FROM unnest($3::text[], $4::text[], $5::text[], $6::bytea[]) WITH ORDINALITY AS changed (kind, customer_id, device_id, json, place)
        """;

    /// <summary>Both ends are given, because the planner takes a single one, unknown to it, for a third of the table.</summary>
    private const string Trim = "DELETE FROM changes WHERE sequence BETWEEN 1 AND (SELECT last FROM change_count WHERE id = 1) - $1";

    private readonly List<(Change Change, NewRow? Row)> _pending = [];
    private long _last;

    /// <summary>Whether some changes happened only if rows turn out to be new.</summary>
    public bool AwaitsRows { get; private set; }

    public void Add(string kind, string? customerId, string? deviceId, byte[] json) =>
        _pending.Add((new Change(0, now, kind, customerId, deviceId, json), null));

    /// <summary>Adds a change that happened if a row turns out to be new; null: it is known not to be.</summary>
    public void AddIfNew(NewRow? row, string kind, string? customerId, string? deviceId, byte[] json)
    {
        if (row is null)
            return;
        AwaitsRows = true;
        _pending.Add((new Change(0, now, kind, customerId, deviceId, json), row));
    }

    public void Erase(string customerId)
    {
        work.Batch.Add("DELETE FROM changes WHERE customer_id = $1", customerId);
        _pending.RemoveAll(pending => pending.Change.CustomerId == customerId);
    }

    /// <summary>Adds the statements that log the changes, once rows are known.</summary>
    /// <returns>The changes; they have their numbers once the batch was sent.</returns>
    public Func<IReadOnlyList<Change>> Log()
    {
        Change[] changes = [.. _pending.Where(pending => pending.Row?.IsNew ?? true).Select(pending => pending.Change)];
        if (changes.Length == 0)
            return static () => [];
        long count = changes.Length;
        work.Batch.Add(Number, [count], row => _last = row.GetInt64(0));
        work.Batch.Add(
            Insert,
            count,
            now.UnixMilliseconds,
            changes.Select(change => change.Kind).ToArray(),
            changes.Select(change => change.CustomerId).ToArray(),
            changes.Select(change => change.DeviceId).ToArray(),
            changes.Select(change => change.Json.ToArray()).ToArray()
        );
        if (trim.IsDue(changes.Length))
            work.Batch.Add(Trim, trim.Kept);
        return () => [.. changes.Select((change, i) => change with { Sequence = _last - count + 1 + i })];
    }
}
