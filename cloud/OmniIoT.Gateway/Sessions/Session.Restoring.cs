using System.Text;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// What storage kept of a session's traffic.
internal sealed partial class Session
{
    /// <summary>Called once, before anybody else knows the session.</summary>
    public void Restore(IReadOnlyList<StoredMessage> messages, IReadOnlyList<ReceivedMessage> received)
    {
        lock (_lock)
        {
            foreach (StoredMessage message in messages.OrderBy(message => message.Order))
                Restore(message);
            foreach (ReceivedMessage message in received)
                Restore(message);
        }
    }

    // MQTT 3.1.1 has no refusing PUBREC: there everything waits for its release.
    private void Restore(in ReceivedMessage message)
    {
        if (message.Outcome is MessageOutcome.Accepted || Version == ProtocolVersion.V311)
            (_received ??= [])[message.PacketIdentifier] = message.Fingerprint;
        else
            (_refused ??= [])[message.PacketIdentifier] = message;
    }

    private void Restore(StoredMessage stored)
    {
        (byte[] properties, uint[] identifiers) = StoredProperties.Decode(stored.Properties);
        MessageExtras extras = new(properties, stored.ExpiresAt, stored.Reference);
        OutboundMessage message = new(stored.Topic, Encoding.UTF8.GetBytes(stored.Topic), stored.Payload, extras);
        bool isInFlight = stored.State != StoredMessageState.Queued;
        OutboundEntry entry = new(message, stored.Order, stored.Qos, stored.Retain, identifiers)
        {
            IsDurable = true,
            PacketIdentifier = stored.PacketIdentifier,
            State = stored.State,
            WasSent = isInFlight, // Perhaps it was: then the client must be able to tell.
        };
        _nextOrder = Math.Max(_nextOrder, stored.Order + 1);
        if (!isInFlight)
        {
            Enqueue(entry);
            return;
        }
        _inFlight[stored.PacketIdentifier] = new InFlight(entry, stored.Qos, stored.State == StoredMessageState.Released, stored.Reference);
        _lastPacketIdentifier = Math.Max(_lastPacketIdentifier, stored.PacketIdentifier);
    }
}
