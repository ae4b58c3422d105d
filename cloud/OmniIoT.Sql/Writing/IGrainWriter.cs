using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Staged telemetry and letters of grains.</summary>
internal interface IGrainWriter
{
    void Stage(AppendTelemetry effect);
    void Trim(TrimStagedTelemetry effect);
    void Put(Tell effect);
    void Remove(Told effect);

    /// <summary>What grains tell each other of a customer: their words may stand in it.</summary>
    void DeleteLetters(string customerId);
}
