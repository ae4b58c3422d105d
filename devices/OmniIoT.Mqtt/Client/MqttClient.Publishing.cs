using System.Buffers;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Client;

public sealed partial class MqttClient
{
    // Those who wait for room go in the order they came; a QoS 0 message that waits for a connection holds up no other.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _turnWithoutAcknowledgement = new(1, 1);

    /// <summary>
    /// Publishes one message and waits until it is acknowledged (QoS 1 and 2, whether connected or not) or written to
    /// an open connection (QoS 0). Waits for room when the window is full; messages of one QoS go in the order of the
    /// calls. Cancelling stops the waiting; a message that
    /// is in flight by then stays so.
    /// </summary>
    /// <param name="properties">5.0 only; no topic alias, which would not outlive the connection.</param>
    /// <returns>The server's reason code; always success in 3.1.1.</returns>
    /// <exception cref="MqttClientException">The server's limits forbid the message, or the client was disposed.</exception>
    public async Task<ReasonCode> PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        QualityOfService qos = QualityOfService.AtMostOnce,
        bool retain = false,
        PacketProperties? properties = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!TopicName.IsValid(topic))
            throw new ArgumentException($"'{topic}' is no topic name.", nameof(topic));
        if (properties?.TopicAlias is not null)
            throw new ArgumentException("A topic alias does not outlive the connection.", nameof(properties));
        if (properties is { SubscriptionIdentifiers.IsEmpty: false })
            throw new ArgumentException("Only a server sends subscription identifiers.", nameof(properties)); // MQTT5 [MQTT-3.3.4-6]
        byte[] name = Utf8Text.Encode(topic);
        byte[] section = properties?.Encode(PacketType.Publish) ?? [];
        PublishCompletion? completion = qos == QualityOfService.AtMostOnce ? null : new PublishCompletion();
        SemaphoreSlim turn = completion is null ? _turnWithoutAcknowledgement : _turn;
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (!TryPublish(name, payload.Span, new PublishFlags(qos, retain), section, completion, out _))
                await WaitForRoomAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }

        return completion is null ? ReasonCode.Success : await completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Publishes without a task: for many messages a second. Nothing is allocated beyond pooled buffers.
    /// </summary>
    /// <param name="topic">A valid topic name in UTF-8; the caller's promise.</param>
    /// <param name="flags">Never sent before.</param>
    /// <param name="properties">An encoded section (<see cref="PacketProperties.Encode"/>) without topic alias; 5.0 only.</param>
    /// <param name="observer">Told when a QoS 1 or 2 message is acknowledged; null: nobody.</param>
    /// <param name="packetIdentifier">Until its acknowledgement unique among this client's messages, 1 to
    /// <see cref="MqttClientOptions.MaximumInFlight"/>; 0 for QoS 0.</param>
    /// <param name="flush">False leaves the message in the buffer until <see cref="Flush"/> or the next flush.</param>
    /// <returns>False when there is no room now: the window is full, too many bytes wait for the socket, or QoS 0 is
    /// published without a connection.</returns>
    public bool TryPublish(
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        PublishFlags flags,
        ReadOnlySpan<byte> properties,
        IPublishObserver? observer,
        out ushort packetIdentifier,
        bool flush = true
    )
    {
        packetIdentifier = 0;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            ClientConnection? connection = _connection;
            if (connection is not null && connection.Unsent > _options.MaximumUnsentBytes)
                return false;
            RequireWithinLimits(topic.Length, payload.Length, flags, properties.Length);
            IBufferWriter<byte>? output = connection?.Output;
            if (flags.Qos == QualityOfService.AtMostOnce)
            {
                if (output is null)
                    return false;
                PublishWriter.Write(output, _options.Version, topic, payload, flags, properties: properties);
            }
            else
            {
                packetIdentifier = _window.Accept(topic, payload, flags, properties, observer, output);
                if (packetIdentifier == 0)
                    return false;
            }

            if (flush)
                connection?.Flush();
            return true;
        }
    }

    /// <summary>Sends what <see cref="TryPublish"/> has gathered.</summary>
    public void Flush()
    {
        lock (_gate)
            _connection?.Flush();
    }

    /// <summary>
    /// Completes when a <see cref="TryPublish"/> that said no may succeed: something was acknowledged, sent or connected.
    /// </summary>
    public async Task WaitForRoomAsync(CancellationToken cancellationToken = default)
    {
        Task room;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            bool hasRoom =
                _connection is { } connection
                && connection.Unsent <= _options.MaximumUnsentBytes
                && _window.Count < _options.MaximumInFlight;
            if (hasRoom)
                return;
            room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await room.WaitAsync(cancellationToken);
    }

    private void SignalRoom()
    {
        if (Volatile.Read(ref _room) is null)
            return;
        TaskCompletionSource? room;
        lock (_gate)
            (room, _room) = (_room, null);
        room?.TrySetResult();
    }

    // Known only once a server has answered; a message that was accepted before is sent as it is.
    private void RequireWithinLimits(int topicLength, int payloadLength, PublishFlags flags, int propertiesLength)
    {
        if (flags.Qos > (_limits.MaximumQos ?? QualityOfService.ExactlyOnce))
            // MQTT5 [MQTT-3.2.2-11]
            throw new MqttClientException(ReasonCode.QosNotSupported, $"The server takes QoS {_limits.MaximumQos} at most.");
        if (flags.Retain && _limits.RetainAvailable == false)
            throw new MqttClientException(ReasonCode.RetainNotSupported, "The server does not retain."); // MQTT5 [MQTT-3.2.2-14]
        if (_limits.MaximumPacketSize is not { } maximum)
            return;
        int size = PublishWriter.Measure(_options.Version, topicLength, payloadLength, flags.Qos, propertiesLength);
        if (size > maximum)
            // MQTT5 [MQTT-3.2.2-15]
            throw new MqttClientException(ReasonCode.PacketTooLarge, $"The server takes packets of {maximum} bytes; this one has {size}.");
    }
}
