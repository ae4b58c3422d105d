using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Gateway.Security;

/// <summary>Says which device a client certificate stands for: the one that its common name names, when an authority of ours vouches for it.</summary>
internal sealed class CertificateSignIn(ICredentialStore credentials)
{
    /// <param name="claimed">Which device the client says it is; null when it says nothing, which is enough.</param>
    public async ValueTask<SignIn> JudgeAsync(ShownCertificate certificate, string? claimed, CancellationToken cancellationToken)
    {
        if (!certificate.IsTrusted || !Identifier.IsValid(certificate.CommonName)) return SignIn.Refused(ReasonCode.NotAuthorized, $"certificate {certificate.Thumbprint} stands for no device");
        GrainId device = GrainId.Device(certificate.CommonName);
        if (claimed is not null && claimed != device.Key) return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the certificate is another device's");
        return await credentials.FindSecretHashAsync(device, cancellationToken) is not null
            ? SignIn.As(device)
            : SignIn.Refused(ReasonCode.NotAuthorized, "unknown device");
    }
}
