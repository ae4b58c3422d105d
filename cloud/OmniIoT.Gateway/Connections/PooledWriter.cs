using System.Buffers;

namespace OmniIoT.Gateway.Connections;

/// <summary>Bytes in one pooled array that grows; holds no array while empty. Not thread-safe.</summary>
internal sealed class PooledWriter : IBufferWriter<byte>
{
    /// <summary>First array: some hundred acknowledgements.</summary>
    private const int SmallestArray = 1024;

    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(1, sizeHint));
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(Math.Max(1, sizeHint));
        return _array.AsSpan(Length);
    }

    /// <summary>Takes back what was written behind <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Gives the array back to the pool.</summary>
    public void Clear()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Length = 0;
    }

    private void EnsureRoom(int bytes)
    {
        if (_array.Length - Length >= bytes)
            return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, Math.Max(Length + bytes, _array.Length * 2)));
        _array.AsSpan(0, Length).CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
