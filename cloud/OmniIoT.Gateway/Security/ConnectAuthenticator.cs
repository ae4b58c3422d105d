using OmniIoT.Devices;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Security;

/// <summary>
/// Signs principals in: a device with its id and secret, an app with <c>customer:ID</c> and its token. A secret is hashed slowly
/// once; afterwards it is recognised by a keyed digest, as long as the stored hash stays the same. After too many refused sign-ins an
/// address is closed for a while, at every gateway, and costs no hashing.
/// </summary>
internal sealed class ConnectAuthenticator(
    ICredentialStore credentials,
    CertificateSignIn certificates,
    IReadOnlyList<IDialect> dialects,
    IAttempts attempts,
    MqttGatewayOptions options
)
{
    private const string What = "mqtt-sign-in";

    private readonly VerifiedSecrets _verified = new();
    private readonly DialectSet _nativeDialects = new([.. dialects.Where(dialect => dialect.IsForNativeSignIn)]);

    public async ValueTask<SignIn> SignInAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        bool isLimited = options.Limits(transport);
        if (isLimited && await attempts.WaitOfAsync(What, transport.Address, options.BadSignInsPerAddress) is not null)
            return SignIn.Refused(ReasonCode.Banned, "too many refused sign-ins from this address");
        SignIn result =
            await AskDialectsAsync(packet, transport, cancellationToken) ?? await VerifyAsync(packet, transport, cancellationToken);
        if (result.Principal is null && isLimited)
            await attempts.CountAsync(What, transport.Address, options.BadSignInPause);
        return result;
    }

    private async ValueTask<SignIn?> AskDialectsAsync(
        ConnectPacket packet,
        ConnectionTransport transport,
        CancellationToken cancellationToken
    )
    {
        foreach (IDialect dialect in dialects)
            if (await dialect.SignInAsync(packet, transport, cancellationToken) is { } judged)
                return judged;
        return null;
    }

    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        SignIn signIn =
            packet.Password is null && transport.Certificate is { } certificate
                ? await certificates.JudgeAsync(certificate, packet.UserName, cancellationToken)
                : await VerifyAsync(packet, cancellationToken);
        return signIn.Principal is { Kind: EntityKind.Device } ? signIn with { Dialects = _nativeDialects } : signIn;
    }

    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, CancellationToken cancellationToken)
    {
        if (packet.UserName is not { } userName || packet.Password is not { } password)
            return SignIn.Refused(ReasonCode.NotAuthorized, "no credentials");
        if (PrincipalOf(userName) is not { } principal)
            return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the user name is no id");
        string? stored = await credentials.FindSecretHashAsync(principal, cancellationToken);
        if (stored is null)
            return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "unknown principal");
        return _verified.Verify(principal, password.Span, stored)
            ? SignIn.As(principal)
            : SignIn.Refused(ReasonCode.BadUserNameOrPassword, "wrong secret");
    }

    private static EntityId? PrincipalOf(string userName)
    {
        bool isCustomer = userName.StartsWith(PlatformTopics.CustomerPrefix, StringComparison.Ordinal);
        string id = isCustomer ? userName[PlatformTopics.CustomerPrefix.Length..] : userName;
        if (!Identifier.IsValid(id))
            return null;
        return isCustomer ? EntityId.Customer(id) : EntityId.Device(id);
    }
}
