using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>Disks that are full, files that are damaged, and files of earlier versions.</summary>
public sealed class QueueDamageTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_cut_or_flipped_every_whole_reading_is_there_in_order_and_no_number_comes_again(int seed)
    {
        Random random = new(seed);
        HashSet<long> handedOut = [];
        HashSet<long> waiting = [];
        for (int life = 0; life < 6; life++)
        {
            string directory = Path.Combine(_folder.Path, $"life-{life}");
            Directory.CreateDirectory(directory);
            long[] whole = [.. Directory.EnumerateFiles(directory, "*.log").SelectMany(WholeRecords)];
            using ReadingQueue queue = Open(directory);
            long[] found = Seqs(queue);
            Assert.Superset(waiting.Intersect(whole).ToHashSet(), found.ToHashSet());
            Assert.Subset(handedOut, found.ToHashSet());
            Assert.Equal(found.Order(), found);
            waiting = [.. found];
            for (int batch = random.Next(1, 30); batch > 0; batch--)
            {
                long[] seqs = Add(queue, random.Next(1, 40), random);
                Assert.True(handedOut.Count == 0 || seqs[0] > handedOut.Max());
                handedOut.UnionWith(seqs);
                waiting.UnionWith(seqs);
            }
            if (random.Next(2) == 0)
            {
                long done = waiting.ElementAt(random.Next(waiting.Count));
                queue.Forget(done);
                waiting.RemoveWhere(seq => seq <= done);
            }
            // As a killed process leaves them, then cut and flipped.
            string next = Path.Combine(_folder.Path, $"life-{life + 1}");
            using (Process copy = Process.Start("cp", ["-r", directory, next]))
                copy.WaitForExit();
            Damage(next, random);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void All_but_what_is_cut_off_is_kept(double share)
    {
        long[] seqs;
        string segment;
        using (ReadingQueue queue = Open(_folder.Path))
        {
            seqs = Add(queue, 121, length: 100);
            segment = Directory.EnumerateFiles(_folder.Path, "*.log").Single();
        }
        int record = QueueRecord.Overhead + 100;
        int kept = (int)(121 * share);
        using (FileStream file = File.OpenWrite(segment))
            file.SetLength(kept * record + 5);

        using ReadingQueue reopened = Open(_folder.Path);

        Assert.Equal(seqs[..kept], Seqs(reopened));
        Assert.True(Add(reopened, 1, length: 100)[0] > seqs[^1]);
        Assert.Contains(_log.Lines, line => line.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void One_flipped_bit_costs_one_reading()
    {
        long[] seqs;
        string segment;
        using (ReadingQueue queue = Open(_folder.Path))
        {
            seqs = Add(queue, 121, length: 100);
            segment = Directory.EnumerateFiles(_folder.Path, "*.log").Single();
        }
        byte[] content = File.ReadAllBytes(segment);
        content[60 * (QueueRecord.Overhead + 100) + 50] ^= 4;
        File.WriteAllBytes(segment, content);

        using ReadingQueue reopened = Open(_folder.Path);

        Assert.Equal([.. seqs[..60], .. seqs[61..]], Seqs(reopened));
        Assert.True(Add(reopened, 1, length: 100)[0] > seqs[^1]);
    }

    [Theory]
    [InlineData("*.log")]
    [InlineData("state")]
    [InlineData("*")]
    public void A_file_that_is_gone_brings_no_number_back(string pattern)
    {
        long[] seqs;
        using (ReadingQueue queue = Open(_folder.Path))
            seqs = Add(queue, 50, length: 100);
        foreach (string file in Directory.GetFiles(_folder.Path, pattern))
            File.Delete(file);
        _time.Advance(TimeSpan.FromSeconds(1));

        using ReadingQueue reopened = Open(_folder.Path);

        Assert.Equal(pattern == "state" ? seqs : [], Seqs(reopened));
        Assert.True(Add(reopened, 1, length: 100)[0] > seqs[^1]);
    }

    [Fact]
    public void A_file_that_goes_while_the_queue_is_open_takes_its_own_readings_along_and_no_others()
    {
        using ReadingQueue queue = Open(_folder.Path);
        long[] added = Add(queue, 4000, length: 1000);
        string[] files = [.. Directory.EnumerateFiles(_folder.Path, "*.log").Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 2, "All readings stand in one file.");
        long[] lost = [.. WholeRecords(files[0])];

        File.Delete(files[0]);

        Assert.Equal(added.Except(lost), Seqs(queue));
        long[] more = Add(queue, 1, length: 10);
        Assert.Equal([.. added.Except(lost), .. more], Seqs(queue));
    }

    [Fact]
    public void A_full_disk_drops_the_oldest_and_counts_them()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(8);
        string directory = Path.Combine(disk.Path, "queue");
        using ReadingQueue queue = Open(directory);
        List<long> seqs = [.. Add(queue, 100, length: 1000)];
        disk.Fill(left: 2 * 1024 * 1024 + 64 * 1024);

        for (int batch = 0; batch < 60; batch++)
            seqs.AddRange(Add(queue, 100, length: 1000));

        long[] kept = Seqs(queue);
        Assert.Equal(seqs[^kept.Length..], kept);
        Assert.Equal(seqs.Count, kept.Length + queue.Dropped);
        Assert.InRange(kept.Length, 1000, 3100);
    }

    [Fact]
    public void While_the_disk_takes_nothing_the_newest_wait_in_memory_and_are_written_when_it_does()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(4);
        string directory = Path.Combine(disk.Path, "queue");
        using ReadingQueue queue = Open(directory);
        disk.Fill();

        long[] seqs = [.. Enumerable.Range(0, 5000).Select(_ => queue.Add(Instant.FromTime(_time.GetUtcNow()), "{}"u8.ToArray()))];
        Assert.False(queue.Flush());
        Assert.Empty(Seqs(queue));
        Assert.Equal((4096, 904), (queue.Count, queue.Dropped));

        disk.Free();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(seqs[904..], Seqs(queue));
        Assert.Single(_log.Lines, line => line.StartsWith("Error: The disk takes no readings", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("queue.db", "queue.db")]
    [InlineData("queue.db", "queue")]
    [InlineData("queue/queue.db", "queue")]
    public void A_queue_of_an_earlier_version_is_sent_and_its_numbers_go_on(string file, string directory)
    {
        long last = WriteEarlier(file, 2500);

        using ReadingQueue queue = Open(Path.Combine(_folder.Path, directory));

        Assert.Equal(Enumerable.Range(0, 2500).Select(n => last - 2499 + n), Seqs(queue));
        Assert.Equal(last + 1, Add(queue, 1, length: 100)[0]);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.db*", SearchOption.AllDirectories));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Of_a_damaged_one_what_can_be_read_is_sent_and_the_file_kept()
    {
        long last = WriteEarlier("queue.db", 2500);
        string path = Path.Combine(_folder.Path, "queue.db");
        byte[] content = File.ReadAllBytes(path);
        content.AsSpan(content.Length / 2 / 4096 * 4096, 4096).Fill(0x55);
        File.WriteAllBytes(path, content);

        using ReadingQueue queue = Open(Path.Combine(_folder.Path, "queue"));

        long[] found = Seqs(queue);
        Assert.InRange(found.Length, 2300, 2499);
        Assert.Equal(found.Order(), found);
        Assert.Equal((last - 2499, last), (found[0], found[^1]));
        Assert.True(Add(queue, 1, length: 100)[0] > last);
        Assert.True(File.Exists(path + ".corrupt"));
    }

    private ReadingQueue Open(string directory) => new(directory, new QueueLimits(), _time, _log);

    private static long[] Seqs(ReadingQueue queue) => [.. queue.Peek(int.MaxValue, int.MaxValue).Select(reading => reading.Seq)];

    private long[] Add(ReadingQueue queue, int count, int length)
    {
        byte[] values = Encoding.UTF8.GetBytes($"{{\"n\":{new string('1', length - 6)}}}");
        long[] seqs = [.. Enumerable.Range(0, count).Select(_ => queue.Add(Instant.FromTime(_time.GetUtcNow()), values))];
        Assert.True(queue.Flush());
        return seqs;
    }

    private long[] Add(ReadingQueue queue, int count, Random random)
    {
        long[] seqs =
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                    queue.Add(Instant.FromTime(_time.GetUtcNow()), new byte[random.Next(2, 400)], (ReadingPriority)random.Next(3))
                ),
        ];
        Assert.True(queue.Flush());
        return seqs;
    }

    private static void Damage(string directory, Random random)
    {
        string[] files = [.. Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal)];
        for (int times = random.Next(4); times > 0; times--)
        {
            string file = files[random.Next(files.Length)];
            byte[] content = File.ReadAllBytes(file);
            if (content.Length == 0)
                continue;
            // Most of a segment has not been written to.
            int at = random.Next(random.Next(2) == 0 ? content.Length : Math.Min(content.Length, 20_000));
            if (random.Next(2) == 0)
                content = content[..at];
            else
                content[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, content);
        }
    }

    /// <summary>The numbers of what anybody can read in a segment, found by looking at every byte.</summary>
    private static IEnumerable<long> WholeRecords(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        for (int at = 0; at + 36 <= content.Length; at++)
        {
            if (content[at] != 0xF8 || content[at + 1] != 0xF9 || content[at + 2] != 0xFA || content[at + 3] != 0xFB)
                continue;
            int length = BitConverter.ToInt32(content, at + 8);
            if (
                length >= 0
                && length <= content.Length - at - 36
                && NaiveCrc32C(content.AsSpan(at + 8, 28 + length)) == BitConverter.ToUInt32(content, at + 4)
            )
                yield return BitConverter.ToInt64(content, at + 12);
        }
    }

    private static uint NaiveCrc32C(ReadOnlySpan<byte> data)
    {
        uint checksum = uint.MaxValue;
        foreach (byte one in data)
        {
            checksum ^= one;
            for (int bit = 0; bit < 8; bit++)
                checksum = (checksum & 1) != 0 ? (checksum >> 1) ^ 0x82F63B78 : checksum >> 1;
        }
        return ~checksum;
    }

    /// <summary>As version 1 wrote it; the last number.</summary>
    private long WriteEarlier(string file, int count)
    {
        string path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE reading (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, body BLOB NOT NULL);
            INSERT INTO sqlite_sequence(name, seq) VALUES ('reading', 1700000000000000);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO reading(at, body) SELECT 1700000000000 + i, CAST('{"temperature":' || i || '}' AS BLOB) FROM n;
            """;
        command.Parameters.AddWithValue("$count", count);
        command.ExecuteNonQuery();
        return 1_700_000_000_000_000 + count;
    }
}
