using System.Buffers;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// One file of a <see cref="SegmentLog"/>: records one behind the other, then zeros up to its length. The zeros are written when it is
/// made, so that a record that is appended changes no metadata and takes no room that could be missing. Opened for each use: between
/// two flushes there is nothing to hold. Not safe for concurrent use.
/// </summary>
internal sealed class Segment
{
    // A page of the kernel's. It keeps what is written or read ahead at once in one piece, and counts the whole piece as written again
    // with every record that is put into it; so a file is made page by page, and read without looking ahead.
    private const int PageBytes = 4096;
    private static readonly byte[] Zeros = new byte[PageBytes];

    private readonly string _path;

    // Behind what is damaged, or may be, nothing is appended.
    private bool _isSealed;

    private Segment(string path, long length) => (_path, Length) = (path, length);

    /// <summary>Bytes on the disk.</summary>
    public long Length { get; }

    /// <summary>Where the next record goes.</summary>
    public int End { get; private set; }

    /// <summary>Where the oldest record that waits begins.</summary>
    public int Head { get; private set; }

    /// <summary>Records that wait.</summary>
    public int Count { get; private set; }

    /// <summary>The newest number in it; 0 when there is none.</summary>
    public long LastSeq { get; private set; }

    /// <summary>The newest age in it.</summary>
    public TimeSpan LastAge { get; private set; }

    /// <summary>When it was opened something was there that is no record.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The place of one in its folder, so that names are in the order of numbers.</summary>
    public static string PathOf(string directory, ReadingPriority priority, long firstSeq) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{PrefixOf(priority)}{firstSeq:D19}.log"));

    public static string PrefixOf(ReadingPriority priority) => $"{priority.ToString().ToLowerInvariant()}-";

    /// <exception cref="IOException">The disk is full or fails; nothing is left of it then.</exception>
    public static Segment Create(string path, int length)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
            for (int at = 0; at < length; at += Zeros.Length)
                RandomAccess.Write(file, Zeros.AsSpan(0, Math.Min(Zeros.Length, length - at)), at);
            RandomAccess.FlushToDisk(file);
            return new Segment(path, length);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Finds what is whole in it.</summary>
    /// <param name="after">Numbers up to this one are none that wait: they are acknowledged or stand in an earlier segment.</param>
    public static Segment Open(string path, long after)
    {
        try
        {
            using SafeFileHandle file = OpenToRead(path);
            byte[] content = new byte[RandomAccess.GetLength(file)];
            return Open(path, after, content, isDamaged: !TryRead(file, content, 0));
        }
        catch (IOException)
        {
            // A file of a worn card, and none of its neighbours.
            return new Segment(path, 0) { IsDamaged = true, _isSealed = true };
        }
    }

    private static Segment Open(string path, long after, byte[] content, bool isDamaged)
    {
        Segment segment = new(path, content.Length);
        int end = 0;
        for (int at = 0; QueueRecord.TryFind(content, ref at, out QueueRecord record, ref isDamaged); end = at)
            segment.Take(record, isWaiting: record.Seq > Math.Max(after, segment.LastSeq), end, at);
        segment.IsDamaged = segment._isSealed = isDamaged;
        return segment;
    }

    public bool HasRoomFor(int bytes) => !_isSealed && End + (long)bytes <= Length;

    /// <summary>On the disk when this returns.</summary>
    /// <exception cref="IOException">The disk is full or fails; then it takes nothing more, as nobody knows what stands there.</exception>
    public void Append(ReadOnlySpan<QueueRecord> records)
    {
        int size = 0;
        foreach (QueueRecord record in records)
            size += record.Size;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            int at = 0;
            foreach (QueueRecord record in records)
            {
                record.Write(bytes.AsSpan(at));
                at += record.Size;
            }
            _isSealed = true;
            using SafeFileHandle file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(file, bytes.AsSpan(0, size), End);
            Disk.FlushData(file);
            _isSealed = false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        foreach (QueueRecord record in records)
            Take(record, isWaiting: true, End, End + record.Size);
    }

    /// <summary>The records that wait, oldest first, as long as they are wanted.</summary>
    /// <returns>Where the first that is not wanted begins; null when all are.</returns>
    public int? Read(Func<QueueRecord, bool> isWanted)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(End);
        try
        {
            Span<byte> waiting = bytes.AsSpan(0, End - Head);
            if (!TryOpenAndRead(waiting))
                return null;
            bool isDamaged = false;
            long last = 0;
            int begin = 0;
            for (int at = 0; QueueRecord.TryFind(waiting, ref at, out QueueRecord record, ref isDamaged); begin = at)
            {
                if (record.Seq <= last)
                    continue;
                if (!isWanted(record))
                    return Head + begin;
                last = record.Seq;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>The oldest wait no more, as long as they are told to go.</summary>
    /// <returns>How many they were, with those that cannot be read any more.</returns>
    public int Skip(Func<QueueRecord, bool> goes)
    {
        int skipped = 0;
        int? head = Count == 0 ? null : Read(record => goes(record) && ++skipped > 0);
        if (head is null)
            skipped = Count;
        (Head, Count) = (head ?? End, Count - skipped);
        return skipped;
    }

    public void Delete() => File.Delete(_path);

    /// <summary>False: the file is gone, and what stood in it with it.</summary>
    private bool TryOpenAndRead(Span<byte> waiting)
    {
        try
        {
            using SafeFileHandle file = OpenToRead(_path);
            TryRead(file, waiting, Head);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static SafeFileHandle OpenToRead(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.RandomAccess);

    /// <summary>Fills the bytes from there on. What the disk cannot read any more is zero, and the answer false.</summary>
    private static bool TryRead(SafeFileHandle file, Span<byte> bytes, long from)
    {
        bool isWhole = true;
        for (int at = 0; at < bytes.Length; at += PageBytes)
        {
            Span<byte> page = bytes.Slice(at, Math.Min(PageBytes, bytes.Length - at));
            int read = 0;
            try
            {
                read = RandomAccess.Read(file, page, from + at);
            }
            catch (IOException)
            {
                // A page of a worn card, and none of its neighbours.
            }
            page[read..].Clear();
            isWhole &= read == page.Length;
        }
        return isWhole;
    }

    private void Take(in QueueRecord record, bool isWaiting, int start, int end)
    {
        if (isWaiting && Count++ == 0)
            Head = start;
        (End, LastSeq) = (end, Math.Max(LastSeq, record.Seq));
        LastAge = record.AgentAge > LastAge ? record.AgentAge : LastAge;
    }
}
