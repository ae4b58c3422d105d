using OmniIoT.Devices;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Domain;
using OmniIoT.Gateway.Security;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>
/// Signs devices in as the hub does: the user name says who, a token signed with the device's key or a client certificate says that it
/// is true. The key is the device's ordinary secret; no slow hash is computed, and the secret does not travel.
/// </summary>
internal sealed class HubSignIn(ICredentialStore credentials, SecretSealer sealer, TimeProvider time)
{
    /// <summary>How far a device's clock may be behind ours: the hub's own tolerance.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly CertificateSignIn _certificates = new(credentials);

    /// <summary>Null when the user name is not of the hub's form.</summary>
    public async ValueTask<SignIn?> JudgeAsync(
        IDialect dialect,
        ConnectPacket packet,
        ShownCertificate? certificate,
        CancellationToken cancellationToken
    )
    {
        if (packet.UserName is not { } userName || !HubUserName.TryParse(userName, out HubUserName? name))
            return null;
        if (name.ModuleId is not null)
            return Refused($"'{name.ClientId}' is a module, and only devices can sign in");
        if (!Identifier.IsValid(name.DeviceId))
            return Refused($"'{name.DeviceId}' is no device's id");
        if (packet.ClientId != name.ClientId)
            return Refused($"the client id '{packet.ClientId}' is not the device's");
        if (packet.Password is { IsEmpty: false } password)
            return await VerifyAsync(dialect, EntityId.Device(name.DeviceId), password, cancellationToken);
        return certificate is null
            ? Refused("neither token nor client certificate")
            : await _certificates.JudgeAsync(certificate, name.DeviceId, cancellationToken) with
            {
                Dialects = new DialectSet([dialect]),
            };
    }

    private async ValueTask<SignIn> VerifyAsync(
        IDialect dialect,
        EntityId device,
        ReadOnlyMemory<byte> password,
        CancellationToken cancellationToken
    )
    {
        if (!SharedAccessSignature.TryParse(password.Span, out SharedAccessSignature? token))
            return Refused("the password is no shared access signature");
        if (token.KeyName is { } policy)
            return Refused($"there are no shared access policies, such as '{policy}'");
        if (!token.IsFor(device.Key))
            return Refused($"the token is for '{token.Resource}'");
        Instant end = token.ExpiresAt + ClockTolerance;
        if (end <= time.Now())
            return Refused($"the token expired at {token.ExpiresAt}");
        byte[]? kept = await credentials.FindSealedSecretAsync(device, cancellationToken);
        if (kept is null)
            return Refused(await WhyNoneIsKeptAsync(device, cancellationToken));
        if (sealer.Open(device, kept) is not { } secret)
            return Refused("its kept secret was sealed with another key file: give the device a new secret");
        return SharedAccessKey.Candidates(secret).Any(key => token.IsSignedWith(key))
            ? SignIn.As(device, new DialectSet([dialect]), end)
            : Refused("wrong key");
    }

    private async ValueTask<string> WhyNoneIsKeptAsync(EntityId device, CancellationToken cancellationToken) =>
        await credentials.FindSecretHashAsync(device, cancellationToken) is null
            ? "unknown device"
            : "its secret is from before secrets were kept for tokens: give the device a new secret";

    private static SignIn Refused(string reason) => SignIn.Refused(ReasonCode.NotAuthorized, reason);
}
