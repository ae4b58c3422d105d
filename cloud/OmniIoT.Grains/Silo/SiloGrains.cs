using OmniIoT.Grains.Abstractions;
using Orleans;

namespace OmniIoT.Grains.Silo;

/// <inheritdoc cref="IGrains"/>
internal sealed class SiloGrains(IGrainFactory factory) : IGrains
{
    public IDeviceGrain Device(string id) => factory.GetGrain<IDeviceGrain>(id);

    public ICustomerGrain Customer(string id) => factory.GetGrain<ICustomerGrain>(id);
}
