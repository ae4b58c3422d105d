namespace OmniIoT.Ports.Sessions;

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
