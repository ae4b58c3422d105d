using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>
/// Sessions of agents: stored, so that they can be listed and ended and outlive a restart, and known to every process. One ends with its
/// agent, with the password that it was begun under, by hand, or by itself after <see cref="Lifetime"/>.
/// </summary>
public sealed partial class AgentSessions(
    AccessDocuments documents,
    AgentAccounts accounts,
    Roles roles,
    Records records,
    IdGenerator ids,
    ILogger<AgentSessions> logger
)
{
    /// <summary>A working day, and some: nobody is thrown out in the middle of a shift.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>When somebody was last seen is true to that: to write it down with each call would cost a commit.</summary>
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(5);

    private const int MaximumClientLength = 200;

    /// <summary>Begins a session of an agent who proved to be that.</summary>
    /// <param name="client">What the browser or program calls itself.</param>
    internal async Task<NewSession> BeginAsync(AgentAccount account, string address, string client, CancellationToken cancellationToken)
    {
        Instant now = ids.Now();
        await EndExpiredAsync(account.Id, now, cancellationToken);
        SessionToken token = SessionToken.New(account.Id, ids.Next());
        StoredSession session = new(token.SessionId, token.Hash, StampOf(account), now, now + Lifetime)
        {
            LastSeenAt = now,
            Address = address,
            Client = TextCut.Beginning(client, MaximumClientLength),
        };
        await documents.ChangeSettingAsync<StoredSessions>(
            SettingOf(account.Id),
            before => (before ?? StoredSessions.None).With(session, now),
            cancellationToken
        );
        Role? role = await roles.FindAsync(account.Role, cancellationToken);
        return new NewSession(token, account, role, session.ExpiresAt);
    }

    /// <summary>Null when the token is no session, or none any more.</summary>
    public async ValueTask<AgentCaller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (SessionToken.Read(token) is not { } read)
            return null;
        string setting = SettingOf(read.AgentId);
        StoredSessions? sessions = await documents.FindAsync<StoredSessions>(DocumentKind.Setting, setting, cancellationToken);
        StoredSession? session = sessions?.Sessions.FirstOrDefault(one => one.Id == read.SessionId);
        Instant now = ids.Now();
        if (session is null || !CryptographicOperations.FixedTimeEquals(session.Hash, read.Hash))
            return null;
        if (!session.HoldsAt(now))
        {
            await TryEndExpiredAsync(read.AgentId, now, cancellationToken);
            return null;
        }
        if (await accounts.FindAsync(read.AgentId, cancellationToken) is not { } account || !IsOf(account, session))
            return null;
        if (now - session.LastSeenAt >= SeenWithin)
            await NoteSeenAsync(account.Id, session, now, cancellationToken);
        return AgentCaller.Of(account, await roles.FindAsync(account.Role, cancellationToken), session.Id);
    }

    /// <summary>Those that hold, the newest first.</summary>
    internal async ValueTask<IReadOnlyList<StoredSession>> ListAsync(AgentAccount account, CancellationToken cancellationToken)
    {
        StoredSessions? stored = await documents.FindAsync<StoredSessions>(DocumentKind.Setting, SettingOf(account.Id), cancellationToken);
        Instant now = ids.Now();
        return [.. (stored ?? StoredSessions.None).Sessions.Where(one => one.HoldsAt(now) && IsOf(account, one)).Reverse()];
    }

    /// <returns>Whether there was one.</returns>
    public Task<bool> EndAsync(string agentId, string sessionId, CancellationToken cancellationToken) =>
        documents.ChangeSettingAsync<StoredSessions>(
            SettingOf(agentId),
            before => before?.Sessions.Any(session => session.Id == sessionId) == true ? before.Without(sessionId) : null,
            cancellationToken
        );

    /// <summary>What ends all sessions of an agent, when it is committed.</summary>
    public static Effect EndAll(string agentId) => new DeleteDocument(DocumentKind.Setting, SettingOf(agentId));

    /// <summary>What ends all sessions of an agent but one, which goes on with the new password.</summary>
    internal async ValueTask<Effect> EndOthersAsync(AgentAccount renewed, string sessionId, CancellationToken cancellationToken)
    {
        (StoredSessions? stored, int version) = await documents.ReadAsync<StoredSessions>(
            DocumentKind.Setting,
            SettingOf(renewed.Id),
            cancellationToken
        );
        IEnumerable<StoredSession> kept = (stored ?? StoredSessions.None).Sessions.Where(session => session.Id == sessionId);
        StoredSessions left = new([.. kept.Select(session => session with { Stamp = StampOf(renewed) })]);
        return AccessDocuments.Put(DocumentKind.Setting, SettingOf(renewed.Id), left, version);
    }

    /// <summary>Sessions whose time is over go, and their end stands on record with the same commit.</summary>
    private async Task EndExpiredAsync(string agentId, Instant now, CancellationToken cancellationToken)
    {
        while (true)
        {
            (StoredSessions? stored, int version) = await documents.ReadAsync<StoredSessions>(
                DocumentKind.Setting,
                SettingOf(agentId),
                cancellationToken
            );
            StoredSession[] over = [.. (stored ?? StoredSessions.None).Sessions.Where(one => !one.HoldsAt(now))];
            if (over.Length == 0)
                return;
            StoredSessions left = new([.. stored!.Sessions.Except(over)]);
            Effect[] ended =
            [
                .. over.Select(one => records.Entry(Origin.Platform, AuditActions.SessionEnded, "agent:" + agentId, AuditActions.Expired)),
            ];
            PutDocument put = AccessDocuments.Put(DocumentKind.Setting, SettingOf(agentId), left, version);
            if (await documents.CommitAsync(Origin.Platform, [put, .. ended]))
                return;
        }
    }

    /// <summary>A call is refused whatever becomes of it.</summary>
    private async ValueTask TryEndExpiredAsync(string agentId, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            await EndExpiredAsync(agentId, now, cancellationToken);
        }
        catch (StorageUnavailableException error)
        {
            LogNotNoted(logger, error, agentId);
        }
    }

    /// <summary>A call goes on whatever becomes of it.</summary>
    private async ValueTask NoteSeenAsync(string agentId, StoredSession session, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            await documents.ChangeSettingAsync<StoredSessions>(
                SettingOf(agentId),
                before =>
                    before?.Sessions.Any(one => one.Id == session.Id && now - one.LastSeenAt >= SeenWithin) == true
                        ? before.Seen(session.Id, now)
                        : null,
                cancellationToken
            );
        }
        catch (StorageUnavailableException error)
        {
            LogNotNoted(logger, error, agentId);
        }
    }

    private static string SettingOf(string agentId) => "sessions:" + agentId;

    private static bool IsOf(AgentAccount account, StoredSession session) =>
        CryptographicOperations.FixedTimeEquals(session.Stamp, StampOf(account));

    private static byte[] StampOf(AgentAccount account) => SHA256.HashData(Encoding.UTF8.GetBytes(account.PasswordHash));

    [LoggerMessage(4004, LogLevel.Debug, "When '{Agent}' was last seen was not written down: storage cannot write.")]
    private static partial void LogNotNoted(ILogger logger, Exception error, string agent);
}

/// <summary>A session that just began.</summary>
/// <param name="Role">Null: the agent's is there no more.</param>
internal sealed record NewSession(SessionToken Token, AgentAccount Account, Role? Role, Instant ExpiresAt);
