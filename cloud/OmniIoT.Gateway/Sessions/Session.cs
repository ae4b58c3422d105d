using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// An MQTT session: subscriptions, received QoS 2 packet identifiers (Session.Incoming.cs) and messages on their way out
/// (Session.Outgoing.cs). It outlives its connection when persistent. Its lock is taken before an output's, never after.
/// </summary>
internal sealed partial class Session(SessionParts parts, PrincipalScope scope, string clientId)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionSubscription> _subscriptions = new(StringComparer.Ordinal);
    private Connection? _online;

    public string Key { get; } = SessionKey.Of(scope.Principal, clientId);

    public string ClientId { get; } = clientId;

    public PrincipalScope Scope { get; } = scope;

    public ProtocolVersion Version { get; set; } = ProtocolVersion.V311;

    /// <summary>What its client speaks besides our own topics.</summary>
    public DialectSet Dialects { get; set; } = DialectSet.None;

    /// <summary>How long it is kept without a connection. Zero: it ends with its connection and is not in storage.</summary>
    public TimeSpan Expiry { get; set; }

    public bool IsPersistent => Expiry > TimeSpan.Zero;

    /// <summary>Whether storage knows it. Guarded by the registry's lock.</summary>
    public bool IsStored { get; set; }

    /// <summary>The connection that CONNECT gave the session to. Guarded by the registry's lock.</summary>
    public Connection? Owner { get; set; }

    /// <summary>Null while it has a connection. Guarded by the registry's lock.</summary>
    public Instant? DisconnectedAt { get; set; }

    /// <summary>The will of its connection, or one whose delay runs. Guarded by the registry's lock.</summary>
    public DelayedWill? Will { get; set; }

    /// <summary>Whether it can be sent something now.</summary>
    public bool IsOnline => Volatile.Read(ref _online) is not null;

    /// <summary>The output of its connection when that can hardly keep up; else null.</summary>
    public ConnectionOutput? Congestion => Volatile.Read(ref _online) is { Output: { IsCongested: true } output } ? output : null;

    /// <summary>Ended for good; what is still on its way to it goes nowhere.</summary>
    public bool IsEnded { get; private set; }

    public bool HasSubscriptions
    {
        get
        {
            lock (_lock)
                return _subscriptions.Count > 0;
        }
    }

    public StoredSession ToStored() => new(Key, Scope.Principal, (byte)Version, Expiry, DisconnectedAt, Will?.ToStored());

    public int SubscriptionCount
    {
        get
        {
            lock (_lock)
                return _subscriptions.Count;
        }
    }

    public bool IsSubscribed(string filter)
    {
        lock (_lock)
            return _subscriptions.ContainsKey(filter);
    }

    /// <summary>Whether one of its subscriptions can receive messages down to its principal.</summary>
    public bool CanReceiveDownlinks
    {
        get
        {
            lock (_lock)
                return _subscriptions.Values.Any(subscription => Scope.CanReceiveDownlinks(subscription.Filter));
        }
    }

    public void Subscribe(SessionSubscription subscription)
    {
        lock (_lock)
        {
            if (IsEnded)
                return;
            _subscriptions[subscription.Filter.Value] = subscription;
            Scope.Subscriptions.Put(subscription);
        }
    }

    /// <summary>False when there was none.</summary>
    public bool Unsubscribe(string filter)
    {
        lock (_lock)
        {
            if (!_subscriptions.Remove(filter, out SessionSubscription? subscription))
                return false;
            Scope.Subscriptions.Remove(subscription);
            return true;
        }
    }

    /// <summary>Lets a subscription match nothing until <see cref="Resume"/>, though it is there; false when it is not.</summary>
    public bool Suspend(string filter)
    {
        lock (_lock)
            return _subscriptions.TryGetValue(filter, out SessionSubscription? subscription) && Scope.Subscriptions.Remove(subscription);
    }

    public void Resume(string filter)
    {
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(filter, out SessionSubscription? subscription))
                Scope.Subscriptions.Put(subscription);
        }
    }

    /// <summary>From now on nothing is sent over <paramref name="connection"/>.</summary>
    public void GoOffline(Connection connection)
    {
        lock (_lock)
        {
            if (_online == connection)
                Volatile.Write(ref _online, null);
        }
    }

    /// <summary>It could not be told something: its connection ends, so that it takes up where storage has it when it is back.</summary>
    public void Fail() => Volatile.Read(ref _online)?.End(ConnectionEnd.Failed);

    /// <summary>Forgets everything.</summary>
    public void End()
    {
        lock (_lock)
        {
            IsEnded = true;
            Volatile.Write(ref _online, null);
            foreach (SessionSubscription subscription in _subscriptions.Values)
                Scope.Subscriptions.Remove(subscription);
            _subscriptions.Clear();
            ClearOutgoing();
        }
    }
}
