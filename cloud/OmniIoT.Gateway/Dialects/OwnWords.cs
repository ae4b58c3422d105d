using System.Text;
using OmniIoT.Domain.Decisions;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects;

/// <summary>Says in our own words, on a connection's behalf and with its burst, what it said in a dialect's; answers it directly.</summary>
internal static class OwnWords
{
    /// <param name="below">Topic below the device's root.</param>
    /// <param name="original">What was said, for its QoS.</param>
    public static void SayOwn(
        this Connection connection,
        string below,
        ReadOnlySpan<byte> payload,
        in IncomingMessage original,
        ushort packetIdentifier
    ) => connection.Acknowledge(original, packetIdentifier, connection.AddOwn(below, payload, original));

    /// <summary>Nothing of it is retained: dialects retain nothing.</summary>
    public static void Say(
        this Connection connection,
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        in IncomingMessage original,
        ushort packetIdentifier
    ) => connection.Acknowledge(original, packetIdentifier, connection.Add(topic, payload, original));

    /// <summary>Adds a message whose acknowledgement is added later.</summary>
    /// <returns>Its index in the batch.</returns>
    public static int AddOwn(this Connection connection, string below, ReadOnlySpan<byte> payload, in IncomingMessage original)
    {
        ReadOnlySpan<byte> root = connection.Scope.RootUtf8;
        byte[] topic = new byte[root.Length + Encoding.UTF8.GetByteCount(below)];
        root.CopyTo(topic);
        Encoding.UTF8.GetBytes(below, topic.AsSpan(root.Length));
        return connection.Add(topic, payload, original);
    }

    /// <summary>Adds a message that is not understood.</summary>
    /// <returns>Its index in the batch.</returns>
    public static int AddRefused(this Connection connection, in IncomingMessage original, Refusal refusal)
    {
        PublishBatch batch = connection.Batch;
        batch.MessageCount++;
        batch.Inbound.AddRefused(original.Topic, original.Payload, refusal);
        return batch.Inbound.Count - 1;
    }

    /// <param name="index">Of the message whose outcome is told; -1: all went well.</param>
    public static void Acknowledge(this Connection connection, in IncomingMessage original, ushort packetIdentifier, int index)
    {
        if (original.Qos == (byte)QualityOfService.AtLeastOnce)
            connection.Batch.AddAck(PacketType.PubAck, packetIdentifier, index);
        else if (original.Qos == (byte)QualityOfService.ExactlyOnce)
            connection.Batch.AddAck(PacketType.PubRec, packetIdentifier, index, isFirst: true);
    }

    /// <summary>
    /// Acknowledges a message outside of its burst: in a batch of its own, in order behind what the connection is still owed.
    /// </summary>
    public static async ValueTask AcknowledgeAloneAsync(
        this Connection connection,
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
        PublishBatch batch = connection.Gateway.Submitter.Pool.Rent();
        batch.Open(connection.Scope, connection, connection.Gateway.Now);
        batch.AddAck(isFirst ? PacketType.PubRec : PacketType.PubAck, packetIdentifier, -1, reason, isFirst);
        bool mustFollow = connection.HasPendingBatches;
        connection.BatchSubmitted();
        await connection.Gateway.Submitter.SubmitAsync(batch, mustFollow, connection.Closing.Token);
    }

    /// <summary>Sends to this connection alone, at QoS 0, when it subscribed to the topic.</summary>
    public static void AnswerInWords(this Connection connection, string topic, ReadOnlySpan<byte> payload)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(topic);
        bool isWanted = connection
            .Scope.Subscriptions.Match(utf8, publisher: null)
            .Targets.Any(target => target.Session == connection.Session);
        if (isWanted)
            connection.Session.Deliver(utf8, payload, MessageExtras.None, new DeliveryTerms(0, Retain: false, []));
    }

    private static int Add(this Connection connection, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, in IncomingMessage original)
    {
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = payload,
            Qos = original.Qos,
            Retain = false,
            Properties = original.Properties,
        };
        return connection.Gateway.Router.Add(
            connection.Batch,
            connection.Scope,
            connection.Session,
            connection.Matches,
            message,
            packetIdentifier: 0
        );
    }
}
