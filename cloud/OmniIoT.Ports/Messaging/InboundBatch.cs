using System.Buffers;
using System.Diagnostics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.Tracing;

namespace OmniIoT.Ports.Messaging;

/// <summary>What became of a message.</summary>
public enum MessageOutcome : byte
{
    Accepted,

    /// <summary>Went to the dead letters: payload of the wrong format.</summary>
    PayloadInvalid,

    /// <summary>Went to the dead letters: larger than 256 KiB.</summary>
    QuotaExceeded,
}

/// <summary>Where a message lies in its batch's buffer, and what the gateway needs to acknowledge it.</summary>
public struct InboundMessage
{
    internal int TopicOffset;
    internal int TopicLength;
    internal int PayloadLength;

    public byte Qos { get; set; }
    public ushort PacketIdentifier { get; set; }
    public MessageOutcome Outcome { get; set; }

    /// <summary>Why whoever brought it does not understand it: no grain is to see it. Null for all others.</summary>
    public Refusal? Refusal { get; set; }
}

/// <summary>Told what became of a batch it submitted. Called on the committing thread: be short, do not block.</summary>
public interface IInboundSource
{
    /// <summary>
    /// All that the batch caused is durable. The batch is the source's again: it acknowledges, then returns it to the pool.
    /// </summary>
    void Committed(InboundBatch batch);
}

/// <summary>
/// Messages of one principal that were read from its connection in one go, copied into one pooled buffer.
/// Owned by the gateway until submitted, then by the partition, after the commit by the gateway again.
/// </summary>
public sealed class InboundBatch
{
    /// <summary>One message of usual size: of many devices that each say little, thousands hold a buffer between two commits.</summary>
    private const int SmallestBuffer = 512;

    private byte[] _buffer = [];
    private int _used;
    private InboundMessage[] _messages = new InboundMessage[16];
    private Activity? _span;

    public EntityId Principal { get; private set; }

    public IInboundSource? Source { get; private set; }

    /// <summary>When the messages arrived.</summary>
    public Instant ReceivedAt { get; private set; }

    /// <summary>The span that its turn belongs to; default when it is not traced.</summary>
    public ActivityContext Trace { get; set; }

    public int Count { get; private set; }

    /// <summary>Bytes of topics and payloads held.</summary>
    public int Bytes => _used;

    /// <summary>
    /// Effects of the gateway that must become durable with the messages (packet identifiers, retained messages, queues).
    /// </summary>
    public List<Effect> SessionEffects { get; } = [];

    /// <summary>All messages are decided on: what is remembered of one says what became of it.</summary>
    public void Decided()
    {
        for (int i = 0; i < SessionEffects.Count; i++)
        {
            if (SessionEffects[i] is RememberReceived remembered && OutcomeOf(remembered.PacketIdentifier) is var outcome)
                SessionEffects[i] = remembered.Outcome == outcome ? remembered : remembered with { Outcome = outcome };
        }
    }

    /// <summary>Makes the batch ready for a new use.</summary>
    public void Reset(EntityId principal, IInboundSource? source, Instant receivedAt)
    {
        Principal = principal;
        Source = source;
        ReceivedAt = receivedAt;
        Count = 0;
        _used = 0;
        SessionEffects.Clear();
    }

    /// <summary>Copies a message in.</summary>
    public void Add(ReadOnlySpan<byte> topic, in ReadOnlySequence<byte> payload, byte qos, ushort packetIdentifier)
    {
        int length = checked((int)payload.Length);
        payload.CopyTo(Claim(topic, length, qos, packetIdentifier));
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, in ReadOnlySequence{byte}, byte, ushort)"/>
    public void Add(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, byte qos, ushort packetIdentifier) =>
        payload.CopyTo(Claim(topic, payload.Length, qos, packetIdentifier));

    /// <summary>Copies a message in that is not understood, so that it goes to the dead letters.</summary>
    public void AddRefused(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, Refusal refusal)
    {
        Add(topic, payload, qos: 0, packetIdentifier: 0);
        _messages[Count - 1].Refusal = refusal;
    }

    public ref InboundMessage this[int index] => ref _messages[index];

    public ReadOnlySpan<byte> Topic(int index) => _buffer.AsSpan(_messages[index].TopicOffset, _messages[index].TopicLength);

    public ReadOnlySpan<byte> Payload(int index)
    {
        ref InboundMessage message = ref _messages[index];
        return _buffer.AsSpan(message.TopicOffset + message.TopicLength, message.PayloadLength);
    }

    /// <summary>It is handed on: its span begins, if anybody listens, and ends with <see cref="Release"/>.</summary>
    public void BeginTrace()
    {
        _span = OmniTracing.Begin("receive", ActivityKind.Consumer);
        _span
            ?.SetTag("messaging.system", "mqtt")
            .SetTag("messaging.batch.message_count", Count)
            .SetTag("omniiot.principal", Principal.ToString());
        Trace = _span?.Context ?? default;
    }

    /// <summary>Gives the buffer back to the shared pool; the batch can be <see cref="Reset"/> and used again.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _used = 0;
        _span?.End();
        (_span, Trace) = (null, default);
        Count = 0;
        SessionEffects.Clear();
    }

    private MessageOutcome OutcomeOf(ushort packetIdentifier)
    {
        for (int i = 0; i < Count; i++)
        {
            ref InboundMessage message = ref _messages[i];
            bool isRefused = message.Outcome != MessageOutcome.Accepted;
            if (isRefused && message.Qos == 2 && message.PacketIdentifier == packetIdentifier)
                return message.Outcome;
        }
        return MessageOutcome.Accepted;
    }

    private Span<byte> Claim(ReadOnlySpan<byte> topic, int payloadLength, byte qos, ushort packetIdentifier)
    {
        EnsureRoom(topic.Length + payloadLength);
        if (Count == _messages.Length)
            Array.Resize(ref _messages, Count * 2);
        _messages[Count++] = new InboundMessage
        {
            TopicOffset = _used,
            TopicLength = topic.Length,
            PayloadLength = payloadLength,
            Qos = qos,
            PacketIdentifier = packetIdentifier,
        };
        topic.CopyTo(_buffer.AsSpan(_used));
        Span<byte> target = _buffer.AsSpan(_used + topic.Length, payloadLength);
        _used += topic.Length + payloadLength;
        return target;
    }

    private void EnsureRoom(int bytes)
    {
        if (_used + bytes <= _buffer.Length)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_used + bytes, Math.Max(SmallestBuffer, _buffer.Length * 2)));
        _buffer.AsSpan(0, _used).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
