using System.Text.Json.Serialization;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Api.Devices;

/// <param name="Model">Id of its model, which must exist.</param>
/// <param name="CustomerId">Who owns it.</param>
/// <param name="SiteId">Where it stands.</param>
/// <param name="Maintenance">Whether somebody works on it: its alarms open no case and tell nobody meanwhile. Missing: false.</param>
[AlsoTakes("id", "createdAt", "connected", "lastSeenAt", "health", "companion")]
public sealed record DeviceBody(string? Model, string? CustomerId, string? SiteId, string? Name, bool? Maintenance);

/// <summary>What is answered to a registration.</summary>
/// <param name="Secret">Only when the device was created: nobody can read it again.</param>
public sealed record DeviceStored(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret,
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    bool Maintenance,
    Instant CreatedAt
);

/// <summary>A device's registration and how it is.</summary>
public sealed record DeviceView(
    string Id,
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    bool Maintenance,
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
            device.Maintenance,
            device.CreatedAt,
            twin?.Connected ?? false,
            twin?.LastSeenAt,
            twin?.Health ?? Health.Unknown
        );
}

/// <summary>What a list of devices can be narrowed to.</summary>
public enum DeviceListState
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
    /// <summary>The severity of the worst alarm that a device in this state has; null when the state says nothing of alarms.</summary>
    public static Severity? Severity(this DeviceListState? state) =>
        state switch
        {
            DeviceListState.Warning => OmniIoT.Devices.Models.Severity.Warning,
            DeviceListState.Minor => OmniIoT.Devices.Models.Severity.Minor,
            DeviceListState.Major => OmniIoT.Devices.Models.Severity.Major,
            DeviceListState.Critical => OmniIoT.Devices.Models.Severity.Critical,
            _ => null,
        };

    /// <summary>Whether a device in this state has an active alarm; null when the state says nothing of alarms.</summary>
    public static bool? Alarmed(this DeviceListState? state) =>
        state switch
        {
            DeviceListState.Unknown or DeviceListState.Ok => false,
            _ => null,
        };

    /// <summary>Whether storage tells which devices are in the state; else each of their twins does.</summary>
    public static bool IsStored(this DeviceListState? state) => state is null || state.Severity() is not null;

    public static bool IsIn(this DeviceView device, DeviceListState? state) =>
        state switch
        {
            null => true,
            DeviceListState.Connected => device.Connected,
            DeviceListState.Disconnected => !device.Connected,
            DeviceListState.Unknown => device.Health == Health.Unknown,
            DeviceListState.Ok => device.Health == Health.Ok,
            DeviceListState.Warning => device.Health == Health.Warning,
            DeviceListState.Minor => device.Health == Health.Minor,
            DeviceListState.Major => device.Health == Health.Major,
            _ => device.Health == Health.Critical,
        };
}
