using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Delivery;

/// <summary>
/// A message that leaves for a device or an app over MQTT: a row of the outbox, written in the commit that caused it,
/// published afterwards, at least once.
/// </summary>
/// <param name="Id">Key of the row, orders by time.</param>
/// <param name="Target">The grain to tell how it went.</param>
/// <param name="Reference">What it carries, in the grain's words: <c>command:ID</c>, <c>message:ID</c>, <c>offer:ID</c>,
/// <c>desired:VERSION</c>; a session that holds it already does not take it again.</param>
/// <param name="ExpiresAt">Not sent after this; null never expires.</param>
/// <param name="Change">For who hears changes only: how the payload differs from the one before, as a JSON merge patch (RFC 7386); null
/// where that means nothing.</param>
public sealed record Downlink(
    string Id,
    EntityId Target,
    string Topic,
    byte[] Payload,
    bool Retain,
    string Reference,
    Instant CreatedAt,
    Instant? ExpiresAt,
    byte[]? Change = null
);
