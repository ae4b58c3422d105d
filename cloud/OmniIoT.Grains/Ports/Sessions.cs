using OmniIoT.Devices;
using OmniIoT.Domain;

namespace OmniIoT.Grains.Ports;

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
    string ClientId, GrainId? Principal, byte ProtocolVersion, TimeSpan Expiry, Instant? DisconnectedAt, StoredWill? Will = null);

/// <summary>The will of a session that is kept.</summary>
/// <param name="Properties">Encoded MQTT 5.0 will properties, the delay among them; empty when none.</param>
/// <param name="DueAt">When it is to be published; null while the client is connected (or when the process ended while it was).</param>
public sealed record StoredWill(string Topic, byte[] Payload, byte Qos, bool Retain, byte[] Properties, Instant? DueAt);

/// <param name="Options">The subscription options byte of MQTT 5.0 (QoS, no local, retain as published, retain handling).</param>
/// <param name="Identifier">Subscription identifier; 0 none.</param>
public sealed record StoredSubscription(string Filter, byte Options, uint Identifier);

/// <summary>Where an outgoing message stands.</summary>
public enum StoredMessageState : byte { Queued, InFlight, Released }

/// <summary>A QoS 1 or 2 message on its way to a session.</summary>
/// <param name="Order">Rises within the session.</param>
/// <param name="Properties">Encoded MQTT 5.0 properties; empty when none.</param>
/// <param name="PacketIdentifier">0 while queued.</param>
public sealed record StoredMessage(
    long Order, string Topic, byte[] Payload, byte Qos, bool Retain, byte[] Properties, Instant? ExpiresAt,
    ushort PacketIdentifier, StoredMessageState State, string? Reference);

public sealed record RetainedMessage(string Topic, byte[] Payload, byte Qos, byte[] Properties, Instant StoredAt, Instant? ExpiresAt);

/// <summary>What the gateway remembers over a restart. It is written by the effects below.</summary>
public interface ISessionStore
{
    ValueTask<IReadOnlyList<StoredSession>> SessionsAsync(CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<StoredSubscription>> SubscriptionsAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>In order.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>Packet identifiers of QoS 2 messages that were received and not released.</summary>
    ValueTask<IReadOnlyList<ushort>> ReceivedAsync(string clientId, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancellationToken);
}

public sealed record PutSession(StoredSession Session) : Effect;

/// <summary>Removes the session with its subscriptions, messages and packet identifiers.</summary>
public sealed record DeleteSession(string ClientId) : Effect;

public sealed record PutSubscription(string ClientId, StoredSubscription Subscription) : Effect;

public sealed record DeleteSubscription(string ClientId, string Filter) : Effect;

/// <summary>Creates or replaces by client id and order.</summary>
public sealed record PutSessionMessage(string ClientId, StoredMessage Message) : Effect;

public sealed record DeleteSessionMessage(string ClientId, long Order) : Effect;

/// <summary>Remembers a QoS 2 message as received, so that a repetition has no effect.</summary>
public sealed record RememberReceived(string ClientId, ushort PacketIdentifier) : Effect;

public sealed record ForgetReceived(string ClientId, ushort PacketIdentifier) : Effect;

/// <summary>Sets the retained message of a topic; an empty payload removes it.</summary>
public sealed record PutRetained(RetainedMessage Message) : Effect;
