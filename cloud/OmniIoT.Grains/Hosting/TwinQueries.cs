using OmniIoT.Domain;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Grains.Hosting;

/// <inheritdoc cref="ITwinQueries"/>
public sealed class TwinQueries(IGrainStore grains, CatalogKeeper catalogs, Incarnation incarnation) : ITwinQueries
{
    public async ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken)
    {
        if (await grains.LoadAsync(GrainId.Device(deviceId), cancellationToken) is not { } snapshot) return null;
        Catalog catalog = catalogs.Current;
        return DeviceTwin.View(DeviceState.Read(snapshot, model => catalog.Models.GetValueOrDefault(model)), incarnation.Name);
    }
}
