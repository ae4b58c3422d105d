using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Gateway.Security;

/// <summary>
/// Signs principals in: a device with its id and secret, an app with <c>customer:ID</c> and its token. A secret is hashed slowly
/// once; afterwards it is recognised by a keyed digest, as long as the stored hash stays the same.
/// </summary>
internal sealed class Authenticator(ICredentialStore credentials, MqttGatewayOptions options, IDialect? nativeDialect, TimeProvider time)
{
    private readonly VerifiedSecrets _verified = new();
    private readonly BadSignIns _bad = new(options.BadSignInsPerAddress, options.BadSignInPause, time);

    public async ValueTask<SignIn> SignInAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        bool isLimited = options.Limits(transport);
        if (isLimited && _bad.IsClosed(transport.Address)) return SignIn.Refused(ReasonCode.Banned, "too many refused sign-ins from this address");
        SignIn result = packet.Password is null && transport.Certificate is { } certificate
            ? await VerifyAsync(packet, certificate, cancellationToken)
            : await VerifyAsync(packet, cancellationToken);
        if (result.Principal is null && isLimited) _bad.Add(transport.Address);
        return result;
    }

    /// <summary>By certificate: the user name is not needed; one that is given must be the device's.</summary>
    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, ShownCertificate certificate, CancellationToken cancellationToken)
    {
        if (await FindDeviceAsync(certificate, cancellationToken) is not { } device)
            return SignIn.Refused(ReasonCode.NotAuthorized, $"certificate {certificate.Thumbprint} stands for no device");
        return packet.UserName is null || packet.UserName == device.Key
            ? SignIn.As(device, DialectOf(device))
            : SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the certificate is another device's");
    }

    /// <summary>Whose certificate it is: by its thumbprint, or by the subject that an authority vouches for.</summary>
    private async ValueTask<GrainId?> FindDeviceAsync(ShownCertificate certificate, CancellationToken cancellationToken)
    {
        if (await credentials.FindByThumbprintAsync(certificate.Thumbprint, cancellationToken) is { } mapped) return mapped;
        if (!certificate.IsTrusted || !Identifier.IsValid(certificate.CommonName)) return null;
        GrainId device = GrainId.Device(certificate.CommonName);
        return await credentials.FindSecretHashAsync(device, cancellationToken) is null ? null : device;
    }

    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, CancellationToken cancellationToken)
    {
        if (packet.UserName is not { } userName || packet.Password is not { } password) return SignIn.Refused(ReasonCode.NotAuthorized, "no credentials");
        if (PrincipalOf(userName) is not { } principal) return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the user name is no id");
        string? stored = await credentials.FindSecretHashAsync(principal, cancellationToken);
        if (stored is null) return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "unknown principal");
        return _verified.Verify(principal, password.Span, stored) ? SignIn.As(principal, DialectOf(principal)) : SignIn.Refused(ReasonCode.BadUserNameOrPassword, "wrong secret");
    }

    private IDialect? DialectOf(GrainId principal) => principal.Kind == GrainKind.Device ? nativeDialect : null;

    private static GrainId? PrincipalOf(string userName)
    {
        bool isCustomer = userName.StartsWith(Topics.CustomerPrefix, StringComparison.Ordinal);
        string id = isCustomer ? userName[Topics.CustomerPrefix.Length..] : userName;
        if (!Identifier.IsValid(id)) return null;
        return isCustomer ? GrainId.Customer(id) : GrainId.Device(id);
    }
}
