using OmniIoT.Domain;

namespace OmniIoT.Sql.Writing;

/// <summary>Snapshots of grains.</summary>
internal interface ISnapshotWriter
{
    void Delete(EntityId id);
}
