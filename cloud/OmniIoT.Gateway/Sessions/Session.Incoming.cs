namespace OmniIoT.Gateway.Sessions;

// QoS 2 messages that were received and not yet released by the client.
internal sealed partial class Session
{
    private HashSet<ushort>? _received;

    public int ReceivedCount
    {
        get
        {
            lock (_lock)
                return _received?.Count ?? 0;
        }
    }

    /// <summary>False when the packet identifier is taken already: the message was received before, MQTT5 [MQTT-4.3.3-10].</summary>
    public bool TryReceive(ushort packetIdentifier)
    {
        lock (_lock)
            return (_received ??= []).Add(packetIdentifier);
    }

    /// <summary>False when it was not received.</summary>
    public bool TryForget(ushort packetIdentifier)
    {
        lock (_lock)
            return _received?.Remove(packetIdentifier) ?? false;
    }
}
