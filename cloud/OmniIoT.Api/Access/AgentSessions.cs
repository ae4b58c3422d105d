using OmniIoT.Api.Access.Rights;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>A signed-in agent's token, and what the agent may do.</summary>
public sealed record AgentSession(string Token, string Name, string Role, IReadOnlyList<string> Rights, Instant ExpiresAt);

/// <summary>
/// Sessions of agents are signed tokens, so that every process knows them and none stores them. A new password ends those that
/// were begun with the old one.
/// </summary>
public sealed class AgentSessions(AgentAccounts accounts, Roles roles, SigningKey signingKey, IdGenerator ids) : IDisposable
{
    private const string Purpose = "agent";

    /// <summary>A working day, and some: nobody is thrown out in the middle of a shift.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>The last of them waits 3 s.</summary>
    private const int MaximumWaiting = 16;

    private readonly HashingQueue _verifying = new(MaximumWaiting);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="QueueFullException">Too many passwords wait to be verified.</exception>
    public async Task<AgentSession?> SignInAsync(string user, string password, CancellationToken cancellationToken)
    {
        AgentAccount? account = await accounts.FindAsync(user, cancellationToken);
        if (!await VerifyAsync(password, account, cancellationToken))
            return null;
        Instant expiresAt = ids.Now() + Lifetime;
        byte[] key = await signingKey.GetAsync(cancellationToken);
        string token = SignedToken.Create(key, new TokenClaim(Purpose, account!.Id, expiresAt), account.PasswordHash);
        RightSet rights = await roles.RightsOfAsync(account.Role, cancellationToken);
        return new AgentSession(token, account.Name, account.Role, rights.Names, expiresAt);
    }

    /// <summary>Null when the token is no session, or none any more.</summary>
    public async ValueTask<AgentCaller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (SignedToken.Read(token) is not { Purpose: Purpose } claim || claim.ExpiresAt <= ids.Now())
            return null;
        AgentAccount? account = await accounts.FindAsync(claim.Subject, cancellationToken);
        return account is not null && SignedToken.IsGenuine(await signingKey.GetAsync(cancellationToken), token, account.PasswordHash)
            ? new AgentCaller(account.Id, account.Role, await roles.RightsOfAsync(account.Role, cancellationToken))
            : null;
    }

    public void Dispose() => _verifying.Dispose();

    // An unknown user costs the same time as a known one, so that nobody learns who exists.
    private Task<bool> VerifyAsync(string password, AgentAccount? account, CancellationToken cancellationToken) =>
        _verifying.RunAsync(() => account is null ? Waste(password) : Matches(password, account.PasswordHash), cancellationToken);

    private static bool Matches(string password, string hash) => SecretHasher.Verify(System.Text.Encoding.UTF8.GetBytes(password), hash);

    private static bool Waste(string password)
    {
        SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        return false;
    }
}
