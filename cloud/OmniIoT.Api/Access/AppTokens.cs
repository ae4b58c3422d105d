using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>Knows customers' app tokens. What was verified once against a stored hash need not be again: that costs 3 ms.</summary>
public sealed class AppTokens(ICredentialStore credentials)
{
    /// <summary>About 2 MB; beyond it the memory starts anew.</summary>
    private const int MaximumKnown = 10_000;

    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);

    /// <summary>Null when the token is no customer's, or no longer.</summary>
    public async ValueTask<CustomerCaller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (AppToken.CustomerOf(token) is not { } customerId)
            return null;
        string? stored = await credentials.FindSecretHashAsync(EntityId.Customer(customerId), cancellationToken);
        return stored is not null && Matches(token, stored) ? new CustomerCaller(customerId) : null;
    }

    private bool Matches(string token, string stored)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(token);
        byte[] digest = SHA256.HashData(utf8);
        if (_known.TryGetValue(stored, out byte[]? known) && CryptographicOperations.FixedTimeEquals(known, digest))
            return true;
        if (!SecretHasher.Verify(utf8, stored))
            return false;
        if (_known.Count >= MaximumKnown)
            _known.Clear();
        _known[stored] = digest;
        return true;
    }
}
