using System.Text;
using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects;

/// <summary>
/// Says in our own words, on a client's behalf, what it said in a dialect's; and what it is told beside its sessions' traffic.
/// </summary>
internal sealed class OwnWords(Router router, BatchPool batches, BatchSubmitter submitter, GatewayLifecycle lifecycle)
{
    /// <summary>Adds a message to the connection's burst, to be acknowledged with it.</summary>
    /// <param name="below">Topic below the device's root.</param>
    /// <param name="original">What was said, for its QoS.</param>
    public void SayOwn(
        Connection connection,
        string below,
        ReadOnlySpan<byte> payload,
        in IncomingMessage original,
        ushort packetIdentifier
    ) => connection.Acknowledge(original, packetIdentifier, AddOwn(connection, below, payload, original));

    /// <summary>Nothing of it is retained: dialects retain nothing.</summary>
    public void SayAsItIs(Connection connection, in IncomingMessage original, ushort packetIdentifier) =>
        connection.Acknowledge(original, packetIdentifier, Add(connection, original.Topic, original.Payload, original));

    /// <summary>Adds a message whose acknowledgement is added later.</summary>
    /// <returns>Its index in the batch.</returns>
    public int AddOwn(Connection connection, string below, ReadOnlySpan<byte> payload, in IncomingMessage original)
    {
        ReadOnlySpan<byte> root = connection.Scope.RootUtf8;
        byte[] topic = new byte[root.Length + Encoding.UTF8.GetByteCount(below)];
        root.CopyTo(topic);
        Encoding.UTF8.GetBytes(below, topic.AsSpan(root.Length));
        return Add(connection, topic, payload, original);
    }

    /// <summary>
    /// Acknowledges a message outside of its burst: in a batch of its own, in order behind what the connection is still owed.
    /// </summary>
    public async ValueTask AcknowledgeAloneAsync(
        Connection connection,
        QualityOfService qos,
        ushort packetIdentifier,
        MessageOutcome outcome
    )
    {
        bool isFirst = qos == QualityOfService.ExactlyOnce;
        ReasonCode reason = outcome switch
        {
            MessageOutcome.Accepted => ReasonCode.Success,
            _ when isFirst => ReasonCode.Success, // A refusal would end the exchange; the dead letters have it all the same.
            MessageOutcome.QuotaExceeded => ReasonCode.QuotaExceeded,
            _ => ReasonCode.PayloadFormatInvalid,
        };
        PublishBatch batch = batches.Open(connection.Scope, connection);
        batch.AddAck(isFirst ? PacketType.PubRec : PacketType.PubAck, packetIdentifier, -1, reason, isFirst);
        bool mustFollow = connection.HasPendingBatches;
        connection.BatchSubmitted();
        await submitter.SubmitAsync(batch, mustFollow, connection.Closing.Token);
    }

    /// <summary>Publishes a will to its own topic, whatever its client speaks.</summary>
    /// <param name="with">What becomes durable with it; null nothing.</param>
    public async ValueTask PublishWillAsync(Session session, WillMessage will, Effect? with = null)
    {
        PublishBatch batch = batches.Open(session.Scope, null);
        IncomingMessage message = new()
        {
            Topic = Encoding.UTF8.GetBytes(will.Topic),
            Payload = will.Payload.Span,
            Qos = (byte)will.Qos,
            Retain = will.Retain,
            Properties = new PropertySection(will.EncodedProperties.Span),
        };
        router.Add(batch, session.Scope, session, null, message, 0);
        if (with is not null)
            batch.Effects.Add(with);
        await submitter.SubmitAsync(batch, mustFollow: false, lifecycle.Stopping);
    }

    /// <summary>Sends to whoever of a principal subscribed, at QoS 0; false when nobody did.</summary>
    public bool TrySend(PrincipalScope scope, string topic, ReadOnlySpan<byte> payload)
    {
        PublishBatch batch = batches.Open(scope, null);
        IncomingMessage message = new()
        {
            Topic = Encoding.UTF8.GetBytes(topic),
            Payload = payload,
            Qos = (byte)QualityOfService.AtMostOnce,
            Retain = false,
            Properties = default,
        };
        router.Add(batch, scope, null, null, message, 0);
        bool isHeard = batch.DeliveryCount > 0;
        batch.Complete();
        return isHeard;
    }

    private int Add(Connection connection, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, in IncomingMessage original)
    {
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = payload,
            Qos = original.Qos,
            Retain = false,
            Properties = original.Properties,
        };
        return router.Add(connection.Batch, connection.Scope, connection.Session, connection.Matches, message, packetIdentifier: 0);
    }
}
