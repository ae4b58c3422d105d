using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>The client says goodbye. What it sent before is on its way first.</summary>
internal sealed class DisconnectHandler(MqttGatewayOptions options)
{
    public ValueTask HandleAsync(Connection connection, DisconnectPacket packet)
    {
        if (packet.Properties.SessionExpiryIntervalSeconds is { } seconds)
            ChangeExpiry(connection, seconds);
        bool keepsWill = packet.ReasonCode != ReasonCode.Success; // MQTT5 [MQTT-3.14.4-3], MQTT311 [MQTT-3.14.4-3]
        connection.End(new ConnectionEnd(null, "client disconnected", keepsWill));
        return ValueTask.CompletedTask;
    }

    private void ChangeExpiry(Connection connection, uint seconds)
    {
        if (!connection.Session.IsPersistent && seconds > 0)
            // MQTT5 section 3.14.2.2.2
            throw new MqttProtocolException(ReasonCode.ProtocolError, "A session expiry in DISCONNECT after none in CONNECT.");
        connection.Session.Expiry = ConnectTerms.SessionExpiry(seconds, options);
    }
}
