using System.Collections.Concurrent;
using OmniIoT.Grains.Ports;
using OmniIoT.Grains.Security;

namespace OmniIoT.Gateway.Tests.Support;

internal sealed class FakeCredentials : ICredentialStore
{
    private readonly ConcurrentDictionary<GrainId, string> _hashes = [];

    public void Set(GrainId principal, string secret) => _hashes[principal] = SecretHasher.Hash(secret, iterations: 10);

    public ValueTask<string?> FindSecretHashAsync(GrainId principal, CancellationToken cancellationToken) =>
        new(_hashes.TryGetValue(principal, out string? hash) ? hash : null);

    public ValueTask<GrainId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken) => new((GrainId?)null);
}
