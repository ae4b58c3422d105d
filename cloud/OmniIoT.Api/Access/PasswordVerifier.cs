using System.Text;
using OmniIoT.Devices;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>Verifies agents' passwords, one at a time.</summary>
public sealed class PasswordVerifier(AgentAccounts accounts) : IDisposable
{
    /// <summary>The last of them waits 3 s.</summary>
    private const int MaximumWaiting = 16;

    private readonly HashingQueue _verifying = new(MaximumWaiting);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="QueueFullException">Too many passwords wait to be verified.</exception>
    public async Task<AgentAccount?> VerifyAsync(string user, string password, CancellationToken cancellationToken)
    {
        AgentAccount? account = Identifier.IsValid(user) ? await accounts.FindAsync(user, cancellationToken) : null;
        // An unknown user costs the same time as a known one, so that nobody learns who exists.
        bool matches = await _verifying.RunAsync(
            () => account is { PasswordHash.Length: > 0 } ? Matches(password, account.PasswordHash) : Waste(password),
            cancellationToken
        );
        return matches ? account : null;
    }

    public void Dispose() => _verifying.Dispose();

    private static bool Matches(string password, string hash) => SecretHasher.Verify(Encoding.UTF8.GetBytes(password), hash);

    private static bool Waste(string password)
    {
        SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        return false;
    }
}
