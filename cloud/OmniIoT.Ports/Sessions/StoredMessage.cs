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
/// <param name="Order">Rises within the session.</param>
/// <param name="Properties">Encoded MQTT 5.0 properties; empty when none.</param>
/// <param name="PacketIdentifier">0 while queued.</param>
public sealed record StoredMessage(
    long Order,
    string Topic,
    byte[] Payload,
    byte Qos,
    bool Retain,
    byte[] Properties,
    Instant? ExpiresAt,
    ushort PacketIdentifier,
    StoredMessageState State,
    string? Reference
);

public sealed record RetainedMessage(string Topic, byte[] Payload, byte Qos, byte[] Properties, Instant StoredAt, Instant? ExpiresAt);
