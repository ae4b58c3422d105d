using OmniIoT.Domain;

namespace OmniIoT.Grains.Ports;

/// <summary>What principals sign in with.</summary>
public interface ICredentialStore
{
    /// <summary>The salted hash, as <see cref="Security.SecretHasher"/> made it; null when the principal may not sign in.</summary>
    ValueTask<string?> FindSecretHashAsync(GrainId principal, CancellationToken cancellationToken);

    /// <summary>Whose certificate it is; null when nobody signs in with it.</summary>
    /// <param name="thumbprint">As <see cref="Thumbprint"/> writes it.</param>
    ValueTask<GrainId?> FindByThumbprintAsync(string thumbprint, CancellationToken cancellationToken);
}
