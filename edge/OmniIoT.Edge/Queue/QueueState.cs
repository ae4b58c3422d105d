using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// The queue's small file beside its segments: what is acknowledged, and what was handed out. While it is open no other process has the
/// queue. Not flushed with every acknowledgement: a process that is killed loses nothing of it, and after a power failure what was
/// acknowledged last is sent once more. Damaged, it is as if it were not there. Not safe for concurrent use.
/// </summary>
internal sealed class QueueState : IDisposable
{
    private const int ChecksumAt = 4;
    private const int CheckedAt = 8;
    private const int AcknowledgedAt = 32;
    private static readonly int Size = AcknowledgedAt + Enum.GetValues<ReadingPriority>().Length * sizeof(long);

    private readonly SafeFileHandle _file;

    private QueueState(SafeFileHandle file) => _file = file;

    private static ReadOnlySpan<byte> Mark => "OIQ1"u8;

    /// <summary>False for a new one, and for one that is damaged.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>No number from this one on was handed out. On the disk before that is no longer so.</summary>
    public long Ceiling { get; private set; }

    /// <summary>A reading of this number was on the disk: when it is not there, something was lost.</summary>
    public long Written { get; set; }

    /// <summary>Readings thrown away, in all runs.</summary>
    public long Dropped { get; set; }

    /// <summary>By priority the newest that waits no more.</summary>
    public long[] Acknowledged { get; } = new long[Enum.GetValues<ReadingPriority>().Length];

    /// <exception cref="IOException">Another process has the queue, or the disk fails.</exception>
    public static QueueState Open(string directory)
    {
        QueueState state = new(
            File.OpenHandle(Path.Combine(directory, "state"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
        );
        byte[] bytes = new byte[Size];
        if (RandomAccess.Read(state._file, bytes, 0) == Size)
            state.Read(bytes);
        return state;
    }

    /// <summary>Gives numbers free; on the disk when this returns.</summary>
    public void Reserve(long ceiling)
    {
        Write(ceiling);
        Disk.FlushData(_file);
        Ceiling = ceiling;
    }

    /// <summary>Safe from the end of the process, not from that of the machine.</summary>
    public void Save() => Write(Ceiling);

    public void Flush() => Disk.FlushData(_file);

    public void Dispose() => _file.Dispose();

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Mark) || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Checksum(bytes))
            return;
        IsKnown = true;
        Ceiling = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
        Written = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        Dropped = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]);
        for (int priority = 0; priority < Acknowledged.Length; priority++)
            Acknowledged[priority] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(AcknowledgedAt + priority * sizeof(long))..]);
    }

    private void Write(long ceiling)
    {
        Span<byte> bytes = stackalloc byte[Size];
        Mark.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], ceiling);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Written);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], Dropped);
        for (int priority = 0; priority < Acknowledged.Length; priority++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(AcknowledgedAt + priority * sizeof(long))..], Acknowledged[priority]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Checksum(bytes));
        RandomAccess.Write(_file, bytes, 0);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) => QueueRecord.Checksum(bytes[CheckedAt..]);
}
