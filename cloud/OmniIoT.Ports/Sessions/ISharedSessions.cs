using OmniIoT.Devices.Time;
using OmniIoT.Domain;

namespace OmniIoT.Ports.Sessions;

/// <summary>A session and the process that has it.</summary>
/// <param name="Process">By its name; null, or one that is gone: nobody has it now.</param>
public sealed record OwnedSession(StoredSession Session, string? Process);

/// <summary>
/// The sessions of all processes of a cluster. Each belongs to one process at a time, which has it in memory; all connections have one in
/// storage, also those that do not outlive their connection (with expiry zero). What a process puts becomes its own.
/// </summary>
public interface ISharedSessions
{
    /// <summary>
    /// A session on its way from one process to another is nobody's for milliseconds, unless its client or a process went away meanwhile.
    /// Who adopts it sooner takes it from who comes for it.
    /// </summary>
    static TimeSpan UnderWayAtMost => TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at one that is on its way.</summary>
    static TimeSpan UnderWayPause => TimeSpan.FromMilliseconds(20);

    /// <summary>Null when there is none.</summary>
    ValueTask<OwnedSession?> FindAsync(string key, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<OwnedSession>> OfAsync(EntityId principal, CancellationToken cancellationToken);

    /// <summary>Writes down when the connections ended of all sessions that none of the living processes has.</summary>
    ValueTask CloseAbandonedAsync(IReadOnlyList<string> living, Instant at, CancellationToken cancellationToken);

    /// <summary>
    /// Sessions that none of the living processes has and that somebody must look after: those with a will, and those that have run out by
    /// <paramref name="now"/>. By key, after <paramref name="after"/>.
    /// </summary>
    ValueTask<IReadOnlyList<OwnedSession>> AbandonedAsync(
        IReadOnlyList<string> living,
        Instant now,
        string after,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>What is retained below a root, such as <c>devices/press-7</c>.</summary>
    ValueTask<IReadOnlyList<RetainedMessage>> RetainedAsync(string root, CancellationToken cancellationToken);

    /// <summary>Makes a session this process's, creating it where there is none.</summary>
    /// <param name="from">Whose it is, null for nobody's: the claim fails when it is another's by now.</param>
    ValueTask<bool> TryClaimAsync(string key, EntityId? principal, string? from, CancellationToken cancellationToken);

    /// <summary>Makes a session nobody's, if it is this process's.</summary>
    ValueTask GiveUpAsync(string key, CancellationToken cancellationToken);
}

/// <summary>The way to the other processes that have sessions.</summary>
public interface ISessionPeers
{
    /// <summary>Returns once a process has given up the session, or is gone itself.</summary>
    ValueTask ReleaseAsync(string process, string key, CancellationToken cancellationToken);
}
