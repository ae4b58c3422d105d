using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// Sessions that the processes of a cluster share: each belongs to one process at a time, which loads it when it is wanted. Alone, a
// process has all of them in memory from its start on, and nothing of this happens.
internal sealed partial class SessionRegistry
{
    private const int AbandonedAtOnce = 500;

    /// <summary>What nobody has is looked for when processes came or went, and now and then, for what has run out.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Held by whoever changes what this process has of a session: from the claim in storage until it is here, and from its end here until
    /// all it caused is in storage. Nobody asks another process meanwhile, which might wait for this one.
    /// </summary>
    private readonly KeyedGate _moves = new();

    private IReadOnlyList<string> _seen = [];
    private long? _lookedAt; // A timestamp: a clock that is set back puts nothing off.

    /// <summary>
    /// Gives up a session whose client came to another process; see <see cref="Ports.Messaging.ILocalGateway.ReleaseSessionAsync"/>.
    /// </summary>
    public async ValueTask ReleaseAsync(string key)
    {
        List<Connection> ended = [];
        using (await _moves.EnterAsync(key, CancellationToken.None))
            await ReleaseAsync(key, ended); // Also while this process stops.
        // The grain may be on its way to another process: nobody who comes for the session waits for it, when asking again.
        foreach (Connection connection in ended)
            await NotifyAsync(connection, connection.Ending!);
    }

    private async ValueTask ReleaseAsync(string key, List<Connection> ended)
    {
        while (Find(key) is { } session)
        {
            if (session.Owner is { } owner)
            {
                owner.End(ConnectionEnd.TakenOver); // MQTT5 [MQTT-3.1.4-3], MQTT311 [MQTT-3.1.4-2]
                if (await TryDetachAsync(owner, owner.Ending!))
                    ended.Add(owner);
            }
            if (!TryForget(session))
                continue; // Its client came back here meanwhile.
            await SettledAsync(session);
            // What the client acknowledged was decided before; it is in storage once that which comes behind it is.
            await parts.Commits.CommitOnceAsync([new DeleteSessionMessage(key, Order: -1)]);
        }
        if (FindEnded(key) is { } late)
            await SettledAsync(late);
        if (storage.Shared is { } shared)
            await shared.GiveUpAsync(key, CancellationToken.None); // It is nobody's, until the next one claims it.
    }

    /// <summary>What takes longer waits for a grain that is out of reach: the client does not wait with it.</summary>
    private async ValueTask SettledAsync(Session session) =>
        await Task.WhenAny(session.SettledAsync(), Task.Delay(ISharedSessions.UnderWayAtMost, parts.Time));

    /// <summary>Takes sessions of processes that are gone, so that what comes for them is kept.</summary>
    public async ValueTask AdoptAsync(IEnumerable<OwnedSession> sessions, CancellationToken cancellationToken)
    {
        foreach (OwnedSession abandoned in sessions.Where(session => session.Session.Expiry > TimeSpan.Zero && IsAbandoned(session)))
            await TryAdoptAsync(abandoned, cancellationToken);
    }

    /// <summary>
    /// Returns once all kept sessions of a principal that storage names this process for are here. One that is given up is named so until
    /// storage has all of it, one that comes here is before it is loaded; what nobody came for in the end is loaded here again.
    /// </summary>
    /// <returns>Their keys.</returns>
    public async ValueTask<IReadOnlyList<string>> ArrivedAsync(EntityId principal, CancellationToken cancellationToken)
    {
        if (storage.Shared is not { } shared)
            return [];
        long since = parts.Time.GetTimestamp();
        while (true)
        {
            IReadOnlyList<OwnedSession> all = await shared.OfAsync(principal, cancellationToken);
            OwnedSession[] own =
            [
                .. all.Where(session => session.Process == storage.Processes.Own && session.Session.Expiry > TimeSpan.Zero),
            ];
            string[] keys = [.. own.Select(session => session.Session.ClientId)];
            if (AreHere(keys))
                return keys;
            if (parts.Time.GetElapsedTime(since) < ISharedSessions.UnderWayAtMost)
                await Task.Delay(ISharedSessions.UnderWayPause, parts.Time, cancellationToken);
            else
                foreach (OwnedSession left in own.Where(session => Find(session.Session.ClientId) is null))
                    await TryAdoptAsync(left, cancellationToken);
        }
    }

