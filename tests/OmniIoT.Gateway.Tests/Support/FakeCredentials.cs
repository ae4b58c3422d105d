using System.Collections.Concurrent;
using OmniIoT.Grains.Ports;
using OmniIoT.Grains.Security;

namespace OmniIoT.Gateway.Tests.Support;

internal sealed class FakeCredentials : ICredentialStore
{
    private readonly ConcurrentDictionary<GrainId, string> _hashes = [];
    private readonly ConcurrentDictionary<string, GrainId> _thumbprints = [];
    private int _lookUps;

    public void Set(GrainId principal, string secret) => _hashes[principal] = SecretHasher.Hash(secret, iterations: 10);

    /// <summary>How often a hash was asked for.</summary>
    public int LookUps => Volatile.Read(ref _lookUps);

    public ValueTask<string?> FindSecretHashAsync(GrainId principal, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lookUps);
        return new(_hashes.TryGetValue(principal, out string? hash) ? hash : null);
    }

    public void Map(string thumbprint, GrainId principal) => _thumbprints[thumbprint] = principal;

    public ValueTask<GrainId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken) =>
        new(_thumbprints.TryGetValue(thumbprint, out GrainId principal) ? principal : null);
}
