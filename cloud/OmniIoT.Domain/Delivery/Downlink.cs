using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Delivery;

/// <summary>
/// A message that leaves for a device or an app over MQTT: a row of the outbox, written in the commit that caused it,
/// published afterwards, at least once.
/// </summary>
public sealed record Downlink
{
    /// <summary>Key of the row, orders by time.</summary>
    public required string Id { get; init; }

    /// <summary>The grain to tell how it went.</summary>
    public required EntityId Target { get; init; }

    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    public required bool Retain { get; init; }

    /// <summary>
    /// What it carries, in the grain's words: <c>command:ID</c>, <c>message:ID</c>, <c>offer:ID</c>, <c>desired:VERSION</c>; a session
    /// that holds it already does not take it again.
    /// </summary>
    public required string Reference { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>Not sent after this; null never expires.</summary>
    public required Instant? ExpiresAt { get; init; }

    /// <summary>
    /// For who hears changes only: how the payload differs from the one before, as a JSON merge patch (RFC 7386); null where that means
    /// nothing.
    /// </summary>
    public byte[]? Change { get; init; }
}
