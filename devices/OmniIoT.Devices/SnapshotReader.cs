using System.Buffers.Binary;

namespace OmniIoT.Devices;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote. Snapshots come from our own storage: a damaged one is an exception,
/// <see cref="ArgumentOutOfRangeException"/> or <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>Every snapshot begins with the version of its form; older ones can be read, younger ones not.</summary>
    public byte Version(byte newest)
    {
        byte found = Byte();
        return found >= 1 && found <= newest
            ? found
            : throw new InvalidDataException($"The snapshot has version {found}; this program reads versions up to {newest}.");
    }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
            if (shift > 56)
                throw new InvalidDataException("A number of the snapshot has no end.");
        }
    }

    public float Single() => BitConverter.Int32BitsToSingle(Int32());

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    public ReadOnlySpan<byte> Bytes(int length) => Take(length);

    private ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
