using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Security;

/// <summary>Signs devices in by the certificate that they showed in the TLS handshake.</summary>
internal sealed class CertificateSignIn(ICredentialStore credentials)
{
    /// <param name="claimed">Which device the client says it is; null when it says nothing, which is enough.</param>
    public async ValueTask<SignIn> JudgeAsync(ShownCertificate certificate, string? claimed, CancellationToken cancellationToken)
    {
        if (await FindDeviceAsync(certificate, cancellationToken) is not { } device)
            return SignIn.Refused(ReasonCode.NotAuthorized, $"certificate {certificate.Thumbprint} stands for no device");
        return claimed is null || claimed == device.Key
            ? SignIn.As(device)
            : SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the certificate is another device's");
    }

    /// <summary>Whose certificate it is: by its thumbprint, or by the subject that an authority vouches for.</summary>
    private async ValueTask<EntityId?> FindDeviceAsync(ShownCertificate certificate, CancellationToken cancellationToken)
    {
        if (await credentials.FindByThumbprintAsync(certificate.Thumbprint, cancellationToken) is { } mapped)
            return mapped;
        if (!certificate.IsTrusted || !Identifier.IsValid(certificate.CommonName))
            return null;
        EntityId device = EntityId.Device(certificate.CommonName);
        return await credentials.FindSecretHashAsync(device, cancellationToken) is null ? null : device;
    }
}
