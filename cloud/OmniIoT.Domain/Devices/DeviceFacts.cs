using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Domain.Devices;

/// <summary>The part of a device's state that seldom changes; stored as JSON behind the part that every message changes.</summary>
public sealed record DeviceFacts
{
    /// <summary>Shared by all devices without properties. A document is never changed: a patch makes a new one.</summary>
    private static readonly JsonObject NoProperties = [];

    public required DeviceRegistration Registration { get; init; }

    /// <summary>For texts about the device; null when it has no owner or the owner no name.</summary>
    public string? CustomerName { get; init; }

    public JsonObject Reported
    {
        get;
        init => field = Shared(value);
    } = NoProperties;

    /// <summary>Of <see cref="Reported"/>; rises by one with every change.</summary>
    public int ReportedVersion { get; init; }

    public JsonObject Desired
    {
        get;
        init => field = Shared(value);
    } = NoProperties;

    /// <summary>Of <see cref="Desired"/>.</summary>
    public int DesiredVersion { get; init; }

    public IReadOnlyList<DeviceConnection> Connections { get; init; } = [];

    /// <summary>The edge node that it is reached through, or that it is; null for a device that speaks for itself alone.</summary>
    public EdgeAttachment? Edge { get; init; }

    /// <summary>Active alarms; at most one of a type.</summary>
    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    /// <summary>Alarms that ended of late, the last at the end, which late readings may put right.</summary>
    public IReadOnlyList<Alarm> EndedAlarms { get; init; } = [];

    /// <summary>The case that is not resolved, if any.</summary>
    public Case? Case { get; init; }

    /// <summary>Types of the alarms that joined <see cref="Case"/>: their return is a relapse.</summary>
    public IReadOnlyList<string> CaseAlarmTypes { get; init; } = [];

    /// <summary>
    /// Device time since when the telemetry has been healthy while <see cref="Case"/> is verified, moved on by what was silence; null
    /// while it is not healthy.
    /// </summary>
    public Instant? HealthySince { get; init; }

    /// <summary>One for each entry of the model.</summary>
    public IReadOnlyList<MaintenanceClock> Maintenance { get; init; } = [];

    public IReadOnlyList<PendingRemedy> Remedies { get; init; } = [];

    public IReadOnlyList<DeviceCommand> Commands { get; init; } = [];

    /// <summary>Those that the device has not acknowledged, in the order they were sent.</summary>
    public IReadOnlyList<DeviceMessage> Messages { get; init; } = [];

    /// <summary>Of the commands and messages, those that wait in the outbox.</summary>
    public IReadOnlyList<DownlinkOnItsWay> OnTheirWay { get; init; } = [];

    /// <summary>The code by which a customer may make the device theirs; null: there never was one.</summary>
    public DeviceClaim? Claim { get; init; }

    /// <summary>Until when the device may register itself anew, once; null: it may not.</summary>
    public Instant? ReenrollableUntil { get; init; }

    private static JsonObject Shared(JsonObject properties) => properties.Count == 0 ? NoProperties : properties;
}

/// <summary>A connection of the device; of another run of the process it is gone.</summary>
public sealed record DeviceConnection(string ClientId, string Incarnation);

/// <summary>
/// Since when, and since which state of its counter, a maintenance is not done; below zero when the counter began anew since.
/// </summary>
public sealed record MaintenanceClock(string Type, Instant Since, double Usage);

/// <summary>A command that was sent to cure an alarm, before a case opens.</summary>
/// <param name="DueAt">In device time: when messages come, they tell how long it took.</param>
/// <param name="DueAtArrival">In our time, for a device that falls silent meanwhile.</param>
public sealed record PendingRemedy(string AlarmType, string Command, string CommandId, Instant DueAt, Instant DueAtArrival);
