using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Staged telemetry and letters of grains.</summary>
internal interface IGrainWriter
{
    void Stage(AppendTelemetry effect);
    void Trim(TrimStagedTelemetry effect);
    void Put(Tell effect);
    void Remove(Told effect);
    void DeleteNotices(string customerId);
}
