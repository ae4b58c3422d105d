using System.Buffers;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Snapshots, letters between grains, and telemetry on its way.</summary>
internal sealed class GrainWriter(DatabaseConnection connection) : IGrainWriter, ISnapshotWriter
{
    /// <summary>Staged telemetry of one row at most, so that a row stays far below what the engine takes.</summary>
    private const int StagedBytes = 1024 * 1024;

    private readonly Statement _create = connection.Prepare(
        "INSERT INTO grains (id, state, facts, due_at, version) VALUES ($1, $2, $3, $4, 1) ON CONFLICT (id) DO NOTHING"
    );
    private readonly Statement _save = connection.Prepare(
        "UPDATE grains SET state = $1, due_at = $2, version = version + 1 WHERE id = $3 AND version = $4"
    );
    private readonly Statement _saveWithFacts = connection.Prepare(
        "UPDATE grains SET state = $1, facts = $2, due_at = $3, version = version + 1 WHERE id = $4 AND version = $5"
    );

    // A row of its own: the engine writes a row whole, whatever of it changed.
    private readonly Statement _saveHistory = connection.Prepare(
        "INSERT INTO grains (id, state, version) VALUES ($1, $2, 1) ON CONFLICT (id) DO UPDATE SET state = excluded.state"
    );
    private readonly ArrayBufferWriter<byte> _staged = new(64 * 1024);
    private readonly Statement _stage = connection.Prepare("INSERT INTO telemetry_staged (block) VALUES ($1)");
    private readonly Statement _trim = connection.Prepare("DELETE FROM telemetry_staged WHERE position <= $1");
    private readonly Statement _tell = connection.Prepare("INSERT INTO letters (id, json) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING");
    private readonly Statement _told = connection.Prepare("DELETE FROM letters WHERE id = $1");
    private readonly Statement _deleteLetters = connection.Prepare(
        "DELETE FROM letters WHERE json_extract(CAST(json AS TEXT), '$.content.customerId') = $1"
    );
    private readonly Statement _deleteGrain = connection.Prepare("DELETE FROM grains WHERE id = $1");

    /// <summary>False when another version is stored than the decision rested on.</summary>
    public bool TrySave(SaveGrain effect)
    {
        string id = effect.Id.ToString();
        long? due = effect.DueAt?.UnixMilliseconds;
        int rows = effect switch
        {
            { ExpectedVersion: 0 } => _create.Bind(id).Bind(effect.State.Span).Bind(effect.Facts).Bind(due).Run(),
            { Facts: null } => _save.Bind(effect.State.Span).Bind(due).Bind(id).Bind(effect.ExpectedVersion).Run(),
            _ => _saveWithFacts.Bind(effect.State.Span).Bind(effect.Facts).Bind(due).Bind(id).Bind(effect.ExpectedVersion).Run(),
        };
        if (rows == 1 && effect.History is { } history)
            _saveHistory.Bind(HistoryId(effect.Id)).Bind(history).Run();
        return rows == 1;
    }

    /// <summary>No entity's: their ids begin otherwise.</summary>
    public static string HistoryId(EntityId id) => "history:" + id;

    /// <summary>The readings of a commit lie in few rows, however many devices sent them.</summary>
    public void Stage(AppendTelemetry effect)
    {
        _staged.Write(effect.Block.Span);
        if (_staged.WrittenCount >= StagedBytes)
            WriteStaged();
    }

    /// <summary>Called last in a transaction.</summary>
    public void WriteStaged()
    {
        if (_staged.WrittenCount == 0)
            return;
        _stage.Bind(_staged.WrittenSpan).Run();
        _staged.ResetWrittenCount();
    }

    public void Trim(TrimStagedTelemetry effect) => _trim.Bind(effect.Position).Run();

    public void Put(Tell effect) => _tell.Bind(effect.Letter.Id).Bind(Json.Write(effect.Letter)).Run();

    /// <summary>What a customer was to hear of their devices.</summary>
    public void DeleteLetters(string customerId) => _deleteLetters.Bind(customerId).Run();

    public void Remove(Told effect) => _told.Bind(effect.LetterId).Run();

    public void Delete(EntityId id)
    {
        _deleteGrain.Bind(id.ToString()).Run();
        _deleteGrain.Bind(HistoryId(id)).Run();
    }
}
