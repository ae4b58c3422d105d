using OmniIoT.Devices.Time;
using OmniIoT.Ports;
using OmniIoT.Ports.Live;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>The change log: what the transaction made true, in order.</summary>
internal sealed class ChangeWriter(DatabaseConnection connection, TimeProvider time, int keptChanges) : IChangeWriter
{
    /// <summary>Old changes go in portions, so that no commit pays for many.</summary>
    private const int TrimEvery = 1_000;

    private readonly Statement _insert = connection.Prepare(
        "INSERT INTO changes (at, kind, customer_id, device_id, json) VALUES ($1, $2, $3, $4, $5)"
    );
    private readonly Statement _trim = connection.Prepare("DELETE FROM changes WHERE sequence <= $1");
    private readonly Statement _erase = connection.Prepare("DELETE FROM changes WHERE customer_id = $1");

    private List<Change> _changes = [];
    private int _sinceTrim;

    public void Add(string kind, string? customerId, string? deviceId, byte[] json)
    {
        Instant at = time.Now();
        _insert.Bind(at.UnixMilliseconds).Bind(kind).Bind(customerId).Bind(deviceId).Bind(json).Run();
        _changes.Add(new Change(connection.LastInsertRowId, at, kind, customerId, deviceId, json));
    }

    public void Erase(string customerId)
    {
        _erase.Bind(customerId).Run();
        _changes.RemoveAll(change => change.CustomerId == customerId);
    }

    /// <summary>The changes of this transaction; called last in it.</summary>
    public IReadOnlyList<Change> Take()
    {
        if (_changes.Count == 0)
            return [];
        List<Change> taken = _changes;
        _changes = [];
        _sinceTrim += taken.Count;
        if (_sinceTrim >= Math.Min(TrimEvery, keptChanges))
        {
            _trim.Bind(taken[^1].Sequence - keptChanges).Run();
            _sinceTrim = 0;
        }
        return taken;
    }
}
