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
public sealed record TwinView
{
    public required string DeviceId { get; init; }

    public required bool Connected { get; init; }

    public required Instant? LastSeenAt { get; init; }

    public required JsonObject Reported { get; init; }

    public required JsonObject Desired { get; init; }

    /// <summary>Of the desired properties; rises by one with every change and is the entity tag.</summary>
    public required int Version { get; init; }

    /// <summary>Of the reported properties; rises by one with every change. For devices: the public view does not show it.</summary>
    [JsonIgnore]
    public int ReportedVersion { get; init; }

    public required IReadOnlyDictionary<string, TwinValue> Values { get; init; }

    public required TwinLocation? Location { get; init; }

    public required Health Health { get; init; }

    public required IReadOnlyList<Alarm> Alarms { get; init; }
}

/// <summary>The newest value of a metric and its device time.</summary>
public sealed record TwinValue(JsonNode? Value, Instant At);

public sealed record TwinLocation(double Lat, double Lon, double? Accuracy, Instant At);
