using System.Buffers.Binary;

namespace OmniIoT.Devices;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote. Snapshots come from our own storage: a damaged one is an exception,
/// <see cref="ArgumentOutOfRangeException"/> or <see cref="InvalidDataException"/>.
/// </summary>
internal ref struct SnapshotReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>Every snapshot begins with the version of its form.</summary>
    public void Version(byte expected)
    {
        var found = Byte();
        if (found != expected) throw new InvalidDataException($"The snapshot has version {found}; this program reads version {expected}.");
    }

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    public ReadOnlySpan<byte> Bytes() => Take(Int32());

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
