using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Handlers;

/// <summary>A message from a client: checked, copied into the burst's batch, acknowledged with it.</summary>
internal sealed class PublishHandler(MqttGatewayOptions options, Router router, GatewayCounters counters)
{
    public void Handle(Connection connection, byte flags, ReadOnlySpan<byte> body)
    {
        PublishView publish = PublishView.Decode(connection.Version, flags, body);
        if (publish.HasSubscriptionIdentifier)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "A subscription identifier from a client."); // MQTT5 [MQTT-3.3.4-6]
        ReadOnlySpan<byte> topic = connection.Aliases.Resolve(publish);
        PublishBatch batch = connection.Batch;
        PrincipalScope scope = connection.Scope;
        if (options.IsTooDeep(topic))
        {
            Refuse(connection, batch, publish, ReasonCode.TopicNameInvalid);
            return;
        }
        IDialect? dialect = connection.Session.Dialects.Of(scope, topic);
        if (!scope.Allows(topic, dialect))
        {
            Refuse(connection, batch, publish, ReasonCode.NotAuthorized);
            return;
        }
        if ((byte)publish.Qos > dialect?.MaximumQos)
            throw new MqttProtocolException(
                ReasonCode.QosNotSupported,
                $"QoS {(int)publish.Qos} in words that know {dialect.MaximumQos} at most."
            );
        if (publish.Qos == QualityOfService.ExactlyOnce && !TryReceive(connection, batch, publish, topic))
            return;
        if (publish.Qos == QualityOfService.AtLeastOnce)
            Owe(connection);
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = publish.Payload,
            Qos = (byte)publish.Qos,
            Retain = publish.Retain,
            Properties = publish.Properties,
        };
        if (dialect is not null)
        {
            dialect.Publish(connection, message, publish.PacketIdentifier);
            return;
        }
        int index = router.Add(batch, scope, connection.Session, connection.Matches, message, publish.PacketIdentifier);
        ReasonCode reason = index == Router.NobodySubscribes ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success;
        if (publish.Qos == QualityOfService.AtLeastOnce)
            batch.AddAck(PacketType.PubAck, publish.PacketIdentifier, index, reason); // MQTT5 [MQTT-4.3.2-4], MQTT311 [MQTT-4.3.2-2]
        else if (publish.Qos == QualityOfService.ExactlyOnce)
            batch.AddAck(PacketType.PubRec, publish.PacketIdentifier, index, isFirst: true); // MQTT5 [MQTT-4.3.3-8], MQTT311 [MQTT-4.3.3-2]
    }

    // MQTT5 [MQTT-3.3.4-7]: more than the announced number at once ends the connection.
    private void Owe(Connection connection)
    {
        connection.AcknowledgementOwed();
        if (connection.Version == ProtocolVersion.V5)
            RequireQuota(connection.Unacknowledged + connection.Session.ReceivedCount);
    }

    private bool TryReceive(Connection connection, PublishBatch batch, in PublishView publish, ReadOnlySpan<byte> topic)
    {
        ushort packetIdentifier = publish.PacketIdentifier;
        long fingerprint = ReceivedMessage.FingerprintOf(topic, publish.Payload);
        switch (connection.Session.Receive(packetIdentifier, publish.Dup, fingerprint, out MessageOutcome before))
        {
            case Receipt.RefusedBefore:
                batch.AddAck(PacketType.PubRec, packetIdentifier, -1, Connection.ReasonOf(before));
                return false;
            case Receipt.Repeated:
                batch.FollowsOthers = true;
                batch.AddAck(PacketType.PubRec, packetIdentifier, -1); // MQTT5 [MQTT-4.3.3-10], MQTT311 [MQTT-4.3.3-2]
                return false;
            case Receipt.InUse when connection.Version == ProtocolVersion.V311:
                throw new MqttProtocolException(
                    ReasonCode.PacketIdentifierInUse,
                    $"Packet identifier {packetIdentifier} is another message's."
                ); // MQTT311 [MQTT-4.8.0-1]
            case Receipt.InUse:
                counters.Refused();
                batch.AddAck(PacketType.PubRec, packetIdentifier, -1, ReasonCode.PacketIdentifierInUse); // MQTT5 section 3.5.2.1
                return false;
        }
        int open = connection.Session.ReceivedCount + (connection.Version == ProtocolVersion.V5 ? connection.Unacknowledged : 0);
        if (open > options.ReceiveMaximum)
            connection.Session.TryForget(packetIdentifier); // It was not taken in: sent again, it is new.
        RequireQuota(open);
        bool isKept = connection.Session.IsPersistent;
        while (connection.Session.TryForgetRefused(options.ReceiveMaximum, out ushort heard))
        {
            if (isKept)
                batch.Effects.Add(new ForgetReceived(connection.Session.Key, heard));
        }
        if (isKept)
            batch.Effects.Add(new RememberReceived(connection.Session.Key, packetIdentifier, fingerprint));
        return true;
    }

    private void RequireQuota(int open)
    {
        if (open > options.ReceiveMaximum)
            throw new MqttProtocolException(
                ReasonCode.ReceiveMaximumExceeded,
                $"More than {options.ReceiveMaximum} unacknowledged messages."
            ); // MQTT5 [MQTT-3.3.4-9]
    }

    // 3.1.1 has no word for a refusal but the connection's end, MQTT311 [MQTT-3.3.5-2]; 5.0 has a reason code, for QoS 0 none.
    private void Refuse(Connection connection, PublishBatch batch, in PublishView publish, ReasonCode reason)
    {
        counters.Refused();
        if (connection.Version == ProtocolVersion.V311)
            throw new MqttProtocolException(reason, "A topic that is not below its own root, or too deep.");
        if (publish.Qos == QualityOfService.AtMostOnce)
            return;
        if (publish.Qos == QualityOfService.AtLeastOnce)
            Owe(connection);
        PacketType type = publish.Qos == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
        batch.AddAck(type, publish.PacketIdentifier, -1, reason);
    }
}
