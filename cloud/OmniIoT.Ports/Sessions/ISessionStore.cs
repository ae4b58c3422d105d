namespace OmniIoT.Ports.Sessions;

/// <summary>What the gateway remembers over a restart. It is written by the effects below.</summary>
public interface ISessionStore
{
    ValueTask<IReadOnlyList<StoredSession>> SessionsAsync(CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<StoredSubscription>> SubscriptionsAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>In order.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string clientId, CancellationToken cancellationToken);

    /// <summary>QoS 2 messages that are remembered as received, by their packet identifiers.</summary>
    ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(string clientId, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancellationToken);
}
