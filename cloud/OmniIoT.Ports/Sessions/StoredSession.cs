using OmniIoT.Devices.Time;
using OmniIoT.Domain;

namespace OmniIoT.Ports.Sessions;

/// <summary>An MQTT session that outlives its connection.</summary>
/// <param name="ClientId">
/// The session's key, here and in the effects below: principal, slash, client id (<c>device:press-7/abc</c>; <c>/abc</c> in
/// laboratory mode), so that principals may use the same client ids.
/// </param>
/// <param name="Principal">Who owns it; null in laboratory mode.</param>
/// <param name="Expiry">How long it is kept after the connection ended; <see cref="TimeSpan.MaxValue"/> never ends.</param>
/// <param name="DisconnectedAt">Null while connected (or when the process ended while it was).</param>
/// <param name="Will">What is to be published unless the client says goodbye, or is back in time; null nothing.</param>
public sealed record StoredSession(
    string ClientId,
    EntityId? Principal,
    byte ProtocolVersion,
    TimeSpan Expiry,
    Instant? DisconnectedAt,
    StoredWill? Will = null
);

/// <summary>The will of a session that is kept.</summary>
/// <param name="Properties">Encoded MQTT 5.0 will properties, the delay among them; empty when none.</param>
/// <param name="DueAt">When it is to be published; null while the client is connected (or when the process ended while it was).</param>
public sealed record StoredWill(string Topic, byte[] Payload, byte Qos, bool Retain, byte[] Properties, Instant? DueAt);

/// <param name="Options">The subscription options byte of MQTT 5.0 (QoS, no local, retain as published, retain handling).</param>
/// <param name="Identifier">Subscription identifier; 0 none.</param>
public sealed record StoredSubscription(string Filter, byte Options, uint Identifier);
