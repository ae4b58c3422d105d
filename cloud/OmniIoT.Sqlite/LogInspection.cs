using System.Buffers.Binary;

namespace OmniIoT.Sqlite;

/// <summary>
/// Looks through the write-ahead log of a database before it is opened: the engine passes over what follows a broken frame, and says
/// nothing.
/// </summary>
/// <remarks>Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.</remarks>
internal static class LogInspection
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const uint LittleEndianSums = 0x377F0682;
    private const uint BigEndianSums = 0x377F0683;
    private const int LargestPage = 65_536;

    /// <summary>What the engine will pass over, for people; null when that is nothing that was ever whole.</summary>
    /// <param name="path">Of the database.</param>
    public static string? Look(string path)
    {
        FileInfo log = new(path + "-wal");
        if (!log.Exists || log.Length <= HeaderBytes)
            return null;
        using FileStream file = new(log.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.ReadExactly(header);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        int pageSize = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        bool isBig = magic == BigEndianSums;
        LogSum sum = new(isBig);
        sum.Add(header[..24]);
        if ((!isBig && magic != LittleEndianSums) || pageSize is < 512 or > LargestPage || pageSize % 8 != 0 || !sum.Equals(header[24..]))
            return "the beginning of its log is damaged, so that nothing of the log is used: what was committed last is lost.";
        (long whole, long lost) = CountCommits(file, header[16..24], pageSize, sum);
        return lost == 0
            ? null
            : $"a frame of its log is damaged, behind {whole} commits; {lost} that follow are lost, "
                + "unless the machine broke down or the disk failed while they were written: then they were not acknowledged.";
    }

    /// <summary>Commits before the first broken frame, and those of the same log behind it.</summary>
    private static (long Whole, long Lost) CountCommits(FileStream file, ReadOnlySpan<byte> salts, int pageSize, LogSum sum)
    {
        byte[] frame = new byte[FrameHeaderBytes + pageSize];
        (long whole, long lost) = (0, 0);
        bool isBroken = false;
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            // What is older than the log's last beginning has other salts.
            bool isOfLog = frame.AsSpan(8, 8).SequenceEqual(salts);
            if (!isBroken)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderBytes));
                isBroken = !isOfLog || !sum.Equals(frame.AsSpan(16, 8));
            }
            if (!isOfLog || BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) == 0)
                continue;
            if (isBroken)
                lost++;
            else
                whole++;
        }
        return (whole, lost);
    }

    /// <summary>The log's running checksum.</summary>
    private struct LogSum(bool isBigEndian)
    {
        private uint _first;
        private uint _second;

        public void Add(ReadOnlySpan<byte> data)
        {
            for (; data.Length >= 8; data = data[8..])
            {
                _first += Word(data) + _second;
                _second += Word(data[4..]) + _first;
            }
        }

        public readonly bool Equals(ReadOnlySpan<byte> stored) =>
            BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

        private readonly uint Word(ReadOnlySpan<byte> data) =>
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data) : BinaryPrimitives.ReadUInt32LittleEndian(data);
    }
}
