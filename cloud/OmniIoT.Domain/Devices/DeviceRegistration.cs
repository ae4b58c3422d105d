using OmniIoT.Devices.Time;

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
)
{
    /// <summary>Whether somebody works on it: its alarms are raised and kept, but open no case and tell nobody.</summary>
    public bool Maintenance { get; init; }
}
