using OmniIoT.Gateway.Outgoing;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Gateway.Sessions;

// What the client says of the messages in flight.
internal sealed partial class Session
{
    /// <summary>PUBACK, PUBCOMP, or PUBREC with a failure: the message is done. False when the identifier is not in flight.</summary>
    public bool TryComplete(ushort packetIdentifier, SessionWork work)
    {
        lock (_lock)
        {
            if (!_inFlight.Remove(packetIdentifier, out InFlight message)) return false;
            _outstanding = Math.Max(0, _outstanding - 1);
            work.HasProgress = true;
            if (message.Reference is not null) work.Acknowledged.Add(message.Reference);
            if (IsPersistent && message.Entry is { } entry) work.Effects.Add(new DeleteSessionMessage(Key, entry.Order));
            return true;
        }
    }

    /// <summary>PUBREC: the client has the message, PUBREL is next. False when the identifier is not in flight at QoS 2.</summary>
    public bool TryRelease(ushort packetIdentifier, SessionWork work)
    {
        lock (_lock)
        {
            if (!_inFlight.TryGetValue(packetIdentifier, out InFlight message) || message.Qos != 2) return false;
            work.Releases.Add(packetIdentifier);
            if (message.IsReleased) return true;
            _inFlight[packetIdentifier] = message with { IsReleased = true };
            if (message.Entry is not { } entry) return true;
            entry.State = StoredMessageState.Released;
            if (IsPersistent) work.Effects.Add(new PutSessionMessage(Key, entry.ToStored()));
            return true;
        }
    }
}
