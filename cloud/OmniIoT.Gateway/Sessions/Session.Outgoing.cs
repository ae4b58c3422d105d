using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// Messages on their way out. A message is either in flight (it has a packet identifier) or waits in the queue.
internal sealed partial class Session
{
    /// <summary>Orders are made from the time, so that a session never meets those of an earlier one of the same key.</summary>
    private const int OrdersPerMillisecond = 1024;

    /// <summary>More than a device has commands under way.</summary>
    private const int RememberedReferences = 64;

    private readonly Dictionary<ushort, InFlight> _inFlight = [];
    private readonly Queue<OutboundEntry> _queue = [];
    private readonly Queue<OutboundEntry> _resend = [];
    private List<Effect> _postponedEffects = [];
    private long _nextOrder = parts.Time.Now().UnixMilliseconds * OrdersPerMillisecond;
    private Queue<string>? _told;
    private int _queuedBytes;
    private int _outstanding;
    private ushort _lastPacketIdentifier;

    /// <summary>
    /// Takes a QoS 1 or 2 message in for a persistent session, before it is durable; <paramref name="effects"/> gets what makes it
    /// so. Null when the queue is full: the message is dropped and counted.
    /// </summary>
    public OutboundEntry? Reserve(OutboundMessage message, in DeliveryTerms terms, List<Effect> effects)
    {
        lock (_lock)
        {
            if (IsEnded)
                return null;
            OutboundEntry entry = new(message, _nextOrder, terms.Qos, terms.Retain, terms.Identifiers);
            if (_online is { } connection && MaySendNow(connection))
                PutInFlight(entry, connection);
            else if (!TryEnqueue(entry))
                return null;
            _nextOrder++;
            BeginWrite();
            effects.Add(new PutSessionMessage(Key, entry.ToStored()));
            return entry;
        }
    }

    /// <summary>What downlinks it holds, waiting or in flight, stand for.</summary>
    public IReadOnlyList<string> HeldReferences()
    {
        lock (_lock)
            return [.. References()];
    }

    /// <summary>Whether it holds the downlink already: a hand-over that a crash interrupted is repeated.</summary>
    public bool Holds(string reference)
    {
        lock (_lock)
            return References().Contains(reference);
    }

    /// <summary>
    /// Whether this connection was not told the downlink before; it counts as told from now on. The latest few are remembered.
    /// </summary>
    public bool TryTell(string reference)
    {
        lock (_lock)
        {
            _told ??= [];
            if (_told.Contains(reference))
                return false;
            if (_told.Count == RememberedReferences)
                _told.Dequeue();
            _told.Enqueue(reference);
            return true;
        }
    }

    private IEnumerable<string> References() =>
        _inFlight
            .Values.Select(message => message.Reference)
            .Concat(_queue.Select(entry => entry.Message.Extras.Reference))
            .OfType<string>();

    /// <summary>What was reserved is durable now: sends it, or lets it move up in the queue.</summary>
    public void Release(OutboundEntry entry)
    {
        bool canPump;
        lock (_lock)
        {
            EndWrite();
            if (IsEnded)
                return;
            entry.IsDurable = true;
            if (_online is not { } connection)
                return;
            if (entry.CountedOn == connection)
                Send(connection, entry, dup: false);
            else if (entry.PacketIdentifier != 0)
                _resend.Enqueue(entry);
            canPump = CanPump(connection);
        }
        if (canPump)
            StartPump();
    }

    /// <summary>What was reserved never becomes durable: its message was not taken in after all.</summary>
    public void Withdraw(OutboundEntry entry)
    {
        lock (_lock)
        {
            EndWrite();
            entry.IsWithdrawn = true;
            entry.IsDurable = true; // So that it is no obstacle in the queue.
            if (entry.PacketIdentifier != 0 && _inFlight.Remove(entry.PacketIdentifier) && entry.CountedOn == _online)
                _outstanding--;
        }
    }

    /// <summary>
    /// Sends a message that storage need not hold: QoS 0, or to a session that ends with its connection. The spans are copied when
    /// it has to wait.
    /// </summary>
    public void Deliver(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageExtras extras, in DeliveryTerms terms)
    {
        if (terms.Qos == 0)
            DeliverAtMostOnce(topic, payload, extras, terms);
        else
            DeliverTransient(topic, payload, extras, terms);
    }

