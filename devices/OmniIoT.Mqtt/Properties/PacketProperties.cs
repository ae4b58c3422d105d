using System.Collections.Immutable;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Properties;

/// <summary>
/// The properties of a 5.0 packet, decoded. Null (or empty) means absent, in which case 5.0's default holds. Which
/// property may stand in which packet is checked in both directions.
/// </summary>
public sealed partial record PacketProperties
{
    /// <summary>No property at all.</summary>
    public static PacketProperties None { get; } = new();

    /// <summary>0 unspecified bytes (default), 1 UTF-8 text.</summary>
    public byte? PayloadFormatIndicator { get; init; }

    /// <summary>Seconds until the message is worthless; absent: never.</summary>
    public uint? MessageExpiryIntervalSeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>One at most in SUBSCRIBE, one per matching subscription in a PUBLISH from the server; 1 to 268,435,455.</summary>
    public ImmutableArray<int> SubscriptionIdentifiers { get; init; } = [];

    /// <summary>Seconds that the session outlives its connection; absent: 0; 0xFFFFFFFF: for ever.</summary>
    public uint? SessionExpiryIntervalSeconds { get; init; }

    public string? AssignedClientIdentifier { get; init; }

    /// <summary>Seconds; replaces what the client asked for.</summary>
    public ushort? ServerKeepAliveSeconds { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? RequestProblemInformation { get; init; }

    /// <summary>Seconds; absent: 0.</summary>
    public uint? WillDelayIntervalSeconds { get; init; }

    /// <summary>Absent: false.</summary>
    public bool? RequestResponseInformation { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? ReasonString { get; init; }

    /// <summary>QoS 1 and 2 messages the sender of this packet takes at once, 1 to 65,535; absent: 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    /// <summary>Absent: 0, no alias.</summary>
    public ushort? TopicAliasMaximum { get; init; }

    public ushort? TopicAlias { get; init; }

    /// <summary>0 or 1; absent: 2.</summary>
    public QualityOfService? MaximumQos { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? RetainAvailable { get; init; }

    public ImmutableArray<UserProperty> UserProperties { get; init; } = [];

    /// <summary>Bytes of a whole packet, at least 1; absent: no limit.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? WildcardSubscriptionAvailable { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? SubscriptionIdentifierAvailable { get; init; }

    /// <summary>Absent: true.</summary>
    public bool? SharedSubscriptionAvailable { get; init; }
}
