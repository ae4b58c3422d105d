using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Devices;

/// <inheritdoc cref="ITwinQueries"/>
public sealed class TwinQueries(IGrainStore grains, CatalogKeeper catalogs, IProcesses processes) : ITwinQueries
{
    public async ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken)
    {
        if (await grains.LoadAsync(EntityId.Device(deviceId), cancellationToken) is not { } snapshot)
            return null;
        Catalog catalog = catalogs.Current;
        return DeviceTwin.View(
            DeviceState.Read(snapshot.State, snapshot.Facts, model => catalog.Models.GetValueOrDefault(model)),
            processes.IsLiving
        );
    }
}