    private void DeliverAtMostOnce(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageExtras extras, in DeliveryTerms terms)
    {
        if (Volatile.Read(ref _online) is not { } connection)
            return;
        if (connection.Output.HasRoom)
            connection.Encoder.TryWrite(connection.Output, topic, payload, extras, terms, 0, parts.Time.Now());
        else
            parts.Counters.Dropped();
    }

    private void DeliverTransient(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, MessageExtras extras, in DeliveryTerms terms)
    {
        lock (_lock)
        {
            if (_online is not { } connection)
                return;
            if (!MaySendNow(connection))
            {
                OutboundMessage message = new(System.Text.Encoding.UTF8.GetString(topic), topic.ToArray(), payload.ToArray(), extras);
                TryEnqueue(new OutboundEntry(message, _nextOrder++, terms.Qos, terms.Retain, terms.Identifiers) { IsDurable = true });
                return;
            }
            ushort identifier = NextPacketIdentifier();
            if (!connection.Encoder.TryWrite(connection.Output, topic, payload, extras, terms, identifier, parts.Time.Now()))
                return;
            _inFlight[identifier] = new InFlight(null, terms.Qos, false, extras.Reference);
            _outstanding++;
        }
    }

    private bool MaySendNow(Connection connection) =>
        _queue.Count == 0 && _resend.Count == 0 && !_pumping && _outstanding < connection.SendQuota && connection.Output.HasRoom;

    private void PutInFlight(OutboundEntry entry, Connection connection)
    {
        entry.PacketIdentifier = NextPacketIdentifier();
        entry.State = StoredMessageState.InFlight;
        entry.CountedOn = connection;
        _inFlight[entry.PacketIdentifier] = new InFlight(entry, entry.Qos, false, entry.Message.Extras.Reference);
        _outstanding++;
    }

    private bool TryEnqueue(OutboundEntry entry)
    {
        int bytes = entry.Message.Bytes;
        bool isFull = _queue.Count >= parts.Options.MaximumQueuedMessages || _queuedBytes + bytes > parts.Options.MaximumQueuedBytes;
        if (isFull || parts.Counters.QueuedBytes + bytes > parts.Options.MaximumQueuedBytesInAll)
        {
            parts.Counters.Dropped();
            return false;
        }
        Enqueue(entry);
        return true;
    }

    private void Enqueue(OutboundEntry entry)
    {
        _queue.Enqueue(entry);
        _queuedBytes += entry.Message.Bytes;
        parts.Counters.QueueChanged(1, entry.Message.Bytes);
    }

    private OutboundEntry Dequeue()
    {
        OutboundEntry entry = _queue.Dequeue();
        _queuedBytes -= entry.Message.Bytes;
        parts.Counters.QueueChanged(-1, -entry.Message.Bytes);
        return entry;
    }

    private void Send(Connection connection, OutboundEntry entry, bool dup)
    {
        DeliveryTerms terms = new(entry.Qos, entry.Retain, entry.Identifiers) { IsRepeated = dup };
        OutboundMessage message = entry.Message;
        bool isWorthless = !entry.WasSent && entry.HasExpired(parts.Time.Now()); // MQTT5 [MQTT-3.3.2-5]
        if (
            !isWorthless
            && connection.Encoder.TryWrite(
                connection.Output,
                message.Topic,
                message.Payload,
                message.Extras,
                terms,
                entry.PacketIdentifier,
                parts.Time.Now()
            )
        )
        {
            entry.WasSent = true;
            return;
        }
        Discard(entry); // MQTT5 [MQTT-3.1.2-25]: as if it had been sent.
    }

    private void Discard(OutboundEntry entry)
    {
        if (_inFlight.Remove(entry.PacketIdentifier))
            _outstanding--;
        if (IsPersistent)
            _postponedEffects.Add(new DeleteSessionMessage(Key, entry.Order));
    }

    // From 1 upwards, past those in use: MQTT5 [MQTT-2.2.1-4], MQTT311 [MQTT-2.3.1-4].
    private ushort NextPacketIdentifier()
    {
        do
        {
            _lastPacketIdentifier = _lastPacketIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketIdentifier + 1);
        } while (_inFlight.ContainsKey(_lastPacketIdentifier));
        return _lastPacketIdentifier;
    }

    private void ClearOutgoing()
    {
        parts.Counters.QueueChanged(-_queue.Count, -_queuedBytes);
        _queue.Clear();
        _resend.Clear();
        _inFlight.Clear();
        _queuedBytes = 0;
        _outstanding = 0;
    }
}
