using OmniIoT.Domain.Audit;
using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Security;

namespace OmniIoT.Gateway.Security;

/// <summary>Puts on record who was not let in.</summary>
internal sealed class RefusedSignIns(RecordedRefusals refusals, ICredentialStore credentials)
{
    private const string Unknown = "device:?";

    public async Task AddAsync(ConnectPacket packet, ConnectionTransport transport, ReasonCode reason)
    {
        bool isLockedOut = reason == ReasonCode.Banned;
        string subject = isLockedOut ? Unknown : await KnownSubjectAsync(ConnectAuthenticator.NameOf(packet));
        Origin stranger = new(Origin.Anonymous, transport.Address);
        string outcome = isLockedOut ? AuditActions.LockedOut : AuditActions.Wrong;
        await refusals.AddAsync(new Refusal(stranger, AuditActions.SessionRefused, subject, outcome));
    }

    /// <summary>What is nobody's name is not repeated: people type secrets in its place, and guessers any number of names.</summary>
    private async ValueTask<string> KnownSubjectAsync(string name) =>
        ConnectAuthenticator.PrincipalOf(name) is { } principal
        && await credentials.FindSecretHashAsync(principal, CancellationToken.None) is not null
            ? principal.ToString()
            : Unknown;
}
