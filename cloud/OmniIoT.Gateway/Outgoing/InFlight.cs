namespace OmniIoT.Gateway.Outgoing;

/// <summary>A message that the client has not acknowledged.</summary>
/// <param name="Entry">Null when nobody could ever ask for it again: the session ends with its connection.</param>
/// <param name="IsReleased">QoS 2: PUBREC came, PUBCOMP is awaited.</param>
internal readonly record struct InFlight(OutboundEntry? Entry, byte Qos, bool IsReleased, string? Reference);
