using System.Buffers;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Letters between grains, and telemetry on its way.</summary>
internal sealed class GrainWriter(CommitWork work, string lane) : IGrainWriter
{
    /// <summary>
    /// The lane's row counts on within the transaction, so that a position is given once, also after all blocks are gone.
    /// </summary>
    private const string Give = """
        INSERT INTO lanes (name, last) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET last = lanes.last + excluded.last
        """;

    private const string Insert = """
        INSERT INTO telemetry_staged (lane, position, block)
        SELECT $1, (SELECT last FROM lanes WHERE name = $1) - $2 + place, block
        FROM unnest($3::bytea[]) WITH ORDINALITY AS staged (block, place)
        """;

    /// <summary>Staged telemetry of one row at most, so that the mover reads it in portions.</summary>
    private const int StagedBytes = 1024 * 1024;

    private readonly List<byte[]> _blocks = [];
    private readonly ArrayBufferWriter<byte> _staged = new();

    /// <summary>The readings of a commit lie in few rows, however many devices sent them.</summary>
    public void Stage(AppendTelemetry effect)
    {
        _staged.Write(effect.Block.Span);
        if (_staged.WrittenCount >= StagedBytes)
            CloseBlock();
    }

    public void Trim(TrimStagedTelemetry effect) =>
        work.Batch.Add("DELETE FROM telemetry_staged WHERE lane = $1 AND position <= $2", lane, effect.Position);

    public void Put(Tell effect) => work[Tables.Letters].Append(effect.Letter.Id, Json.Write(effect.Letter));

    public void DeleteLetters(string customerId) =>
        work.Batch.Add("DELETE FROM letters WHERE convert_from(json, 'UTF8')::json #>> '{content,customerId}' = $1", customerId);

    public void Remove(Told effect) => work[Tables.Letters].Delete(effect.LetterId);

    /// <summary>Adds the statements that stage what was appended.</summary>
    public void Stage()
    {
        CloseBlock();
        if (_blocks.Count == 0)
            return;
        long count = _blocks.Count;
        work.Batch.Add(Give, lane, count);
        work.Batch.Add(Insert, lane, count, _blocks.ToArray());
    }

    private void CloseBlock()
    {
        if (_staged.WrittenCount == 0)
            return;
        _blocks.Add(_staged.WrittenSpan.ToArray());
        _staged.ResetWrittenCount();
    }
}
