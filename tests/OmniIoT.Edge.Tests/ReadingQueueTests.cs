using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

public sealed class ReadingQueueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-queue-").FullName;
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    private string File => Path.Combine(_folder, "queue.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Readings_come_back_in_order_until_they_are_forgotten()
    {
        using ReadingQueue queue = Open();
        long[] seqs = AddMany(queue, 5);

        IReadOnlyList<QueuedReading> first = queue.Peek(3, 1000);
        queue.Forget(first[^1].Seq);

        Assert.Equal(seqs[..3], first.Select(reading => reading.Seq));
        Assert.Equal(seqs[3..], queue.Peek(10, 1000).Select(reading => reading.Seq));
        Assert.Equal(2, queue.Count);
    }

    [Fact]
    public void Sequence_numbers_rise_over_a_restart_with_an_empty_queue()
    {
        long before;
        using (ReadingQueue queue = Open())
        {
            before = AddMany(queue, 3)[^1];
            queue.Forget(before);
        }

        using ReadingQueue reopened = Open();

        Assert.True(AddMany(reopened, 1)[0] > before);
    }

    [Fact]
    public void Readings_survive_a_restart()
    {
        using (ReadingQueue queue = Open())
            AddMany(queue, 3);

        using ReadingQueue reopened = Open();

        Assert.Equal(3, reopened.Count);
        Assert.Equal("{\"n\":0}", Encoding.UTF8.GetString(reopened.Peek(1, 1000)[0].Values));
    }

    [Fact]
    public void A_full_queue_drops_the_oldest_and_counts_them()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxCount = 10 });
        long[] seqs = AddMany(queue, 25);

        Assert.Equal(10, queue.Count);
        Assert.Equal(15, queue.Dropped);
        Assert.Equal(seqs[15..], queue.Peek(100, 10_000).Select(reading => reading.Seq));
    }

    [Fact]
    public void Bytes_are_bounded_too()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxBytes = 70 });
        AddMany(queue, 30);

        Assert.InRange(queue.Count, 1, 10);
        Assert.Equal(30, queue.Count + queue.Dropped);
    }

    [Fact]
    public void Readings_older_than_the_limit_are_dropped()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxAge = TimeSpan.FromHours(1) });
        AddMany(queue, 3);
        _time.Advance(TimeSpan.FromMinutes(61));
        long[] young = AddMany(queue, 1);

        Assert.Equal(young, queue.Peek(10, 1000).Select(reading => reading.Seq));
        Assert.Equal(3, queue.Dropped);
    }

    [Fact]
    public void A_batch_ends_at_its_bytes_but_holds_at_least_one()
    {
        using ReadingQueue queue = Open();
        AddMany(queue, 5);

        Assert.Equal(2, queue.Peek(10, 14).Count);
        Assert.Single(queue.Peek(10, 1));
    }

    [Fact]
    public void A_corrupt_file_is_set_aside_and_numbers_go_on_rising()
    {
        long before;
        using (ReadingQueue queue = Open())
            before = AddMany(queue, 3)[^1];
        System.IO.File.WriteAllBytes(File, Encoding.UTF8.GetBytes(new string('x', 8192)));
        _time.Advance(TimeSpan.FromSeconds(1));

        using ReadingQueue reopened = Open();
        long after = AddMany(reopened, 1)[0];

        Assert.True(after > before);
        Assert.Equal(1, reopened.SetAside);
        Assert.True(System.IO.File.Exists(File + ".corrupt"));
    }

    private ReadingQueue Open(QueueLimits? limits = null) => new(File, limits ?? new QueueLimits(), _time);

    private long[] AddMany(ReadingQueue queue, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(n => queue.Add(Instant.FromTime(_time.GetUtcNow()), Encoding.UTF8.GetBytes($"{{\"n\":{n % 10}}}"))),
        ];
}
