using OmniIoT.Domain;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Ports.Security;

/// <summary>What principals sign in with.</summary>
public interface ICredentialStore
{
    /// <summary>The salted hash, as <see cref="SecretHasher"/> made it; null when the principal may not sign in.</summary>
    ValueTask<string?> FindSecretHashAsync(EntityId principal, CancellationToken cancellationToken);

    /// <summary>The secret, as <see cref="SecretSealer"/> sealed it; null when none is kept.</summary>
    ValueTask<byte[]?> FindSealedSecretAsync(EntityId principal, CancellationToken cancellationToken);

    /// <summary>Whose secret it is; null when it is nobody's, or was made before digests were kept.</summary>
    /// <param name="digest">As <see cref="SecretDigest"/> makes it.</param>
    ValueTask<EntityId?> FindByDigestAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Whose certificate it is; null when nobody signs in with it.</summary>
    /// <param name="thumbprint">As <see cref="Thumbprint"/> writes it.</param>
    ValueTask<EntityId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken);
}
