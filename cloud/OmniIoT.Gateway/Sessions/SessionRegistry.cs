using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Handlers;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Security;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// All sessions by key, and who owns them. Its lock is taken before a session's. What ends with time (sessions, delayed wills) is in
/// SessionRegistry.Due.cs.
/// </summary>
internal sealed partial class SessionRegistry(GatewayCore gateway)
{
    /// <summary>A client that lost the gateway is back within seconds; its will after a restart would be a false alarm.</summary>
    private static readonly TimeSpan RestartGrace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_lock)
                return _sessions.Count;
        }
    }

    /// <summary>
    /// Gives the connection its session: the one it had, or a new one. Whoever has it now loses it.
    /// </summary>
    /// <returns>Whether there was a session to resume.</returns>
    /// <exception cref="StorageUnavailableException">The session could not be written; the connection is to be refused.</exception>
    public async ValueTask<bool> OpenAsync(
        Connection connection,
        ConnectPacket packet,
        SignIn signIn,
        string clientId
    )
    {
        EntityId? principal = signIn.Principal;
        List<Effect> effects = [];
        List<(Session Session, WillMessage Will)> wills = [];
        Connection? previous;
        bool isPresent;
        lock (_lock)
        {
            _sessions.TryGetValue(SessionKey.Of(principal, clientId), out Session? existing);
            previous = existing?.Owner;
            isPresent = existing is { IsPersistent: true } && !packet.CleanStart; // MQTT5 [MQTT-3.1.2-4] [MQTT-3.1.2-5], MQTT311 [MQTT-3.1.2-4]
            if (existing is not null)
                existing.Will = null; // MQTT5 [MQTT-3.1.2-8] [MQTT-3.1.3-9]: a new connection in time ends a delayed will.
            if (existing is not null && !isPresent)
                Remove(existing, effects, wills);
            Session session = isPresent
                ? existing!
                : Add(new Session(gateway, gateway.Scopes.Enter(principal), clientId));
            session.Version = packet.Version;
            session.Dialect = signIn.Dialect;
            session.Expiry = ConnectTerms.SessionExpiry(packet, gateway.Options);
            session.DisconnectedAt = null;
            session.Owner = connection;
            session.Will = packet.Will is { } will ? new DelayedWill(will, null) : null;
            Store(session, effects);
            connection.Session = session;
        }
        if (previous is not null)
            await TakeOverAsync(previous);
        foreach ((Session session, WillMessage will) in wills)
            await WillPublisher.PublishAsync(gateway, session, will, null);
        await gateway.Commits.CommitOnceAsync(effects);
        return isPresent;
    }

    /// <summary>
    /// Makes a connection's end known to its session, to storage, to the grain, and by its will. Does so once, whoever asks first.
    /// </summary>
    public async ValueTask DetachAsync(Connection connection, ConnectionEnd end)
    {
        List<Effect> effects = [];
        List<(Session Session, WillMessage Will)> wills = [];
        lock (_lock)
        {
            if (connection.IsDetached || !connection.HasSession)
                return;
            connection.IsDetached = true;
            Detach(connection, end, effects, wills);
        }
        foreach ((Session session, WillMessage will) in wills)
            await WillPublisher.PublishAsync(gateway, session, will, null);
        if (connection.Session.Dialect is { } dialect)
            await EndAsync(dialect, connection);
        await CommitEndAsync(connection.Session, effects);
        if (connection.Accepted is null)
            return;
        gateway.Counters.Disconnected();
        if (connection.Scope.Principal is { } principal)
            await gateway.Ingress.NotifyAsync(
                principal,
                new SessionClosed(gateway.Now, connection.Session.ClientId, end.Text),
                gateway.Stopping.Token
            );
    }

    /// <summary>Forgets a packet identifier in storage that is forgotten in memory already.</summary>
    public void ForgetLater(Session session, ushort packetIdentifier) =>
        gateway.Background.Run(() =>
            gateway.Commits.CommitAsync(
                [new ForgetReceived(session.Key, packetIdentifier)],
                gateway.Stopping.Token
            )
        );

    /// <summary>Takes in what storage kept over a restart.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (StoredSession stored in await gateway.Store.SessionsAsync(cancellationToken))
        {
            if ((stored.Principal is null) != gateway.Options.AllowAnonymous)
                continue;
            Session session = new(
                gateway,
                gateway.Scopes.Enter(stored.Principal),
                SessionKey.ClientId(stored.ClientId)
            )
            {
                Version = (ProtocolVersion)stored.ProtocolVersion,
                Expiry = stored.Expiry,
                IsStored = true,
                DisconnectedAt = stored.DisconnectedAt ?? gateway.Now,
                Will = Restored(stored.Will),
            };
            foreach (
                StoredSubscription subscription in await gateway.Store.SubscriptionsAsync(
                    session.Key,
                    cancellationToken
                )
            )
                session.Subscribe(Routing.SessionSubscription.FromStored(session, subscription));
            session.Restore(
                await gateway.Store.MessagesAsync(session.Key, cancellationToken),
                await gateway.Store.ReceivedAsync(session.Key, cancellationToken)
            );
            lock (_lock)
            {
                Add(session);
                Schedule(session);
            }
        }
    }

    private async ValueTask TakeOverAsync(Connection previous)
    {
        previous.End(ConnectionEnd.TakenOver); // MQTT5 [MQTT-3.1.4-3], MQTT311 [MQTT-3.1.4-2]
        await DetachAsync(previous, previous.Ending!);
    }

    private void Detach(
        Connection connection,
        ConnectionEnd end,
        List<Effect> effects,
        List<(Session, WillMessage)> wills
    )
    {
        Session session = connection.Session;
        session.GoOffline(connection);
        bool isOwner = session.Owner == connection && !session.IsEnded;
        if (isOwner)
            session.Owner = null;
        DetachWill(connection, end, isOwner, wills);
        if (!isOwner)
            return;
        if (!session.IsPersistent)
        {
            Remove(session, effects, wills);
            return;
        }
        session.DisconnectedAt = gateway.Now;
        Store(session, effects);
        Schedule(session);
    }

    private void DetachWill(
        Connection connection,
        ConnectionEnd end,
        bool isOwner,
        List<(Session, WillMessage)> wills
    )
    {
        Session session = connection.Session;
        WillMessage? will = connection.Will;
        connection.Will = null;
        if (isOwner)
            session.Will = null; // MQTT5 [MQTT-3.1.2-10], MQTT311 [MQTT-3.1.2-10]
        if (will is null || !end.PublishesWill || connection.Accepted is null)
            return;
        TimeSpan delay = DelayedWill.DelayOf(will);
        bool isDeferred = delay > TimeSpan.Zero || end == ConnectionEnd.Stopping; // MQTT5 section 3.1.2.5: until the next start.
        if (!isDeferred || (isOwner && !session.IsPersistent))
            wills.Add((session, will)); // MQTT5 [MQTT-3.1.2-8], MQTT311 [MQTT-3.1.2-8]
        else if (isOwner)
            session.Will = new DelayedWill(
                will,
                gateway.Now + (delay < session.Expiry ? delay : session.Expiry)
            );
    }

    // Whose connection ended with the gateway is given a while to be back: MQTT5 section 3.1.2.5 lets a server defer wills so.
    private DelayedWill? Restored(StoredWill? stored)
    {
        if (stored is null)
            return null;
        DelayedWill will = DelayedWill.FromStored(stored);
        Instant dueAt = will.DueAt ?? gateway.Now + will.Delay;
        Instant earliest = gateway.Now + RestartGrace;
        return will with { DueAt = dueAt > earliest ? dueAt : earliest };
    }

    // What a dialect does wrong at the end must not keep the grain from being told of it.
    private async ValueTask EndAsync(IDialect dialect, Connection connection)
    {
        try
        {
            await dialect.EndedAsync(connection);
        }
        catch (Exception error) when (!gateway.Stopping.IsCancellationRequested)
        {
            Log.DialectFailed(gateway.Logger, dialect.GetType().Name, error);
        }
    }

    private async ValueTask CommitEndAsync(Session session, List<Effect> effects)
    {
        try
        {
            await gateway.Commits.CommitOnceAsync(effects);
        }
        catch (Exception error)
            when (!gateway.Stopping.IsCancellationRequested || error is StorageUnavailableException)
        {
            Log.SessionNotWritten(gateway.Logger, session.Key, error.Message); // It is kept as connected: its expiry then counts from the next start.
        }
    }

    private Session Add(Session session)
    {
        _sessions[session.Key] = session;
        return session;
    }

    private void Remove(Session session, List<Effect> effects, List<(Session, WillMessage)> wills)
    {
        if (_sessions.TryGetValue(session.Key, out Session? current) && current == session)
            _sessions.Remove(session.Key);
        if (session.Will is { DueAt: not null } will)
            wills.Add((session, will.Message)); // MQTT5 [MQTT-3.1.3-9]: at the latest when the session ends.
        session.Will = null;
        session.End();
        gateway.Scopes.Leave(session.Scope);
        if (session.IsStored)
            effects.Add(new DeleteSession(session.Key));
    }

    private static void Store(Session session, List<Effect> effects)
    {
        if (session.IsPersistent)
            effects.Add(new PutSession(session.ToStored()));
        else if (session.IsStored)
            effects.Add(new DeleteSession(session.Key));
        session.IsStored = session.IsPersistent;
    }
}
