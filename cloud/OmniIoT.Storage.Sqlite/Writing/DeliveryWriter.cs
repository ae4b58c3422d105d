using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Changes on their way to other systems; a trigger of the log writes them.</summary>
internal sealed class DeliveryWriter(DatabaseConnection connection) : IDeliveryWriter
{
    private const string Everything = "*";

    private readonly Statement _forget = connection.Prepare("DELETE FROM change_listeners WHERE system = $1");
    private readonly Statement _listen = connection.Prepare("INSERT INTO change_listeners (system, pattern) VALUES ($1, $2)");
    private readonly Statement _note = connection.Prepare(
        """
        UPDATE change_deliveries SET state = $1, attempts = attempts + 1, tried_at = $2, status_code = $3, error = $4, next_at = $5
        WHERE id = $6 AND state = 'waiting'
        """
    );
    private readonly Statement _moveUp = connection.Prepare(
        """
        UPDATE change_deliveries SET next_at = $1 WHERE next_at IS NULL AND id = (
            SELECT next.id FROM change_deliveries ended JOIN change_deliveries next ON next.system = ended.system AND next.lane = ended.lane
            WHERE ended.id = $2 AND next.state = 'waiting' ORDER BY next.sequence LIMIT 1)
        """
    );
    private readonly Statement _hurry = connection.Prepare(
        "UPDATE change_deliveries SET next_at = $1 WHERE system = $2 AND state = 'waiting' AND next_at > $1"
    );
    private readonly Statement _again = connection.Prepare(
        "UPDATE change_deliveries SET state = 'waiting', attempts = 0, next_at = $1, since = $1 WHERE id = $2"
    );
    private readonly Statement _drop = connection.Prepare("DELETE FROM change_deliveries WHERE state <> 'waiting' AND tried_at < $1");
    private readonly Statement _erase = connection.Prepare("DELETE FROM change_deliveries WHERE customer_id = $1");

    public void Listen(ListenToChanges listen)
    {
        _forget.Bind(listen.System).Run();
        foreach (string pattern in listen.Patterns.DefaultIfEmpty(Everything))
            _listen.Bind(listen.System).Bind(pattern).Run();
    }

    public void Hurry(HurryDeliveries hurry) => _hurry.Bind(hurry.At.UnixMilliseconds).Bind(hurry.System).Run();

    public void Note(NoteDelivery note)
    {
        _note
            .Bind(EnumText<DeliveryState>.Of(note.State))
            .Bind(note.At.UnixMilliseconds)
            .Bind(note.StatusCode)
            .Bind(note.Error)
            .Bind(note.NextAt?.UnixMilliseconds)
            .Bind(note.Id)
            .Run();
        if (note.State is not DeliveryState.Waiting)
            _moveUp.Bind(note.At.UnixMilliseconds).Bind(note.Id).Run();
    }

    public void Redeliver(Redeliver again) => _again.Bind(again.At.UnixMilliseconds).Bind(again.Id).Run();

    public void Drop(DropDeliveries drop) => _drop.Bind(drop.Before.UnixMilliseconds).Run();

    public void Erase(string customerId) => _erase.Bind(customerId).Run();
}
