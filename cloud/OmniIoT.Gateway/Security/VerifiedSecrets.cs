using System.Collections.Concurrent;
using System.Security.Cryptography;
using OmniIoT.Domain;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Security;

/// <summary>
/// Remembers secrets that the slow hash has verified, as digests keyed with a key that never leaves the process. An entry counts
/// only with the stored hash it was verified against, so that a new secret ends the old one at once.
/// </summary>
internal sealed class VerifiedSecrets
{
    /// <summary>Some 200 bytes each; beyond that all are forgotten and verified anew.</summary>
    private const int MaximumEntries = 100_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<EntityId, Entry> _entries = [];

    /// <summary>Whether a secret of the principal was verified before.</summary>
    public bool IsKnown(EntityId principal) => _entries.ContainsKey(principal);

    /// <summary>Whether this secret was verified before against this hash.</summary>
    public bool Recognises(EntityId principal, ReadOnlySpan<byte> secret, string stored) =>
        _entries.TryGetValue(principal, out Entry? known)
        && known.Stored == stored
        && CryptographicOperations.FixedTimeEquals(known.Digest, DigestOf(secret));

    public bool Verify(EntityId principal, ReadOnlySpan<byte> secret, string stored)
    {
        if (_entries.TryGetValue(principal, out Entry? known) && known.Stored == stored)
            return CryptographicOperations.FixedTimeEquals(known.Digest, DigestOf(secret));
        if (!SecretHasher.Verify(secret, stored))
            return false;
        if (_entries.Count >= MaximumEntries)
            _entries.Clear();
        _entries[principal] = new Entry(stored, DigestOf(secret));
        return true;
    }

    private byte[] DigestOf(ReadOnlySpan<byte> secret) => HMACSHA256.HashData(_key, secret);

    private sealed record Entry(string Stored, byte[] Digest);
}
