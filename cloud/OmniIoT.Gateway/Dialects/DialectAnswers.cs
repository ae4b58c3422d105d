using System.Text;
using OmniIoT.Domain.Decisions;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects;

/// <summary>How a connection is answered that speaks a dialect: with its burst, or directly.</summary>
internal static class DialectAnswers
{
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
}
