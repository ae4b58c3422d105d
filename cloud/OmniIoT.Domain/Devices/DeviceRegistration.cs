using OmniIoT.Devices;

namespace OmniIoT.Domain.Devices;

/// <summary>What people said of a device. The salted hash of its secret never leaves storage.</summary>
public sealed record DeviceRegistration(
    string Id,
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    Instant CreatedAt,
    int Version
);
