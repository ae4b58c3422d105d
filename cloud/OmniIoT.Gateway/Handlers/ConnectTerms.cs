using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>What gateway and client agree on at CONNECT.</summary>
internal static class ConnectTerms
{
    private const uint ForEver = uint.MaxValue;

    /// <summary>How long the session is kept: 0 when it ends with the connection, never more than the option allows.</summary>
    public static TimeSpan SessionExpiry(ConnectPacket packet, MqttGatewayOptions options)
    {
        if (packet.Version == ProtocolVersion.V311)
            return packet.CleanStart ? TimeSpan.Zero : options.MaximumSessionExpiry; // MQTT311 [MQTT-3.1.2-6]
        return SessionExpiry(packet.Properties.SessionExpiryIntervalSeconds ?? 0, options); // MQTT5 section 3.1.2.11.2
    }

    public static TimeSpan SessionExpiry(uint seconds, MqttGatewayOptions options)
    {
        TimeSpan wanted = seconds == ForEver ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);
        return wanted < options.MaximumSessionExpiry ? wanted : options.MaximumSessionExpiry;
    }

    /// <summary>Seconds; 0 turns the keep-alive off.</summary>
    public static int KeepAlive(ConnectPacket packet, MqttGatewayOptions options, DialectSet dialects)
    {
        TimeSpan most = packet.Version == ProtocolVersion.V5 ? options.MaximumKeepAlive : TimeSpan.MaxValue;
        if (dialects.MaximumKeepAlive < most)
            most = dialects.MaximumKeepAlive;
        return (int)Math.Min(packet.KeepAliveSeconds, most.TotalSeconds);
    }

    /// <summary>Sets up the connection as the client wants it and the options allow it.</summary>
    public static void Apply(Connection connection, ConnectPacket packet, MqttGatewayOptions options)
    {
        PacketProperties wanted = packet.Properties;
        connection.SendQuota = Math.Min(wanted.ReceiveMaximum ?? ushort.MaxValue, options.MaximumInFlight); // MQTT5 [MQTT-3.3.4-9]
        // MQTT5 [MQTT-3.1.2-22], MQTT311 [MQTT-3.1.2-24]
        connection.Silence = TimeSpan.FromSeconds(KeepAlive(packet, options, connection.Session.Dialects) * 1.5);
        connection.Will = packet.Will;
        if (packet.Version == ProtocolVersion.V311)
            return;
        int aliases = Math.Min(wanted.TopicAliasMaximum ?? 0, options.OutgoingTopicAliasMaximum); // MQTT5 [MQTT-3.1.2-26] [MQTT-3.1.2-27]
        connection.Encoder = new PublishEncoder(ProtocolVersion.V5, wanted.MaximumPacketSize ?? uint.MaxValue, aliases);
        connection.Aliases = new IncomingAliases(options.TopicAliasMaximum);
    }

    /// <summary>The answer's properties; 3.1.1 has none.</summary>
    public static PacketProperties Answer(ConnectPacket packet, string? assignedClientId, Session session, MqttGatewayOptions options)
    {
        if (packet.Version == ProtocolVersion.V311)
            return PacketProperties.None;
        uint wanted = packet.Properties.SessionExpiryIntervalSeconds ?? 0;
        uint expiry = session.Expiry.TotalSeconds < ForEver ? (uint)session.Expiry.TotalSeconds : ForEver;
        int keepAlive = KeepAlive(packet, options, session.Dialects);
        return new PacketProperties
        {
            AssignedClientIdentifier = assignedClientId, // MQTT5 [MQTT-3.2.2-16]
            SessionExpiryIntervalSeconds = expiry == wanted ? null : expiry,
            ServerKeepAliveSeconds = keepAlive < packet.KeepAliveSeconds ? (ushort)keepAlive : null, // MQTT5 [MQTT-3.2.2-21]
            ReceiveMaximum = (ushort)options.ReceiveMaximum,
            TopicAliasMaximum = (ushort)options.TopicAliasMaximum,
            MaximumPacketSize = (uint)options.MaximumPacketSize,
            ResponseInformation = packet.Properties.RequestResponseInformation == true ? session.Scope.Root : null, // MQTT5 [MQTT-3.1.2-28]
        };
    }
}
