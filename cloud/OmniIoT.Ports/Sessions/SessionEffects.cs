using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Ports.Sessions;

public sealed record PutSession(StoredSession Session) : Effect;

/// <summary>Removes the session with its subscriptions, messages and packet identifiers.</summary>
public sealed record DeleteSession(string ClientId) : Effect;

public sealed record PutSubscription(string ClientId, StoredSubscription Subscription) : Effect;

public sealed record DeleteSubscription(string ClientId, string Filter) : Effect;

/// <summary>Creates or replaces by client id and order.</summary>
public sealed record PutSessionMessage(string ClientId, StoredMessage Message) : Effect;

public sealed record DeleteSessionMessage(string ClientId, long Order) : Effect;

/// <summary>
/// Remembers a QoS 2 message as received, in the place of what had its packet identifier, so that a repetition has no effect.
/// </summary>
/// <param name="Fingerprint">See <see cref="ReceivedMessage"/>.</param>
/// <param name="Outcome">As far as it is decided.</param>
public sealed record RememberReceived(
    string ClientId,
    ushort PacketIdentifier,
    long? Fingerprint = null,
    MessageOutcome Outcome = MessageOutcome.Accepted
) : Effect;

public sealed record ForgetReceived(string ClientId, ushort PacketIdentifier) : Effect;

/// <summary>Sets the retained message of a topic; an empty payload removes it.</summary>
public sealed record PutRetained(RetainedMessage Message) : Effect;
