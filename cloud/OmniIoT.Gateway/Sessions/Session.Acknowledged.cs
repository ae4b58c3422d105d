using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// What the client says of the messages in flight.
internal sealed partial class Session
{
    /// <summary>PUBACK, PUBCOMP, or PUBREC with a failure: the message is done. False when the identifier is not in flight.</summary>
    /// <exception cref="MqttProtocolException">The message was sent with a QoS that is not answered so, or is not released yet.</exception>
    public bool TryComplete(ushort packetIdentifier, PacketType by, SessionWork work)
    {
        lock (_lock)
        {
            if (!_inFlight.TryGetValue(packetIdentifier, out InFlight message))
                return false;
            RequireAnswerTo(message, by);
            _inFlight.Remove(packetIdentifier);
            _outstanding = Math.Max(0, _outstanding - 1);
            work.HasProgress = true;
            if (message.Reference is not null)
                work.Acknowledged.Add(message.Reference);
            if (IsPersistent && message.Entry is { } entry)
                work.Effects.Add(new DeleteSessionMessage(Key, entry.Order));
            return true;
        }
    }

    /// <summary>PUBREC: the client has the message, PUBREL is next. False when the identifier is not in flight.</summary>
    /// <exception cref="MqttProtocolException">The message was sent with QoS 1.</exception>
    public bool TryRelease(ushort packetIdentifier, SessionWork work)
    {
        lock (_lock)
        {
            if (!_inFlight.TryGetValue(packetIdentifier, out InFlight message))
                return false;
            RequireAnswerTo(message, PacketType.PubRec);
            work.Releases.Add(packetIdentifier);
            if (message.IsReleased)
                return true;
            _inFlight[packetIdentifier] = message with { IsReleased = true };
            if (message.Entry is not { } entry)
                return true;
            entry.State = StoredMessageState.Released;
            if (IsPersistent)
                work.Effects.Add(new PutSessionMessage(Key, entry.ToStored()));
            return true;
        }
    }

    // PUBACK answers QoS 1, PUBREC and PUBCOMP answer QoS 2, PUBCOMP after PUBREL: MQTT5 [MQTT-3.3.4-1] and section 4.3.3, MQTT311
    // section 3.3.4.
    private static void RequireAnswerTo(InFlight message, PacketType by)
    {
        if (message.Qos == 1 != (by == PacketType.PubAck))
            throw new MqttProtocolException(ReasonCode.ProtocolError, $"{by} for a message of QoS {message.Qos}.");
        if (by == PacketType.PubComp && !message.IsReleased)
            throw new MqttProtocolException(ReasonCode.ProtocolError, "PubComp where PubRec is due.");
    }
}
