using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Sessions;

/// <summary>Where an outgoing message stands.</summary>
public enum StoredMessageState : byte
{
    Queued,
    InFlight,
    Released,
}

/// <summary>A QoS 1 or 2 message on its way to a session.</summary>
public sealed record StoredMessage
{
    /// <summary>Rises within the session.</summary>
    public required long Order { get; init; }

    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    /// <summary>Encoded MQTT 5.0 properties; empty when none.</summary>
    public required byte[] Properties { get; init; }

    public required Instant? ExpiresAt { get; init; }

    /// <summary>0 while queued.</summary>
    public required ushort PacketIdentifier { get; init; }

    public required StoredMessageState State { get; init; }

    public required string? Reference { get; init; }
}

public sealed record RetainedMessage(string Topic, byte[] Payload, byte Qos, byte[] Properties, Instant StoredAt, Instant? ExpiresAt);
