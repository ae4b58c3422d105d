using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Snapshots, letters between grains, and telemetry on its way.</summary>
internal sealed class GrainWriter(Connection connection)
{
    private readonly Statement _save = connection.Prepare("""
        INSERT INTO grains (id, state, due_at) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at
        """);
    private readonly Statement _stage = connection.Prepare("INSERT INTO telemetry_staged (block) VALUES ($1)");
    private readonly Statement _trim = connection.Prepare("DELETE FROM telemetry_staged WHERE position <= $1");
    private readonly Statement _tell = connection.Prepare(
        "INSERT INTO letters (id, json) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING");
    private readonly Statement _told = connection.Prepare("DELETE FROM letters WHERE id = $1");
    private readonly Statement _deleteGrain = connection.Prepare("DELETE FROM grains WHERE id = $1");

    public void Save(SaveGrain effect) =>
        _save.Bind(effect.Id.ToString()).Bind(effect.State.Span).Bind(effect.DueAt?.UnixMilliseconds).Run();

    public void Stage(AppendTelemetry effect) => _stage.Bind(effect.Block.Span).Run();

    public void Trim(TrimStagedTelemetry effect) => _trim.Bind(effect.Position).Run();

    public void Put(Tell effect) => _tell.Bind(effect.Letter.Id).Bind(Json.Write(effect.Letter)).Run();

    public void Remove(Told effect) => _told.Bind(effect.LetterId).Run();

    public void Delete(EntityId id) => _deleteGrain.Bind(id.ToString()).Run();
}
