using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Handlers;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// All sessions by key, and who owns them. Its lock is taken before a session's. What ends with time (sessions, delayed wills) is in
/// SessionRegistry.Due.cs, what processes of a cluster share in SessionRegistry.Shared.cs.
/// </summary>
internal sealed partial class SessionRegistry(
    SessionParts parts,
    SessionStorage storage,
    ScopeRegistry scopes,
    WillPublisher wills,
    DialectRegistry dialects,
    GrainNotices notices
)
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
        List<(Session Session, WillMessage Will)> due = [];
        Connection? previous;
        bool isPresent;
        (PrincipalScope scope, KeyedGate.Pass pass) = await TakeAsync(signIn.Principal, clientId, connection.Closing.Token);
        using (pass)
            isPresent = Assign(connection, packet, signIn, new Session(parts, scope, clientId), out previous, effects, due);
        try
        {
            await parts.Commits.CommitOnceAsync(effects);
        }
        finally
        {
            connection.Session.EndWrite();
            if (previous is not null)
                await TakeOverAsync(previous);
        }
        foreach ((Session session, WillMessage will) in due)
            await wills.PublishAsync(session, will, null);
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
        List<(Session, WillMessage)> due
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
                Remove(existing, effects, due);
            if (isPresent)
                scopes.Leave(fresh.Scope);
            Session session = isPresent ? existing! : Add(fresh);
            session.Version = packet.Version;
            session.Dialects = signIn.Dialects ?? DialectSet.None;
            session.Expiry = ConnectTerms.SessionExpiry(packet, parts.Options);
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
        List<(Session Session, WillMessage Will)> due = [];
        lock (_lock)
        {
            if (connection.IsDetached || !connection.HasSession)
                return false;
            connection.IsDetached = true;
            Detach(connection, end, effects, due);
            connection.Session.BeginWrite();
            if (connection.Session.IsEnded)
                _ended[connection.Session.Key] = connection.Session;
        }
        try
        {
            foreach ((Session session, WillMessage will) in due)
                await wills.PublishAsync(session, will, null);
            await dialects.EndedAsync(connection);
            await parts.Commits.CommitEndAsync(connection.Session.Key, effects);
        }
        finally
        {
            connection.Session.EndWrite();
            ForgetEnded(connection.Session);
        }
        if (connection.Accepted is null)
            return false;
        parts.Counters.Disconnected();
        return true;
    }

    private ValueTask NotifyAsync(Connection connection, ConnectionEnd end) =>
        notices.ClosedAsync(connection.Session, end.Text, parts.Background.Stopping);

    /// <summary>Takes in what storage kept over a restart.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (storage.Shared is not null)
            return; // Each is loaded when it is wanted.
        foreach (StoredSession stored in await storage.Store.SessionsAsync(cancellationToken))
        {
            if ((stored.Principal is null) != parts.Options.AllowAnonymous)
                continue;
            await LoadAsync(stored, cancellationToken);
        }
    }

    private async ValueTask TakeOverAsync(Connection previous)
    {
        previous.End(ConnectionEnd.TakenOver); // MQTT5 [MQTT-3.1.4-3], MQTT311 [MQTT-3.1.4-2]
        await DetachAsync(previous, previous.Ending!);
    }

    private void Detach(Connection connection, ConnectionEnd end, List<Effect> effects, List<(Session, WillMessage)> due)
    {
        Session session = connection.Session;
        session.GoOffline(connection);
        bool isOwner = session.Owner == connection && !session.IsEnded;
        if (isOwner)
            session.Owner = null;
        DetachWill(connection, end, isOwner, due);
        if (!isOwner)
            return;
        if (!session.IsPersistent)
        {
            Remove(session, effects, due);
            return;
        }
        session.DisconnectedAt = parts.Time.Now();
        Store(session, effects);
        Schedule(session);
    }

    private void DetachWill(Connection connection, ConnectionEnd end, bool isOwner, List<(Session, WillMessage)> due)
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
            due.Add((session, will)); // MQTT5 [MQTT-3.1.2-8], MQTT311 [MQTT-3.1.2-8]
        else if (isOwner)
            session.Will = new DelayedWill(will, parts.Time.Now() + (delay < session.Expiry ? delay : session.Expiry));
    }

    // Whose connection ended with the gateway is given a while to be back: MQTT5 section 3.1.2.5 lets a server defer wills so.
    private DelayedWill? Restored(StoredWill? stored)
    {
        if (stored is null)
            return null;
        DelayedWill will = DelayedWill.FromStored(stored);
        Instant dueAt = will.DueAt ?? parts.Time.Now() + will.Delay;
        Instant earliest = parts.Time.Now() + RestartGrace;
        return will with { DueAt = dueAt > earliest ? dueAt : earliest };
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

    private void Remove(Session session, List<Effect> effects, List<(Session, WillMessage)> due)
    {
        if (_sessions.TryGetValue(session.Key, out Session? current) && current == session)
            _sessions.Remove(session.Key);
        if (session.Will is { DueAt: not null } will)
            due.Add((session, will.Message)); // MQTT5 [MQTT-3.1.3-9]: at the latest when the session ends.
        session.Will = null;
        session.End();
        scopes.Leave(session.Scope);
        if (session.IsStored)
            effects.Add(new DeleteSession(session.Key));
    }

    /// <summary>In a cluster the others must find every connection's.</summary>
    private void Store(Session session, List<Effect> effects)
    {
        bool isKept = session.IsPersistent || storage.Shared is not null;
        if (isKept)
            effects.Add(new PutSession(session.ToStored()));
        else if (session.IsStored)
            effects.Add(new DeleteSession(session.Key));
        session.IsStored = isKept;
    }
}
