using System.Collections.Concurrent;
using OmniIoT.Domain;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Tests.Support;

internal sealed class FakeCredentials : ICredentialStore
{
    private readonly ConcurrentDictionary<EntityId, string> _hashes = [];
    private readonly ConcurrentDictionary<EntityId, byte[]> _sealed = [];
    private readonly ConcurrentDictionary<string, EntityId> _digests = [];
    private readonly ConcurrentDictionary<string, EntityId> _thumbprints = [];
    private int _lookUps;

    public SecretSealer Sealer { get; } = new(new byte[SecretSealer.KeyBytes]);

    public void Set(EntityId principal, string secret)
    {
        _hashes[principal] = SecretHasher.Hash(secret, iterations: 10);
        _sealed[principal] = Sealer.Seal(principal, secret);
        _digests[SecretDigest.Of(secret)] = principal;
    }

    /// <summary>As for a principal whose secret is from before secrets were kept.</summary>
    public void ForgetSealed(EntityId principal) => _sealed.TryRemove(principal, out _);

    /// <summary>How often a hash was asked for.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    public ValueTask<string?> FindSecretHashAsync(EntityId principal, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lookUps);
        return new(_hashes.TryGetValue(principal, out string? hash) ? hash : null);
    }

    public ValueTask<byte[]?> FindSealedSecretAsync(EntityId principal, CancellationToken cancellationToken) =>
        new(_sealed.TryGetValue(principal, out byte[]? kept) ? kept : null);

    public ValueTask<EntityId?> FindByDigestAsync(string digest, CancellationToken cancellationToken) =>
        new(_digests.TryGetValue(digest, out EntityId principal) ? principal : null);

    public void Map(string thumbprint, EntityId principal) => _thumbprints[thumbprint] = principal;

    public ValueTask<EntityId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken) =>
        new(_thumbprints.TryGetValue(thumbprint, out EntityId principal) ? principal : null);
}
