using System.Text.Json.Serialization;
using OmniIoT.Devices;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Api.Devices;

/// <param name="Model">Id of its model, which must exist.</param>
/// <param name="CustomerId">Who owns it.</param>
/// <param name="SiteId">Where it stands.</param>
public sealed record DeviceBody(string? Model, string? CustomerId, string? SiteId, string? Name);

/// <summary>What is answered to a registration.</summary>
/// <param name="Secret">Only when the device was created: nobody can read it again.</param>
public sealed record DeviceStored(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret,
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    Instant CreatedAt
);

/// <summary>A device's registration and how it is.</summary>
public sealed record DeviceView(
    string Id,
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    Instant CreatedAt,
    bool Connected,
    Instant? LastSeenAt,
    Health Health
)
{
    public static DeviceView Of(DeviceRegistration device, TwinView? twin) =>
        new(
            device.Id,
            device.Model,
            device.CustomerId,
            device.SiteId,
            device.Name,
            device.CreatedAt,
            twin?.Connected ?? false,
            twin?.LastSeenAt,
            twin?.Health ?? Health.Unknown
        );
}

/// <summary>What a list of devices can be narrowed to.</summary>
public enum DeviceState
{
    Connected,
    Disconnected,
    Unknown,
    Ok,
    Warning,
    Minor,
    Major,
    Critical,
}

internal static class DeviceStates
{
    public static bool IsIn(this DeviceView device, DeviceState? state) =>
        state switch
        {
            null => true,
            DeviceState.Connected => device.Connected,
            DeviceState.Disconnected => !device.Connected,
            DeviceState.Unknown => device.Health == Health.Unknown,
            DeviceState.Ok => device.Health == Health.Ok,
            DeviceState.Warning => device.Health == Health.Warning,
            DeviceState.Minor => device.Health == Health.Minor,
            DeviceState.Major => device.Health == Health.Major,
            _ => device.Health == Health.Critical,
        };
}
