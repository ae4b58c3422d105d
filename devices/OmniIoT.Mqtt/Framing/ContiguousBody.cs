using System.Buffers;

namespace OmniIoT.Mqtt.Framing;

/// <summary>A packet's body as one span; owns a pooled copy only when the body crossed a segment's border.</summary>
public ref struct ContiguousBody : IDisposable
{
    private byte[]? _rented;

    internal ContiguousBody(PacketFrame frame)
    {
        ReadOnlySequence<byte> body = frame.Body;
        if (body.IsSingleSegment)
        {
            Span = body.FirstSpan;
            return;
        }

        int length = (int)body.Length;
        _rented = ArrayPool<byte>.Shared.Rent(length);
        body.CopyTo(_rented);
        Span = _rented.AsSpan(0, length);
    }

    public ReadOnlySpan<byte> Span { get; private set; }

    public void Dispose()
    {
        Span = default;
        if (_rented is { } rented)
            ArrayPool<byte>.Shared.Return(rented);
        _rented = null;
    }
}
