using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects;

/// <summary>
/// Another vendor's words for what our own topics say. What a client says in it is turned into messages of our own topics before a
/// grain sees it; what grains send down is said again in its words, to who speaks it. Rights need no look at the names within it:
/// whatever a client says reaches grains of its own principal only, whatever it subscribes to is its own principal's; what lies below
/// another's root is refused, and what the dialect itself knows to be another's. One instance serves all connections.
/// </summary>
internal interface IDialect
{
    /// <summary>Whether a topic, or the part of a filter that topics are matched with, is one of its words for this principal.</summary>
    bool Speaks(PrincipalScope scope, ReadOnlySpan<byte> topic);

    /// <summary>
    /// The highest QoS that a subscription in its words is granted; a client that publishes in them at a higher one is closed.
    /// </summary>
    byte MaximumQos { get; }

    /// <summary>A client that asks for a longer keep-alive is given this one.</summary>
    TimeSpan MaximumKeepAlive => TimeSpan.MaxValue;

    /// <summary>Judges credentials that are said in its way; null when these are not.</summary>
    ValueTask<SignIn?> SignInAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken) =>
        ValueTask.FromResult<SignIn?>(null);

    /// <summary>The connection has its session, and nothing has been sent yet.</summary>
    /// <param name="isPresent">Whether the session is one that it had before.</param>
    void Opened(Connection connection, bool isPresent) { }

    /// <summary>
    /// Takes a message within the read burst: adds what it means to the connection's batch with the acknowledgement it is owed, or
    /// leaves a <see cref="PendingRequest"/> with the connection.
    /// </summary>
    void Publish(Connection connection, in IncomingMessage message, ushort packetIdentifier);

    /// <summary>Publishes a will that is said in its words.</summary>
    ValueTask PublishWillAsync(Session session, WillMessage will);

    /// <summary>The connection has subscribed to a filter in its words; SUBACK is on its way.</summary>
    ValueTask SubscribedAsync(Connection connection, SessionSubscription subscription);

    /// <summary>Says a downlink in its words; nothing when it has none for it, or nobody listens.</summary>
    IEnumerable<Utterance> Say(Downlink downlink);

    /// <summary>The connection is at its end.</summary>
    ValueTask EndedAsync(Connection connection);

    /// <summary>Whether a connection is told a downlink once only, however often it is handed over: at QoS 0 nothing else tells.</summary>
    bool SaysOnce => false;

    /// <summary>Whether principals of that kind that sign in with their id and secret may speak it.</summary>
    bool IsForNativeSignIn(EntityKind kind) => false;

    /// <summary>The gateway is about to take connections; sessions are restored.</summary>
    ValueTask StartedAsync() => ValueTask.CompletedTask;

    /// <summary>The gateway is about to end its connections.</summary>
    ValueTask StoppingAsync() => ValueTask.CompletedTask;

    /// <summary>A beat of the gateway's heart, one a second; waits for nothing.</summary>
    void Beat(Instant now) { }
}

/// <summary>A downlink in other words.</summary>
/// <param name="Principal">Whose sessions hear it.</param>
/// <param name="Qos">0 or 1; at 1 a session that is away keeps it.</param>
internal sealed record Utterance(EntityId Principal, string Topic, ReadOnlyMemory<byte> Payload, QualityOfService Qos, bool Retain = false);