    /// <summary>Whether storage names this process for any session of a principal; alone, it has all.</summary>
    public async ValueTask<bool> HasAnyAsync(EntityId principal, CancellationToken cancellationToken) =>
        storage.Shared is not { } shared
        || (await shared.OfAsync(principal, cancellationToken)).Any(session => session.Process == storage.Processes.Own);

    /// <summary>Whether all sessions are in this process.</summary>
    public bool AreHere(IReadOnlyList<string> keys) => keys.All(key => Find(key) is not null);

    /// <summary>
    /// What processes that are gone left: the time of their connections' end is written down, wills and sessions that ran out become this
    /// process's, as far as they are its share.
    /// </summary>
    public async ValueTask TakeAbandonedAsync(CancellationToken cancellationToken)
    {
        if (storage.Shared is not { } shared)
            return;
        IReadOnlyList<string> living = storage.Processes.Active;
        bool isEarly = _lookedAt is { } lookedAt && parts.Time.GetElapsedTime(lookedAt) < LookEvery;
        if (living.Count == 0 || (living.SequenceEqual(_seen) && isEarly))
            return;
        await shared.CloseAbandonedAsync(living, parts.Time.Now(), cancellationToken);
        IReadOnlyList<OwnedSession> found;
        string after = "";
        do
        {
            found = await shared.AbandonedAsync(living, parts.Time.Now(), after, AbandonedAtOnce, cancellationToken);
            foreach (OwnedSession session in found.Where(IsShareOfOwn))
                await TryAdoptAsync(session, cancellationToken);
            if (found.Count > 0)
                after = found[^1].Session.ClientId;
        } while (found.Count == AbandonedAtOnce);
        (_seen, _lookedAt) = (living, parts.Time.GetTimestamp());
    }

    /// <summary>
    /// Makes a client's session this process's: whoever has it gives it up, and what storage has of it is loaded. When it returns, storage
    /// names this process, and no other has a connection of the client.
    /// </summary>
    /// <returns>The scope, held once more, and what keeps the session from being moved until it is disposed.</returns>
    private async ValueTask<(PrincipalScope Scope, KeyedGate.Pass Pass)> TakeAsync(
        EntityId? principal,
        string clientId,
        CancellationToken cancellationToken
    )
    {
        if (storage.Shared is not { } shared)
            return (scopes.Enter(principal), default);
        string key = SessionKey.Of(principal, clientId);
        string? released = null;
        for (int asked = 0; ; asked++)
        {
            KeyedGate.Pass pass = await _moves.EnterAsync(key, cancellationToken);
            try
            {
                string? process = (await shared.FindAsync(key, cancellationToken))?.Process;
                if (process is not null && process != storage.Processes.Own)
                    await DropAsync(key); // It was taken from here: what is left is of before.
                // Who gave it up and is named all the same has it again, or is of an earlier version, which leaves its name.
                bool isFree =
                    process is null
                    || process == storage.Processes.Own
                    || (process == released && (asked > 1 || !storage.Processes.IsLiving(process)));
                if (isFree && await TryTakeAsync(shared, key, principal, process, cancellationToken))
                {
                    (PrincipalScope Scope, KeyedGate.Pass Pass) taken = (await EnterAsync(shared, principal, cancellationToken), pass);
                    pass = default;
                    return taken;
                }
                released = isFree ? null : process;
            }
            finally
            {
                pass.Dispose();
            }
            if (released is not null)
                await storage.Peers!.ReleaseAsync(released, key, cancellationToken);
        }
    }

    /// <summary>Whether it is this process's now: it was already, or nobody else was first.</summary>
    private async ValueTask<bool> TryTakeAsync(
        ISharedSessions shared,
        string key,
        EntityId? principal,
        string? from,
        CancellationToken cancellationToken
    )
    {
        if (from == storage.Processes.Own && Find(key) is not null)
            return true;
        if (!await shared.TryClaimAsync(key, principal, from, cancellationToken))
            return false;
        if (from is not null && from != storage.Processes.Own && storage.Processes.IsLiving(from))
            await storage.Peers!.ReleaseAsync(from, key, cancellationToken); // It had it again, and must not go on with it.
        OwnedSession? claimed = await shared.FindAsync(key, cancellationToken);
        if (claimed is { Session: { Expiry: var expiry, Will: var will } stored } && (expiry > TimeSpan.Zero || will is not null))
            await LoadAsync(stored, cancellationToken);
        return true;
    }

