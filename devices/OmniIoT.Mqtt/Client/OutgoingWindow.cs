using System.Buffers;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>
/// The QoS 1 and 2 messages on their way to the server: bounded, in order, re-sent after a reconnect, never more on
/// the wire than the server's receive maximum. Pure bookkeeping; the client guards it with its lock.
/// </summary>
internal sealed class OutgoingWindow
{
    private readonly ProtocolVersion _version;
    private readonly IInFlightStore _store;
    private readonly int _capacity;
    private readonly Queue<ushort> _free = new();
    private readonly Queue<ushort> _waiting = new(); // Accepted, not yet on this connection's wire; in order.
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private Slot[] _slots = new Slot[8]; // By packet identifier, grown when needed: an idle client costs little. 0 is never used.
    private int _next = 1; // The smallest identifier that was never used.
    private bool _mayResume;
    private int _initialQuota;
    private int _quota;

    public OutgoingWindow(MqttClientOptions options, IInFlightStore store)
    {
        _version = options.Version;
        _store = store;
        _capacity = options.MaximumInFlight;
        HashSet<ushort> restored = store.Pending.Select(packet => packet.PacketIdentifier).ToHashSet();
        if (restored.Count == 0)
            return;
        if (restored.Max() > _capacity)
            throw new ArgumentException($"The store holds packet {restored.Max()}, beyond the window of {_capacity}.", nameof(store));
        while (_next <= restored.Max())
            Restore(TakeNext(), restored);
    }

    public int Count => _next - 1 - _free.Count;

    /// <summary>Takes a message into the window and, when the server has room, writes it. Returns 0 when the window is full.</summary>
    /// <param name="output">Null while there is no connection.</param>
    public ushort Accept(
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        PublishFlags flags,
        ReadOnlySpan<byte> properties,
        IPublishObserver? observer,
        IBufferWriter<byte>? output
    )
    {
        if (!TryTake(out ushort identifier))
            return 0;
        _scratch.ResetWrittenCount();
        try
        {
            PublishWriter.Write(_scratch, _version, topic, payload, flags, identifier, properties);
            _store.Add(identifier, _scratch.WrittenSpan);
        }
        catch
        {
            _free.Enqueue(identifier);
            throw;
        }

        _slots[identifier] = new Slot { Observer = observer };
        _waiting.Enqueue(identifier);
        if (output is not null)
            SendWaiting(output);
        return identifier;
    }

    /// <summary>A new connection: decides what is to be re-sent and sends as much as the server takes.</summary>
    /// <returns>Messages that are complete because the server had taken them over and then lost the session; each
    /// identifier is to be given back with <see cref="Free"/>.</returns>
    public List<(ushort Identifier, IPublishObserver? Observer)> Begin(bool sessionPresent, int receiveMaximum, IBufferWriter<byte>? output)
    {
        _mayResume = sessionPresent;
        _initialQuota = _quota = receiveMaximum; // MQTT5 [MQTT-4.9.0-1]
        _waiting.Clear();
        List<(ushort, IPublishObserver?)> settled = new List<(ushort, IPublishObserver?)>();
        foreach (InFlightPacket packet in _store.Pending)
        {
            _slots[packet.PacketIdentifier].IsOnWire = false;
            if (packet.IsReleased && !sessionPresent)
                settled.Add((packet.PacketIdentifier, Forget(packet.PacketIdentifier)));
            else
                _waiting.Enqueue(packet.PacketIdentifier);
        }

        if (output is not null)
            SendWaiting(output);
        return settled;
    }

    /// <summary>
    /// PUBACK, PUBCOMP or a refusing PUBREC: the message is done; its identifier stays taken until <see cref="Free"/>.
    /// False for one that is not on this connection's wire.
    /// </summary>
    public bool Complete(ushort identifier, IBufferWriter<byte>? output, out IPublishObserver? observer)
    {
        observer = null;
        if (!IsOnWire(identifier))
            return false;
        observer = Forget(identifier);
        if (_quota < _initialQuota)
            _quota++; // MQTT5 section 4.9
        if (output is not null)
            SendWaiting(output);
        return true;
    }

    /// <summary>Gives back the identifier of a message that is done and reported.</summary>
    public void Free(ushort identifier) => _free.Enqueue(identifier);

    /// <summary>A PUBREC that accepts: from now on only PUBREL is owed, MQTT5 [MQTT-4.3.3-6], MQTT311 [MQTT-4.3.3-1].</summary>
    public bool Release(ushort identifier)
    {
        if (!IsOnWire(identifier))
            return false;
        _store.Release(identifier);
        return true;
    }

    /// <summary>Those who still wait when the client ends.</summary>
    public IEnumerable<IPublishObserver> Observers() => _slots.Select(slot => slot.Observer).OfType<IPublishObserver>();

    private bool TryTake(out ushort identifier)
    {
        if (_free.TryDequeue(out identifier))
            return true;
        if (_next > _capacity)
            return false;
        identifier = TakeNext();
        return true;
    }

    private ushort TakeNext()
    {
        if (_next == _slots.Length)
            Array.Resize(ref _slots, _slots.Length * 2);
        return (ushort)_next++;
    }

    private void Restore(ushort identifier, HashSet<ushort> restored)
    {
        if (restored.Contains(identifier))
            _slots[identifier].WasSent = true;
        else
            _free.Enqueue(identifier);
    }

    private bool IsOnWire(ushort identifier) => identifier < _slots.Length && _slots[identifier].IsOnWire;

    private IPublishObserver? Forget(ushort identifier)
    {
        IPublishObserver? observer = _slots[identifier].Observer;
        _slots[identifier] = default;
        _store.Remove(identifier);
        return observer;
    }

    private void SendWaiting(IBufferWriter<byte> output)
    {
        while (_waiting.TryPeek(out ushort identifier))
        {
            if (!_store.TryGet(identifier, out InFlightPacket packet))
                throw new InvalidOperationException($"The in-flight store has lost packet {identifier}.");
            if (!packet.IsReleased && _quota == 0)
                return; // MQTT5 [MQTT-3.3.4-7] [MQTT-4.9.0-2]
            _waiting.Dequeue();
            _slots[identifier].IsOnWire = true;
            if (packet.IsReleased)
                AckWriter.Write(output, _version, PacketType.PubRel, identifier); // MQTT5 [MQTT-4.4.0-1], MQTT311 [MQTT-4.4.0-1]
            else
                SendPublish(identifier, packet.Packet.Span, output);
        }
    }

    private void SendPublish(ushort identifier, ReadOnlySpan<byte> packet, IBufferWriter<byte> output)
    {
        _quota--;
        ref Slot slot = ref _slots[identifier];
        // MQTT5 [MQTT-3.3.1-1], MQTT311 [MQTT-3.3.1-1]; for a server without the session it is a new message.
        bool dup = slot.WasSent && _mayResume;
        slot.WasSent = true;
        output.Write((ReadOnlySpan<byte>)[dup ? (byte)(packet[0] | PublishView.DupFlag) : packet[0]]);
        output.Write(packet[1..]);
    }

    private struct Slot
    {
        public bool WasSent;
        public bool IsOnWire;
        public IPublishObserver? Observer;
    }
}
