using System.Buffers;
using System.IO.Pipelines;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

public sealed partial class MqttClient
{
    /// <summary>
    /// Takes the messages of all subscriptions, one after the other; while it works, nothing more is read. Set it
    /// before the start. When it throws, the connection ends, the error is reported by <see cref="Disconnected"/>, and
    /// the server sends the message again. Null: messages are acknowledged and forgotten.
    /// </summary>
    public Func<ReceivedMessage, CancellationToken, ValueTask>? MessageHandler { get; set; }

    /// <summary>Reads until the connection ends; null when the server just closed.</summary>
    private async Task<Exception?> ReceiveAsync(ClientConnection connection)
    {
        try
        {
            while (true)
            {
                ReadResult result = await connection.Input.ReadAsync(connection.Stop.Token);
                ReadOnlySequence<byte> buffer = result.Buffer;
                long before = buffer.Length;
                while (PacketFramer.TryReadFrame(ref buffer, _options.Version, _options.MaximumPacketSize, out PacketFrame frame))
                {
                    if (Receive(connection, frame) is { } message)
                        await DeliverAsync(connection, message);
                }

                connection.Input.AdvanceTo(buffer.Start, buffer.End);
                Volatile.Write(ref _received, _received + before);
                lock (_gate)
                    connection.Flush();
                SignalRoom();
                if (result.IsCompleted || _farewell is not null)
                    return null;
            }
        }
        catch (Exception error)
        {
            return error; // A lost socket, a broken peer or a failing handler: each ends this connection, and Disconnected tells which.
        }
    }

    private async ValueTask DeliverAsync(ClientConnection connection, ReceivedMessage message)
    {
        Volatile.Write(ref _isDelivering, true);
        try
        {
            if (MessageHandler is { } handler)
                await handler(message, connection.Stop.Token);
        }
        finally
        {
            Volatile.Write(ref _isDelivering, false);
        }

        if (_options.AcknowledgeAutomatically || MessageHandler is null)
            message.Acknowledge();
    }

    /// <summary>Deals with one packet; returns the message that the application has to see, if it is one.</summary>
    private ReceivedMessage? Receive(ClientConnection connection, PacketFrame frame)
    {
        using ContiguousBody body = frame.GetContiguousBody();
        switch (frame.Type)
        {
            case PacketType.Publish:
                return ReceivePublish(connection, PublishView.Decode(_options.Version, frame.Header.Flags, body.Span));
            case PacketType.PubAck or PacketType.PubComp or PacketType.PubRec or PacketType.PubRel:
                ReceiveAck(connection, frame.Type, AckView.Decode(_options.Version, frame.Type, body.Span));
                return null;
            case PacketType.SubAck:
                SubAckPacket subAck = SubAckPacket.Decode(_options.Version, body.Span);
                CompleteSubscription(subAck.PacketIdentifier, subAck.ReasonCodes);
                return null;
            case PacketType.UnsubAck:
                UnsubAckPacket unsubAck = UnsubAckPacket.Decode(_options.Version, body.Span);
                CompleteSubscription(unsubAck.PacketIdentifier, unsubAck.ReasonCodes);
                return null;
            case PacketType.PingResp:
                PingPacket.Decode(body.Span);
                return null;
            case PacketType.Disconnect when _options.Version == ProtocolVersion.V5:
                _farewell = DisconnectPacket.Decode(_options.Version, body.Span).ReasonCode;
                return null;
            default:
                MqttProtocolException.ThrowProtocolError($"{frame.Type} from a server.");
                return null;
        }
    }

    private ReceivedMessage? ReceivePublish(ClientConnection connection, PublishView publish)
    {
        if (publish.TopicAlias != 0)
            // MQTT5 [MQTT-3.1.2-27]
            MqttProtocolException.Throw(ReasonCode.TopicAliasInvalid, "A topic alias, of which this client takes none.");
        bool isKnown = publish.Qos == QualityOfService.ExactlyOnce && IsReceived(publish.PacketIdentifier);
        if (!isKnown)
            return new ReceivedMessage(publish, (message, reason) => Acknowledge(connection, message, reason));
        // MQTT5 [MQTT-4.3.3-10], MQTT311 [MQTT-4.3.3-2]: not delivered again.
        WriteAck(connection, PacketType.PubRec, publish.PacketIdentifier, ReasonCode.Success);
        return null;
    }

    private bool IsReceived(ushort packetIdentifier)
    {
        lock (_gate)
            return _store.ContainsReceived(packetIdentifier);
    }

    private void Acknowledge(ClientConnection connection, ReceivedMessage message, ReasonCode reason)
    {
        lock (_gate)
        {
            if (connection != _receiving)
                return;
            if (message.Qos == QualityOfService.ExactlyOnce && !reason.IsFailure())
                _store.AddReceived(message.PacketIdentifier);
            WriteAck(
                connection,
                message.Qos == QualityOfService.ExactlyOnce ? PacketType.PubRec : PacketType.PubAck,
                message.PacketIdentifier,
                reason
            );
            if (!_options.AcknowledgeAutomatically)
                connection.Flush();
        }
    }

    private void ReceiveAck(ClientConnection connection, PacketType type, AckView ack)
    {
        switch (type)
        {
            case PacketType.PubRel:
                bool isComplete;
                lock (_gate)
                    isComplete = _store.RemoveReceived(ack.PacketIdentifier);
                WriteAck(
                    connection,
                    PacketType.PubComp,
                    ack.PacketIdentifier,
                    isComplete ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound
                );
                break;
            case PacketType.PubRec when !ack.ReasonCode.IsFailure():
                bool isInFlight;
                lock (_gate)
                    isInFlight = _window.Release(ack.PacketIdentifier);
                WriteAck(
                    connection,
                    PacketType.PubRel,
                    ack.PacketIdentifier,
                    isInFlight ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound
                );
                break;
            default:
                Complete(connection, ack.PacketIdentifier, ack.ReasonCode);
                break;
        }
    }

    private void Complete(ClientConnection connection, ushort identifier, ReasonCode reason)
    {
        IPublishObserver? observer;
        lock (_gate)
        {
            if (!_window.Complete(identifier, connection.Output, out observer))
                return;
        }

        Report(identifier, reason, observer);
    }

    private void Report(ushort identifier, ReasonCode reason, IPublishObserver? observer)
    {
        observer?.OnAcknowledged(identifier, reason);
        lock (_gate)
            _window.Free(identifier);
    }

    private void WriteAck(ClientConnection connection, PacketType type, ushort identifier, ReasonCode reason)
    {
        lock (_gate)
        {
            if (connection.Output is { } output)
                AckWriter.Write(output, _options.Version, type, identifier, reason);
        }
    }
}
