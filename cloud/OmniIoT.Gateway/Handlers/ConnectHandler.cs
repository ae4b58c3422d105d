using System.Text;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Signs a client in, or refuses it.</summary>
internal sealed class ConnectHandler(
    MqttGatewayOptions options,
    ConnectAuthenticator authenticator,
    SessionRegistry sessions,
    GrainNotices notices,
    IdGenerator ids,
    GatewayCounters counters,
    ILogger<ConnectHandler> logger
)
{
    /// <summary>Decodes CONNECT within the burst.</summary>
    public void Read(Connection connection, ReadOnlySpan<byte> body)
    {
        if (connection.Accepted is not null)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "A second CONNECT."); // MQTT5 [MQTT-3.1.0-2], MQTT311 [MQTT-3.1.0-2]
        try
        {
            connection.HandleLater(ConnectPacket.Decode(body), HandleAsync);
        }
        catch (MqttProtocolException error)
        {
            RefuseBroken(connection, ConnectPacket.PeekProtocolLevel(body), error);
        }
    }

    private async ValueTask HandleAsync(Connection connection, ConnectPacket packet)
    {
        connection.Version = packet.Version;
        connection.Terms = ClientTerms.Of(packet, options);
        ConnectRefusal? refusal = Check(packet);
        if (refusal is null)
        {
            SignIn signIn = await SignInAsync(connection, packet);
            refusal =
                signIn.Refusal == ReasonCode.Success ? await OpenAsync(connection, packet, signIn) : ConnectRefusal.SignIn(signIn.Refusal);
        }
        if (refusal is not null)
            Refuse(connection, refusal);
    }

    private ConnectRefusal? Check(ConnectPacket packet)
    {
        int longest = options.MaximumClientIdLength;
        if (packet.Properties.AuthenticationMethod is not null)
            return ConnectRefusal.AuthenticationMethod; // MQTT5 [MQTT-4.12.0-1]
        if (packet.ClientId.Length == 0 && packet.Version == ProtocolVersion.V311 && !packet.CleanStart)
            return ConnectRefusal.ClientIdMissing; // MQTT311 [MQTT-3.1.3-8]
        if (packet.ClientId.Length > longest)
            return ConnectRefusal.ClientIdTooLong(longest); // MQTT5 [MQTT-3.1.3-8], MQTT311 [MQTT-3.1.3-9]
        return null;
    }

    private async ValueTask<SignIn> SignInAsync(Connection connection, ConnectPacket packet)
    {
        if (options.AllowAnonymous)
            return SignIn.Anonymous;
        SignIn signIn = await authenticator.SignInAsync(packet, connection.Transport, connection.Closing.Token);
        if (signIn.Principal is null)
            Log.SignInRefused(logger, ConnectAuthenticator.NameOf(packet), connection.Transport.Address, signIn.Reason);
        return signIn;
    }

    private async ValueTask<ConnectRefusal?> OpenAsync(Connection connection, ConnectPacket packet, SignIn signIn)
    {
        if (packet.Will is { } will && !MayPublish(signIn, will.Topic))
            return ConnectRefusal.WillTopic;
        if (packet.Will is { } deep && options.IsTooDeep(Encoding.UTF8.GetBytes(deep.Topic)))
            return ConnectRefusal.WillTooDeep;
        // MQTT5 [MQTT-3.1.3-6], MQTT311 [MQTT-3.1.3-6]
        string? assigned = packet.ClientId.Length == 0 ? $"auto-{Guid.ParseExact(ids.Next(), "N")}" : null;
        bool isPresent;
        try
        {
            isPresent = await sessions.OpenAsync(connection, packet, signIn, assigned ?? packet.ClientId);
        }
        catch (StorageUnavailableException)
        {
            return ConnectRefusal.Storage;
        }
        ConnectTerms.Apply(connection, packet, options);
        connection.CredentialsExpireAt = signIn.ExpiresAt;
        connection.Accepted = packet;
        counters.Connected();
        await GreetAsync(connection, packet, assigned, isPresent);
        return null;
    }

    private async ValueTask GreetAsync(Connection connection, ConnectPacket packet, string? assigned, bool isPresent)
    {
        Session session = connection.Session;
        CancellationToken closing = connection.Closing.Token;
        await notices.OpenedAsync(session, connection.Transport.Address, closing);
        PacketProperties properties = ConnectTerms.Answer(packet, assigned, session, options);
        foreach (IDialect dialect in session.Dialects.All)
            dialect.Opened(connection, isPresent);
        if (!session.GoOnline(connection, new ConnAckPacket(ReasonCode.Success, isPresent) { Properties = properties }))
            // MQTT5 [MQTT-3.1.2-24] [MQTT-3.14.0-1]
            connection.End(new ConnectionEnd(null, "CONNACK exceeds the client's maximum packet size", PublishesWill: false));
        await session.PumpAsync([], closing);
        if (isPresent && session.CanReceiveDownlinks)
            await notices.DownlinksWantedAsync(session, closing);
    }

    private static bool MayPublish(SignIn signIn, string topic)
    {
        PrincipalScope scope = new(signIn.Principal);
        byte[] utf8 = Encoding.UTF8.GetBytes(topic);
        return scope.Allows(utf8, signIn.Dialects?.Of(scope, utf8));
    }

    // MQTT5 [MQTT-3.1.4-1], MQTT311 [MQTT-3.1.4-1]: 5.0 may be told, 3.1.1 only that its version is not spoken.
    private void RefuseBroken(Connection connection, byte? level, MqttProtocolException error)
    {
        connection.Version = level >= (byte)ProtocolVersion.V5 ? ProtocolVersion.V5 : ProtocolVersion.V311;
        bool isExplained = connection.Version == ProtocolVersion.V5 && options.ExplainsRefusals;
        connection.Terms = ClientTerms.Unknown with { WantsReasons = isExplained };
        // MQTT5 [MQTT-3.1.2-2], MQTT311 [MQTT-3.1.2-2]
        bool isTold = isExplained || error.ReasonCode == ReasonCode.UnsupportedProtocolVersion;
        if (isTold && level is not null)
            Refuse(connection, new ConnectRefusal(error.ReasonCode, error.Message));
        else
            connection.End(new ConnectionEnd(null, error.Message));
    }

    private static void Refuse(Connection connection, ConnectRefusal refusal)
    {
        if (ConnAckPacket.CanExpress(connection.Version, refusal.Code))
            connection.TryAnswer(refusal.Encode(connection.Version), refusal.Text);
        connection.End(ConnectionEnd.Refused); // MQTT5 [MQTT-3.1.4-2] [MQTT-3.2.2-7], MQTT311 [MQTT-3.2.2-5]
    }
}
