using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Handlers;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// All sessions by key, and who owns them. Its lock is taken before a session's. What ends with time (sessions, delayed wills) is in
/// SessionRegistry.Due.cs, what processes of a cluster share in SessionRegistry.Shared.cs.
/// </summary>
internal sealed partial class SessionRegistry(GatewayCore gateway)
{
    /// <summary>A client that lost the gateway is back within seconds; its will after a restart would be a false alarm.</summary>
    private static readonly TimeSpan RestartGrace = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Ended with their connection, and storage is not told yet.</summary>
    private readonly Dictionary<string, Session> _ended = new(StringComparer.Ordinal);

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
    public async ValueTask<bool> OpenAsync(Connection connection, ConnectPacket packet, SignIn signIn, string clientId)
    {
        List<Effect> effects = [];
        List<(Session Session, WillMessage Will)> wills = [];
        Connection? previous;
        bool isPresent;
        (PrincipalScope scope, KeyedGate.Pass pass) = await TakeAsync(signIn.Principal, clientId, connection.Closing.Token);
        using (pass)
            isPresent = Assign(connection, packet, signIn, new Session(gateway, scope, clientId), out previous, effects, wills);
        try
        {
            await gateway.Commits.CommitOnceAsync(effects);
        }
        finally
        {
            connection.Session.EndWrite();
            if (previous is not null)
                await TakeOverAsync(previous);
        }
        foreach ((Session session, WillMessage will) in wills)
            await WillPublisher.PublishAsync(gateway, session, will, null);
        return isPresent;
    }

    /// <param name="fresh">For when there is none to resume.</param>
    /// <returns>Whether there was one.</returns>
    private bool Assign(
        Connection connection,
        ConnectPacket packet,
        SignIn signIn,
        Session fresh,
        out Connection? previous,
        List<Effect> effects,
        List<(Session, WillMessage)> wills
    )
    {
        lock (_lock)
        {
            _sessions.TryGetValue(fresh.Key, out Session? existing);
            previous = existing?.Owner;
            // MQTT5 [MQTT-3.1.2-4] [MQTT-3.1.2-5], MQTT311 [MQTT-3.1.2-4]
            bool isPresent = existing is { IsPersistent: true } && !packet.CleanStart;
            if (existing is not null)
                existing.Will = null; // MQTT5 [MQTT-3.1.2-8] [MQTT-3.1.3-9]: a new connection in time ends a delayed will.
            if (existing is not null && !isPresent)
                Remove(existing, effects, wills);
            if (isPresent)
                gateway.Scopes.Leave(fresh.Scope);
            Session session = isPresent ? existing! : Add(fresh);
            session.Version = packet.Version;
            session.Dialects = signIn.Dialects ?? DialectSet.None;
            session.Expiry = ConnectTerms.SessionExpiry(packet, gateway.Options);
            session.DisconnectedAt = null;
            session.Owner = connection;
            session.Will = packet.Will is { } will ? new DelayedWill(will, null) : null;
            Store(session, effects);
            session.BeginWrite();
            connection.Session = session;
            return isPresent;
        }
    }

    /// <summary>
    /// Makes a connection's end known to its session, to storage, to the grain, and by its will. Does so once, whoever asks first.
    /// </summary>
    public async ValueTask DetachAsync(Connection connection, ConnectionEnd end)
    {
        if (await TryDetachAsync(connection, end))
            await NotifyAsync(connection, end);
    }

    /// <returns>Whether nobody was first, and the grain is to be told.</returns>
    private async ValueTask<bool> TryDetachAsync(Connection connection, ConnectionEnd end)
    {
        List<Effect> effects = [];
        List<(Session Session, WillMessage Will)> wills = [];
        lock (_lock)
        {
            if (connection.IsDetached || !connection.HasSession)
                return false;
            connection.IsDetached = true;
            Detach(connection, end, effects, wills);
            connection.Session.BeginWrite();
            if (connection.Session.IsEnded)
                _ended[connection.Session.Key] = connection.Session;
        }
        try
        {
            foreach ((Session session, WillMessage will) in wills)
                await WillPublisher.PublishAsync(gateway, session, will, null);
            foreach (IDialect dialect in connection.Session.Dialects.All)
                await EndAsync(dialect, connection);
            await CommitEndAsync(connection.Session, effects);
        }
        finally
        {
            connection.Session.EndWrite();
            ForgetEnded(connection.Session);
        }
        if (connection.Accepted is null)
            return false;
        gateway.Counters.Disconnected();
        return true;
    }

    private async ValueTask NotifyAsync(Connection connection, ConnectionEnd end)
    {
        if (connection.Scope.Principal is { } principal)
            await gateway.Ingress.NotifyAsync(
                principal,
                new SessionClosed(gateway.Now, gateway.Processes.Own, connection.Session.ClientId, end.Text),
                gateway.Stopping.Token
            );
    }

    /// <summary>Forgets a packet identifier in storage that is forgotten in memory already.</summary>
    public void ForgetLater(Session session, ushort packetIdentifier) =>
        gateway.Background.Run(() =>
            gateway.Commits.CommitAsync([new ForgetReceived(session.Key, packetIdentifier)], gateway.Stopping.Token)
        );

    /// <summary>Takes in what storage kept over a restart.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (gateway.Shared is not null)
            return; // Each is loaded when it is wanted.
        foreach (StoredSession stored in await gateway.Store.SessionsAsync(cancellationToken))
        {
            if ((stored.Principal is null) != gateway.Options.AllowAnonymous)
                continue;
            await LoadAsync(stored, cancellationToken);
        }
    }

    private async ValueTask TakeOverAsync(Connection previous)
    {
        previous.End(ConnectionEnd.TakenOver); // MQTT5 [MQTT-3.1.4-3], MQTT311 [MQTT-3.1.4-2]
        await DetachAsync(previous, previous.Ending!);
    }

    private void Detach(Connection connection, ConnectionEnd end, List<Effect> effects, List<(Session, WillMessage)> wills)
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

    private void DetachWill(Connection connection, ConnectionEnd end, bool isOwner, List<(Session, WillMessage)> wills)
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
            session.Will = new DelayedWill(will, gateway.Now + (delay < session.Expiry ? delay : session.Expiry));
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
        catch (Exception error) when (!gateway.Stopping.IsCancellationRequested || error is StorageUnavailableException)
        {
            // It is kept as connected: its expiry then counts from the next start.
            Log.SessionNotWritten(gateway.Logger, session.Key, error.Message);
        }
    }

    /// <summary>Another of the same key may have taken its place.</summary>
    private void ForgetEnded(Session session)
    {
        lock (_lock)
        {
            if (_ended.GetValueOrDefault(session.Key) == session)
                _ended.Remove(session.Key);
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

    /// <summary>In a cluster the others must find every connection's.</summary>
    private void Store(Session session, List<Effect> effects)
    {
        bool isKept = session.IsPersistent || gateway.Shared is not null;
        if (isKept)
            effects.Add(new PutSession(session.ToStored()));
        else if (session.IsStored)
            effects.Add(new DeleteSession(session.Key));
        session.IsStored = isKept;
    }
}
