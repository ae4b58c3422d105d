using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Storage in memory that outlives a gateway: what was committed is there after a restart, and nothing else.</summary>
internal sealed class MemoryStore : ISessionStore, ICommitter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredSession> _sessions = [];
    private readonly Dictionary<(string, string), StoredSubscription> _subscriptions = [];
    private readonly SortedDictionary<(string Key, long Order), StoredMessage> _messages = [];
    private readonly Dictionary<(string Key, ushort Identifier), ReceivedMessage> _received = [];
    private readonly Dictionary<string, RetainedMessage> _retained = [];
    private readonly List<string> _dequeued = [];

    /// <summary>While set, nothing can be written.</summary>
    public bool IsFull { get; set; }

    public int Commits { get; private set; }

    public IReadOnlyList<StoredMessage> AllMessages
    {
        get
        {
            lock (_lock)
                return [.. _messages.Values];
        }
    }

    /// <summary>Downlinks that were taken out of the outbox in a commit of the gateway.</summary>
    public IReadOnlyList<string> Dequeued
    {
        get
        {
            lock (_lock)
                return [.. _dequeued];
        }
    }

    public IReadOnlyList<StoredSession> AllSessions
    {
        get
        {
            lock (_lock)
                return [.. _sessions.Values];
        }
    }

    public int ReceivedCount
    {
        get
        {
            lock (_lock)
                return _received.Count;
        }
    }

    /// <summary>What is there at this moment, as a crash would leave it.</summary>
    public MemoryStore Copy()
    {
        MemoryStore copy = new();
        lock (_lock)
        {
            foreach ((string key, StoredSession session) in _sessions)
                copy._sessions[key] = session;
            foreach (((string, string) key, StoredSubscription subscription) in _subscriptions)
                copy._subscriptions[key] = subscription;
            foreach (((string, long) key, StoredMessage message) in _messages)
                copy._messages[key] = message;
            foreach ((string topic, RetainedMessage message) in _retained)
                copy._retained[topic] = message;
            foreach (((string, ushort) key, ReceivedMessage message) in _received)
                copy._received[key] = message;
        }
        return copy;
    }

    public void Expect() { }

    public void Met() { }

    public void Commit(CommitUnit unit, ICommitObserver observer) =>
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                if (IsFull)
                {
                    observer.Failed(unit, new StorageUnavailableException("The disk is full."));
                    return;
                }
                Apply(unit.Effects);
                unit.Outcome = CommitOutcome.Committed;
                observer.Ended(unit);
            },
            null
        );

    public void Apply(IEnumerable<Effect> effects)
    {
        lock (_lock)
        {
            Commits++;
            foreach (Effect effect in effects)
                Apply(effect);
        }
    }

    public ValueTask<IReadOnlyList<StoredSession>> SessionsAsync(CancellationToken cancellationToken) => new(AllSessions);

    public ValueTask<IReadOnlyList<StoredSubscription>> SubscriptionsAsync(string clientId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new([.. _subscriptions.Where(entry => entry.Key.Item1 == clientId).Select(entry => entry.Value)]);
    }

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string clientId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new([.. _messages.Where(entry => entry.Key.Key == clientId).Select(entry => entry.Value)]);
    }

    public ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(string clientId, CancellationToken cancellationToken)
    {
        lock (_lock)
            return new([.. _received.Where(entry => entry.Key.Key == clientId).Select(entry => entry.Value)]);
    }

    public ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return new([.. _retained.Values]);
    }

    private void Apply(Effect effect)
    {
        switch (effect)
        {
            case PutSession put:
                _sessions[put.Session.ClientId] = put.Session;
                break;
            case DeleteSession delete:
                Delete(delete.ClientId);
                break;
            case PutSubscription put:
                _subscriptions[(put.ClientId, put.Subscription.Filter)] = put.Subscription;
                break;
            case DeleteSubscription delete:
                _subscriptions.Remove((delete.ClientId, delete.Filter));
                break;
            case PutSessionMessage put:
                _messages[(put.ClientId, put.Message.Order)] = put.Message;
                break;
            case DeleteSessionMessage delete:
                _messages.Remove((delete.ClientId, delete.Order));
                break;
            case RememberReceived remember:
                _received[(remember.ClientId, remember.PacketIdentifier)] = new(
                    remember.PacketIdentifier,
                    remember.Fingerprint,
                    remember.Outcome
                );
                break;
            case ForgetReceived forget:
                _received.Remove((forget.ClientId, forget.PacketIdentifier));
                break;
            case PutRetained { Message.Payload.Length: 0 } put:
                _retained.Remove(put.Message.Topic);
                break;
            case PutRetained put:
                _retained[put.Message.Topic] = put.Message;
                break;
            case Dequeue dequeue:
                _dequeued.Add(dequeue.DownlinkId);
                break;
            case RecordAudit:
                break; // The trail has tests of its own.
            default:
                throw new NotSupportedException($"{effect.GetType().Name} is no effect of the gateway.");
        }
    }

    private void Delete(string key)
    {
        _sessions.Remove(key);
        foreach ((string, string) subscription in _subscriptions.Keys.Where(entry => entry.Item1 == key).ToList())
            _subscriptions.Remove(subscription);
        foreach ((string, long) message in _messages.Keys.Where(entry => entry.Key == key).ToList())
            _messages.Remove(message);
        foreach ((string Key, ushort Identifier) received in _received.Keys.Where(entry => entry.Key == key).ToList())
            _received.Remove(received);
    }
}
