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
/// Signs principals in: a device with its id and secret, or with the secret alone as user name, as ThingsBoard's devices say their access
/// token; an app with <c>customer:ID</c> and its token. A secret is hashed slowly
/// once; afterwards it is recognised by a keyed digest, as long as the stored hash stays the same. Of the others as many are judged at
/// once as may still be wrong, over all gateways: too many wrong ones from one address for one name close the address to
/// that name for a while, ten times as many close it to all names, and cost no hashing. Whoever is recognised is let in all the same, so
/// that a device with a wrong secret does not lock out the house behind its address.
/// </summary>
internal sealed class ConnectAuthenticator(
    ICredentialStore credentials,
    CertificateSignIn certificates,
    DialectRegistry dialects,
    IAttempts attempts,
    RefusedSignIns refusals,
    MqttGatewayOptions options
)
{
    /// <summary>Wrong secrets of an address for all names, over those for one.</summary>
    private const int NamesPerAddress = 10;

    private readonly AttemptRule _ofBoth = new("mqtt-sign-in", options.BadSignInsPerAddress, options.BadSignInPause);

    private readonly AttemptRule _ofAddress = new(
        "mqtt-sign-in-address",
        (int)Math.Min((long)options.BadSignInsPerAddress * NamesPerAddress, int.MaxValue),
        options.BadSignInPause
    );

    private readonly VerifiedSecrets _verified = new();
    private readonly DialectSet _ofDevices = new([.. dialects.All.Where(dialect => dialect.IsForNativeSignIn(EntityKind.Device))]);
    private readonly DialectSet _ofCustomers = new([.. dialects.All.Where(dialect => dialect.IsForNativeSignIn(EntityKind.Customer))]);

    public async ValueTask<SignIn> SignInAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        SignIn result = await CountAsync(packet, transport, cancellationToken);
        if (result.Principal is null)
            await refusals.AddAsync(packet, transport, result.Refusal);
        return result;
    }

    /// <summary>By what a sign-in is counted and told: never a secret.</summary>
    public static string NameOf(ConnectPacket packet) =>
        packet is { UserName: { } userName, Password.Length: > 0 } ? userName : packet.ClientId;

    private async ValueTask<SignIn> CountAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        if (!options.Limits(transport) || await IsRecognisedAsync(packet, cancellationToken))
            return await JudgeAsync(packet, transport, cancellationToken);
        string name = NameOf(packet);
        Attempt attempt = new(attempts, (_ofBoth, $"{transport.Address} {name}"), (_ofAddress, transport.Address));
        (AttemptPlace place, SignIn judged) = await attempt.JudgeAsync(
            () => JudgeAsync(packet, transport, cancellationToken),
            static judged => judged.Principal is null
        );
        if (place.IsBusy)
            return SignIn.Refused(ReasonCode.ServerBusy, "too many sign-ins at this moment");
        return place.Wait is null ? judged : SignIn.Refused(ReasonCode.Banned, "too many refused sign-ins from this address");
    }

    private async ValueTask<SignIn> JudgeAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken) =>
        await AskDialectsAsync(packet, transport, cancellationToken) ?? await VerifyAsync(packet, transport, cancellationToken);

    /// <summary>Whether it is a secret that was verified before and is right still.</summary>
    private async ValueTask<bool> IsRecognisedAsync(ConnectPacket packet, CancellationToken cancellationToken) =>
        packet is { UserName: { } userName, Password: { Length: > 0 } password }
        && PrincipalOf(userName) is { } principal
        && _verified.IsKnown(principal)
        && await credentials.FindSecretHashAsync(principal, cancellationToken) is { } stored
        && _verified.Recognises(principal, password.Span, stored);

    private async ValueTask<SignIn?> AskDialectsAsync(
        ConnectPacket packet,
        ConnectionTransport transport,
        CancellationToken cancellationToken
    )
    {
        foreach (IDialect dialect in dialects.All)
            if (await dialect.SignInAsync(packet, transport, cancellationToken) is { } judged)
                return judged;
        return null;
    }

    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, ConnectionTransport transport, CancellationToken cancellationToken)
    {
        SignIn signIn =
            packet.Password is not { Length: > 0 } && transport.Certificate is { } certificate
                ? await certificates.JudgeAsync(certificate, packet.UserName, cancellationToken)
                : await VerifyAsync(packet, cancellationToken);
        return signIn.Principal?.Kind switch
        {
            EntityKind.Device => signIn with { Dialects = _ofDevices },
            EntityKind.Customer => signIn with { Dialects = _ofCustomers },
            _ => signIn,
        };
    }

    private async ValueTask<SignIn> VerifyAsync(ConnectPacket packet, CancellationToken cancellationToken)
    {
        if (packet.UserName is not { } userName)
            return SignIn.Refused(ReasonCode.NotAuthorized, "no credentials");
        if (packet.Password is not { Length: > 0 } password)
            return await credentials.FindByDigestAsync(SecretDigest.Of(userName), cancellationToken) is { } bearer
                ? SignIn.As(bearer)
                : SignIn.Refused(ReasonCode.NotAuthorized, "no password, and the user name is no device's secret");
        if (PrincipalOf(userName) is not { } principal)
            return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "the user name is no id");
        string? stored = await credentials.FindSecretHashAsync(principal, cancellationToken);
        if (stored is null)
            return SignIn.Refused(ReasonCode.BadUserNameOrPassword, "unknown principal");
        return _verified.Verify(principal, password.Span, stored)
            ? SignIn.As(principal)
            : SignIn.Refused(ReasonCode.BadUserNameOrPassword, "wrong secret");
    }

    public static EntityId? PrincipalOf(string userName)
    {
        bool isCustomer = userName.StartsWith(PlatformTopics.CustomerPrefix, StringComparison.Ordinal);
        string id = isCustomer ? userName[PlatformTopics.CustomerPrefix.Length..] : userName;
        if (!Identifier.IsValid(id))
            return null;
        return isCustomer ? EntityId.Customer(id) : EntityId.Device(id);
    }
}
