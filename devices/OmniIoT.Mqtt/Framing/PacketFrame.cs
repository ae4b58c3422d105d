using System.Buffers;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Framing;

/// <summary>One whole packet that still lies in the buffer it was received in; valid until that buffer is advanced.</summary>
public readonly struct PacketFrame(FixedHeader header, ReadOnlySequence<byte> body)
{
    public FixedHeader Header { get; } = header;

    public PacketType Type => Header.Type;

    /// <summary>Everything behind the fixed header.</summary>
    public ReadOnlySequence<byte> Body { get; } = body;

    /// <summary>
    /// The body as one span: in place when it lies in one segment, else copied into a pooled array of its size.
    /// Dispose the result when done with the span.
    /// </summary>
    public ContiguousBody GetContiguousBody() => new(this);
}
