using System.Text.Json.Serialization;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Api.Devices;

/// <param name="Model">Id of its model, which must exist.</param>
/// <param name="CustomerId">Who owns it.</param>
/// <param name="SiteId">Where it stands.</param>
/// <param name="Name">For people, at most 200 characters.</param>
/// <param name="Maintenance">Whether somebody works on it: its alarms open no case and tell nobody meanwhile. Missing: false.</param>
[AlsoTakes("id", "createdAt", "connected", "lastSeenAt", "health")]
public sealed record DeviceBody(string? Model, string? CustomerId, string? SiteId, string? Name, bool? Maintenance)
{
    /// <summary>What a device is asked, once the body was found right.</summary>
    internal RegisterDevice ToRequest(int? expectedVersion) =>
        new(Model!, Query.Empty(CustomerId), Query.Empty(SiteId), Name, expectedVersion, Maintenance: Maintenance ?? false);
}

/// <summary>What is answered to a registration.</summary>
public sealed record DeviceStored
{
    public required string Id { get; init; }

    /// <summary>Only when the device was created: nobody can read it again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Secret { get; init; }

    public required string Model { get; init; }

    public required string? CustomerId { get; init; }

    public required string? SiteId { get; init; }

    public required string? Name { get; init; }

    public required bool Maintenance { get; init; }

    public required Instant CreatedAt { get; init; }
}

/// <summary>A device's registration and how it is.</summary>
public sealed record DeviceView
{
    public required string Id { get; init; }

    public required string Model { get; init; }

    public required string? CustomerId { get; init; }

    public required string? SiteId { get; init; }

    public required string? Name { get; init; }

    public required bool Maintenance { get; init; }

    public required Instant CreatedAt { get; init; }

    public required bool Connected { get; init; }

    public required Instant? LastSeenAt { get; init; }

    public required Health Health { get; init; }

    public static DeviceView Of(DeviceRegistration device, TwinView? twin) =>
        new()
        {
            Id = device.Id,
            Model = device.Model,
            CustomerId = device.CustomerId,
            SiteId = device.SiteId,
            Name = device.Name,
            Maintenance = device.Maintenance,
            CreatedAt = device.CreatedAt,
            Connected = twin?.Connected ?? false,
            LastSeenAt = twin?.LastSeenAt,
            Health = twin?.Health ?? Health.Unknown,
        };
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
