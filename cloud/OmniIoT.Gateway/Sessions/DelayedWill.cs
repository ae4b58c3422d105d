namespace OmniIoT.Gateway.Sessions;

/// <summary>A will that waits for its delay, or for the session's end if that comes first: MQTT5 [MQTT-3.1.3-9].</summary>
internal sealed record DelayedWill(WillMessage Message, Instant DueAt);
