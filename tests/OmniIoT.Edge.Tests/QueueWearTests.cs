using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Queue;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>How much the queue writes, as a memory card sees it.</summary>
public sealed class QueueWearTests
{
    private const int ReadingsPerSecond = 10;

    [Fact]
    public void Ten_readings_a_second_write_less_than_a_gigabyte_a_day()
    {
        using FailingDisk disk = FailingDisk.MountOrSkip(64, hasJournal: true);
        FakeTimeProvider time = FakeTime.AtNoon();
        using ReadingQueue queue = new(Path.Combine(disk.Path, "queue"), new QueueLimits(), time, NullLogger.Instance);
        byte[] values = Encoding.UTF8.GetBytes("""{"temperature":21.37,"humidity":48.2,"pressure":1013.25}""");
        long before = disk.BytesWritten;

        // An hour and a half: several files of the queue, every reading sent a second later.
        int seconds = 5400;
        for (int second = 0; second < seconds; second++)
        {
            for (int reading = 0; reading < ReadingsPerSecond; reading++)
            {
                queue.Add(Instant.FromTime(time.GetUtcNow()), values);
                time.Advance(TimeSpan.FromSeconds(1.0 / ReadingsPerSecond));
            }
            queue.Forget(queue.Peek(100, 64 * 1024)[^1].Seq);
        }

        double gigabytesPerDay = (disk.BytesWritten - before) * (86_400.0 / seconds) / 1e9;
        Assert.InRange(gigabytesPerDay, 0.1, 1);
    }
}
