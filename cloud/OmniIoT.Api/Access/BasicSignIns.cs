using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports;

namespace OmniIoT.Api.Access;

/// <summary>
/// Knows callers by user and password, which a browser sends with each call. Verifying costs 0.2 s, so a right password is remembered for
/// five minutes; whether it still is the agent's, and what the agent may, is looked at each time.
/// </summary>
internal sealed class BasicSignIns(
    ApiKey apiKey,
    AgentAccounts accounts,
    Roles roles,
    PasswordSignIn signIn,
    SecondFactors factors,
    RecordedSignIns recorded,
    IdGenerator ids
)
{
    /// <summary>Stands for the agent where the password is the API key.</summary>
    private const string KeyUser = "key";

    /// <summary>About 300 KB; beyond it the memory starts anew.</summary>
    private const int MaximumKept = 1_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, KeptSignIn> _kept = new(StringComparer.Ordinal);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">Too many wrong passwords came from the address.</exception>
    public async ValueTask<Caller?> FindAsync(HttpContext context, BasicCredentials credentials, CancellationToken cancellationToken)
    {
        if (credentials.User == KeyUser && apiKey.Matches(credentials.Password))
            return ProgramCaller.First;
        string digest = credentials.Digest();
        AgentAccount? kept = await FindKeptAsync(digest, cancellationToken);
        AgentAccount? account = kept ?? await signIn.FindAsync(context, credentials.User, credentials.Password, cancellationToken);
        // A browser has no way to ask for a code: who has a second factor comes by the console's session.
        if (account is null)
            return null;
        if (await factors.IsOnAsync(account.Id, cancellationToken))
        {
            await recorded.RefusedAsync(context, account.Id, AuditActions.Forbidden);
            return null;
        }
        if (kept is null)
            await recorded.BegunAsync(context, account.Id);
        Keep(digest, account);
        return AgentCaller.Of(account, await roles.FindAsync(account.Role, cancellationToken), sessionId: null);
    }

    private async ValueTask<AgentAccount?> FindKeptAsync(string digest, CancellationToken cancellationToken)
    {
        if (!_kept.TryGetValue(digest, out KeptSignIn? kept))
            return null;
        if (
            kept.Until > ids.Now()
            && await accounts.FindAsync(kept.AgentId, cancellationToken) is { } account
            && account.PasswordHash == kept.PasswordHash
        )
            return account;
        _kept.TryRemove(KeyValuePair.Create(digest, kept));
        return null;
    }

    private void Keep(string digest, AgentAccount account)
    {
        if (_kept.Count >= MaximumKept)
            _kept.Clear();
        _kept.TryAdd(digest, new KeptSignIn(account.Id, account.PasswordHash, ids.Now() + KeptFor));
    }

    private sealed record KeptSignIn(string AgentId, string PasswordHash, Instant Until);
}
