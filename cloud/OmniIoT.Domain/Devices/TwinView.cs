using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;

namespace OmniIoT.Domain.Devices;

/// <summary>How well a device is: its highest active severity, <c>ok</c> without alarms, <c>unknown</c> before its first message.</summary>
public enum Health
{
    Unknown,
    Ok,
    Warning,
    Minor,
    Major,
    Critical,
}

/// <summary>What is known of a device now, as everyone outside sees it.</summary>
/// <param name="Version">Of the desired properties; rises by one with every change and is the entity tag.</param>
/// <param name="ReportedVersion">Of the reported properties; rises by one with every change. For devices: the public view does not show
/// it.</param>
public sealed record TwinView(
    string DeviceId,
    bool Connected,
    Instant? LastSeenAt,
    JsonObject Reported,
    JsonObject Desired,
    int Version,
    [property: JsonIgnore] int ReportedVersion,
    IReadOnlyDictionary<string, TwinValue> Values,
    TwinLocation? Location,
    Health Health,
    IReadOnlyList<Alarm> Alarms
);

/// <summary>The newest value of a metric and its device time.</summary>
public sealed record TwinValue(JsonNode? Value, Instant At);

public sealed record TwinLocation(double Lat, double Lon, double? Accuracy, Instant At);
