using OmniIoT.Domain;

namespace OmniIoT.Grains.Abstractions;

/// <summary>Finds grains by what they stand for, wherever they live.</summary>
public interface IGrains
{
    IDeviceGrain Device(string id);

    ICustomerGrain Customer(string id);

    /// <summary>Whoever the id names.</summary>
    ICaseGrain Of(EntityId id) => id.Kind is EntityKind.Device ? Device(id.Key) : Customer(id.Key);
}
