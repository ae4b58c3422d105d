using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>What a packet identifier of a QoS 2 message says of it.</summary>
internal enum Receipt
{
    New,

    /// <summary>It was received before, MQTT5 [MQTT-4.3.3-10].</summary>
    Repeated,

    /// <summary>It was refused before, and the client did not hear that.</summary>
    RefusedBefore,

    /// <summary>Another message has the identifier, and was not released.</summary>
    InUse,
}

// QoS 2 messages that were received and not yet released by the client, and those whose refusal it may not have heard.
internal sealed partial class Session
{
    /// <summary>By packet identifier, what tells the message from another; null where only an earlier version knew it.</summary>
    private Dictionary<ushort, long?>? _received;

    /// <summary>Those that a PUBREC ended, the first of them first: their packet identifiers are free.</summary>
    private OrderedDictionary<ushort, ReceivedMessage>? _refused;

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
    /// reconnect; not so where its identifier was free, MQTT5 [MQTT-4.3.3-9].
    /// </summary>
    /// <param name="fingerprint">See <see cref="ReceivedMessage"/>.</param>
    /// <param name="outcome">What became of one that was refused before.</param>
    public Receipt Receive(ushort packetIdentifier, bool isRepetition, long fingerprint, out MessageOutcome outcome)
    {
        outcome = MessageOutcome.Accepted;
        lock (_lock)
        {
            if (_refused is not null && _refused.TryGetValue(packetIdentifier, out ReceivedMessage refused))
            {
                outcome = refused.Outcome;
                if (isRepetition && refused.Fingerprint == fingerprint)
                    return Receipt.RefusedBefore;
                _refused.Remove(packetIdentifier);
            }
            if ((_received ??= []).TryAdd(packetIdentifier, fingerprint))
                return Receipt.New;
            return isRepetition || (_received[packetIdentifier] ?? fingerprint) == fingerprint ? Receipt.Repeated : Receipt.InUse;
        }
    }

    /// <summary>
    /// A PUBREC with a failure ends the exchange: the packet identifier is free again, MQTT5 section 4.3.3. But the client may never get
    /// it, and then sends the message again; that must not be another.
    /// </summary>
    public void Refused(ushort packetIdentifier, MessageOutcome outcome)
    {
        lock (_lock)
        {
            if (_received is not null && _received.Remove(packetIdentifier, out long? fingerprint))
                (_refused ??= [])[packetIdentifier] = new ReceivedMessage(packetIdentifier, fingerprint, outcome);
        }
    }

    /// <summary>
    /// Forgets the oldest refusal when the client must have heard it: it cannot have had more messages open at once than it may, and hears
    /// of them in their order.
    /// </summary>
    /// <param name="receiveMaximum">Messages that the client may have open.</param>
    public bool TryForgetRefused(int receiveMaximum, out ushort packetIdentifier)
    {
        packetIdentifier = 0;
        lock (_lock)
        {
            if (_refused is null || _refused.Count <= receiveMaximum)
                return false;
            packetIdentifier = _refused.GetAt(0).Key;
            _refused.RemoveAt(0);
            return true;
        }
    }

    /// <summary>False when it was not received.</summary>
    public bool TryForget(ushort packetIdentifier)
    {
        lock (_lock)
            return (_received?.Remove(packetIdentifier) ?? false) || (_refused?.Remove(packetIdentifier) ?? false);
    }
}
