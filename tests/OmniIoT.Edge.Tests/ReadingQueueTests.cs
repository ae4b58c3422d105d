using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>What is kept, in what order, and what goes first.</summary>
public sealed class ReadingQueueTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    private readonly TemporaryDirectory _folder = new();
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Readings_come_back_in_order_until_they_are_forgotten()
    {
        using ReadingQueue queue = Open();
        long[] seqs = AddMany(queue, 5);

        IReadOnlyList<QueuedReading> first = queue.Peek(3, 1000);
        queue.Forget(first[^1].Seq);

        Assert.Equal(seqs[..3], first.Select(reading => reading.Seq));
        Assert.Equal(seqs[3..], Seqs(queue));
        Assert.Equal(2, queue.Count);
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
    public void The_first_reading_is_on_the_disk_at_once_and_those_of_the_second_behind_it_together()
    {
        using ReadingQueue queue = Open();
        long first = Add(queue);
        Assert.Equal([first], Seqs(queue));

        _time.Advance(TimeSpan.FromMilliseconds(400));
        long[] others = [Add(queue), Add(queue)];
        _time.Advance(TimeSpan.FromMilliseconds(599));
        Assert.Equal([first], Seqs(queue));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([first, .. others], Seqs(queue));
    }

    [Fact]
    public void Numbers_go_on_without_a_gap_over_a_restart()
    {
        long[] before;
        using (ReadingQueue queue = Open())
        {
            before = AddMany(queue, 3);
            queue.Forget(before[1]);
        }

        using ReadingQueue reopened = Open();

        Assert.Equal(before[2..], Seqs(reopened));
        Assert.Equal(before[2] + 1, AddMany(reopened, 1)[0]);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_directory_serves_one_process()
    {
        using ReadingQueue queue = Open();

        Assert.Throws<IOException>(() => Open());
    }

    [Fact]
    public void Full_it_drops_the_oldest_and_counts_them()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxBytes = Mebibyte });
        long[] seqs = AddMany(queue, 3000, length: 1000);

        long[] kept = Seqs(queue);
        Assert.Equal(seqs[^kept.Length..], kept);
        Assert.Equal(seqs.Length, kept.Length + queue.Dropped);
        Assert.InRange(kept.Length, 900, 1036);
        Assert.InRange(new DirectoryInfo(_folder.Path).EnumerateFiles().Sum(file => file.Length), 1, Mebibyte + 64 * 1024);
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning: The queue is full", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_dropped_is_counted_over_restarts()
    {
        long dropped;
        using (ReadingQueue queue = Open(new QueueLimits { MaxBytes = Mebibyte }))
        {
            AddMany(queue, 2000, length: 1000);
            dropped = queue.Dropped;
        }

        using ReadingQueue reopened = Open();

        Assert.True(dropped > 0);
        Assert.Equal(dropped, reopened.Dropped);
    }

    [Fact]
    public void The_lowest_priority_goes_first()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxBytes = Mebibyte });
        long[] high = AddMany(queue, 100, length: 1000, ReadingPriority.High);
        long[] low = AddMany(queue, 500, length: 1000, ReadingPriority.Low);
        long[] normal = AddMany(queue, 700, length: 1000);

        long[] kept = Seqs(queue);
        Assert.Equal(high, kept.Intersect(high));
        Assert.Equal(normal, kept.Intersect(normal));
        Assert.InRange(kept.Intersect(low).Count(), 1, 250);
        Assert.Equal(low[^kept.Intersect(low).Count()..], kept.Intersect(low));
        Assert.Equal(kept.Order(), kept);
    }

    [Fact]
    public void What_waited_too_long_goes()
    {
        using ReadingQueue queue = Open(new QueueLimits { MaxAge = TimeSpan.FromHours(1) });
        AddMany(queue, 3);
        _time.Advance(TimeSpan.FromMinutes(61));
        long[] young = AddMany(queue, 1);

        Assert.Equal(young, Seqs(queue));
        Assert.Equal(3, queue.Dropped);
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(-1200)]
    public void A_clock_that_leaps_deletes_nothing(int days)
    {
        LeapingTime time = new(_time);
        long[] seqs;
        using (ReadingQueue queue = Open(time))
        {
            seqs = AddMany(queue, 3);
            time.Leap = TimeSpan.FromDays(days);
            seqs = [.. seqs, .. AddMany(queue, 3)];
            Assert.Equal(seqs, Seqs(queue));
        }
        using ReadingQueue reopened = Open(time);
        seqs = [.. seqs, .. AddMany(reopened, 3)];
        Assert.Equal(seqs, Seqs(reopened));

        time.Leap = TimeSpan.Zero;
        seqs = [.. seqs, .. AddMany(reopened, 3)];

        Assert.Equal(seqs, Seqs(reopened));
        Assert.Equal(0, reopened.Dropped);
        Assert.Equal(seqs.Order(), seqs);
    }

    [Fact]
    public void What_was_sent_ahead_is_not_sent_again()
    {
        using ReadingQueue queue = Open();
        long[] seqs = AddMany(queue, 5);
        IReadOnlyList<QueuedReading> all = queue.Peek(10, 1000);

        queue.ForgetAhead([all[4], all[1]]);
        Assert.Equal([seqs[0], seqs[2], seqs[3]], Seqs(queue));
        Assert.Equal([seqs[0], seqs[3]], queue.Waiting([all[0], all[3], all[4]]).Select(reading => reading.Seq));
        Assert.Equal(3, queue.Count);

        queue.Forget(seqs[3]);
        Assert.Empty(Seqs(queue));
        Assert.Equal(0, queue.Count);
    }

    private ReadingQueue Open(QueueLimits? limits = null) => new(_folder.Path, limits ?? new QueueLimits(), _time, _log);

    private ReadingQueue Open(TimeProvider time) => new(_folder.Path, new QueueLimits(), time, _log);

    private static long[] Seqs(ReadingQueue queue) => [.. queue.Peek(int.MaxValue, int.MaxValue).Select(reading => reading.Seq)];

    private long Add(ReadingQueue queue, int length = 7, ReadingPriority priority = ReadingPriority.Normal) =>
        queue.Add(Instant.FromTime(_time.GetUtcNow()), Encoding.UTF8.GetBytes($"{{\"n\":{new string('1', length - 6)}}}"), priority);

    private long[] AddMany(ReadingQueue queue, int count, int length = 7, ReadingPriority priority = ReadingPriority.Normal)
    {
        long[] seqs = [.. Enumerable.Range(0, count).Select(_ => Add(queue, length, priority))];
        Assert.True(queue.Flush());
        return seqs;
    }
}
