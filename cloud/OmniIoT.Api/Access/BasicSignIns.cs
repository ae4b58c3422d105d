using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Problems;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;

namespace OmniIoT.Api.Access;

/// <summary>
/// Knows callers by user and password, which a browser sends with each call. Verifying costs 0.2 s, so a right password begins a session
/// that is used for five minutes; like any session it is looked at anew each time, and ends with the agent or the password.
/// </summary>
internal sealed class BasicSignIns(ApiKey apiKey, AgentSessions sessions, PasswordSignIn signIn, IdGenerator ids)
{
    /// <summary>Stands for the agent where the password is the API key.</summary>
    private const string KeyUser = "key";

    /// <summary>About 300 KB; beyond it the memory starts anew.</summary>
    private const int MaximumKept = 1_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, KeptSession> _kept = new(StringComparer.Ordinal);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">Too many wrong passwords came from the address.</exception>
    public async ValueTask<Caller?> FindAsync(HttpContext context, BasicCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.User == KeyUser && apiKey.Matches(credentials.Password))
            return ProgramCaller.First;
        string digest = credentials.Digest();
        if (await FindKeptAsync(digest, cancellationToken) is { } known)
            return known;
        if (await signIn.SignInAsync(context, credentials.User, credentials.Password, cancellationToken) is not { } session)
            return null;
        Keep(digest, session);
        return new AgentCaller(credentials.User, session.Role, RightSet.Stored(session.Rights));
    }

    private async ValueTask<AgentCaller?> FindKeptAsync(string digest, CancellationToken cancellationToken)
    {
        if (!_kept.TryGetValue(digest, out KeptSession? kept))
            return null;
        if (kept.Until > ids.Now() && await sessions.FindAsync(kept.Token, cancellationToken) is { } agent)
            return agent;
        _kept.TryRemove(KeyValuePair.Create(digest, kept));
        return null;
    }

    private void Keep(string digest, AgentSession session)
    {
        if (_kept.Count >= MaximumKept)
            _kept.Clear();
        _kept[digest] = new KeptSession(session.Token, ids.Now() + KeptFor);
    }

    private sealed record KeptSession(string Token, Instant Until);
}
