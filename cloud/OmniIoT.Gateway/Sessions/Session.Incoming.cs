using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>What a packet identifier of a QoS 2 message says of it.</summary>
internal enum Receipt
{
    New,

    /// <summary>It was received before, MQTT5 [MQTT-4.3.3-10].</summary>
    Repeated,

    /// <summary>Another message has the identifier, and was not released.</summary>
    InUse,
}

// QoS 2 messages that were received and not yet released by the client.
internal sealed partial class Session
{
    /// <summary>By packet identifier, what tells the message from another; null where only storage knew it.</summary>
    private Dictionary<ushort, int?>? _received;

    public int ReceivedCount
    {
        get
        {
            lock (_lock)
                return _received?.Count ?? 0;
        }
    }

    /// <summary>
    /// Takes in a message. One that is no repetition by its own word, and not what was received, is another: a client that confuses them
    /// is told so, instead of losing it. One without the DUP flag that is the same is taken for a repetition, as clients send it after a
    /// reconnect.
    /// </summary>
    /// <param name="fingerprint">The same for the same topic and payload.</param>
    public Receipt Receive(ushort packetIdentifier, bool isRepetition, int fingerprint)
    {
        lock (_lock)
        {
            if ((_received ??= []).TryAdd(packetIdentifier, fingerprint))
                return Receipt.New;
            return isRepetition || (_received[packetIdentifier] ?? fingerprint) == fingerprint ? Receipt.Repeated : Receipt.InUse;
        }
    }

    /// <summary>False when it was not received.</summary>
    public bool TryForget(ushort packetIdentifier)
    {
        lock (_lock)
            return _received?.Remove(packetIdentifier) ?? false;
    }

    /// <summary>Forgets a packet identifier in storage that is forgotten in memory already.</summary>
    public void ForgetLater(ushort packetIdentifier) =>
        parts.Background.Run(() => parts.Commits.CommitAsync([new ForgetReceived(Key, packetIdentifier)], parts.Background.Stopping));
}