    /// <summary>
    /// A scope that comes to be has what is retained in it. Storage names this process by now, so that whatever is retained from here on
    /// comes here as well, and is newer than what is read.
    /// </summary>
    private async ValueTask<PrincipalScope> EnterAsync(ISharedSessions shared, EntityId? principal, CancellationToken cancellationToken)
    {
        if (principal is not { } id || scopes.IsInUse(id))
            return scopes.Enter(principal);
        PrincipalScope scope = scopes.Enter(principal);
        if (scope.Root is not { } root)
            return scope;
        foreach (RetainedMessage message in await shared.RetainedAsync(root, cancellationToken))
            scope.Retained.SetIfAbsent(message);
        return scope;
    }

    /// <summary>Gives up a session that is another process's by now.</summary>
    private async ValueTask DropAsync(string key)
    {
        if (Find(key) is null)
            return;
        List<Connection> ended = [];
        await ReleaseAsync(key, ended);
        foreach (Connection connection in ended)
            parts.Background.Run(() => NotifyAsync(connection, connection.Ending!));
    }

    private async ValueTask TryAdoptAsync(OwnedSession abandoned, CancellationToken cancellationToken)
    {
        StoredSession stored = abandoned.Session;
        if ((stored.Principal is null) != parts.Options.AllowAnonymous)
            return;
        using KeyedGate.Pass pass = await _moves.EnterAsync(stored.ClientId, cancellationToken);
        if (!await storage.Shared!.TryClaimAsync(stored.ClientId, stored.Principal, abandoned.Process, cancellationToken))
            return;
        await LoadAsync(stored, cancellationToken);
    }

    /// <summary>Takes in a session from storage, unless it is here by now.</summary>
    private async ValueTask LoadAsync(StoredSession stored, CancellationToken cancellationToken)
    {
        Session session = new(parts, scopes.Enter(stored.Principal), SessionKey.ClientId(stored.ClientId))
        {
            Version = (ProtocolVersion)stored.ProtocolVersion,
            Expiry = stored.Expiry,
            IsStored = true,
            DisconnectedAt = stored.DisconnectedAt ?? parts.Time.Now(),
            Will = Restored(stored.Will),
        };
        IReadOnlyList<StoredSubscription> subscriptions = await storage.Store.SubscriptionsAsync(session.Key, cancellationToken);
        session.Restore(
            await storage.Store.MessagesAsync(session.Key, cancellationToken),
            await storage.Store.ReceivedAsync(session.Key, cancellationToken)
        );
        lock (_lock)
        {
            if (_sessions.ContainsKey(session.Key))
                Forget(session);
            else
            {
                Add(session);
                Schedule(session);
                // Last, so that what is younger than what storage had goes behind it.
                foreach (StoredSubscription subscription in subscriptions)
                    session.Subscribe(SessionSubscription.FromStored(session, subscription));
            }
        }
    }

    private Session? Find(string key)
    {
        lock (_lock)
            return _sessions.GetValueOrDefault(key);
    }

    private Session? FindEnded(string key)
    {
        lock (_lock)
            return _ended.GetValueOrDefault(key);
    }

    /// <summary>False while it has a connection.</summary>
    private bool TryForget(Session session)
    {
        lock (_lock)
        {
            if (session.Owner is not null)
                return false;
            if (!session.IsEnded)
                Forget(session);
            return true;
        }
    }

    /// <summary>Drops a session from memory; storage keeps it.</summary>
    private void Forget(Session session)
    {
        if (_sessions.TryGetValue(session.Key, out Session? current) && current == session)
            _sessions.Remove(session.Key);
        session.Will = null;
        session.End();
        scopes.Leave(session.Scope);
    }

    private bool IsAbandoned(OwnedSession session) => session.Process is not { } process || !storage.Processes.IsLiving(process);

    private bool IsShareOfOwn(OwnedSession session) => Ports.Cluster.Shares.IsShareOfOwn(storage.Processes, session.Session.ClientId);
}
