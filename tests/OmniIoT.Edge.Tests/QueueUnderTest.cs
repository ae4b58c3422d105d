using System.Text;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Tests;

/// <summary>A queue in a folder of its own, and what came into it.</summary>
internal sealed class QueueUnderTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-edge-").FullName;
    private readonly ReadingQueue _queue;

    public QueueUnderTest(TimeProvider time, RecordingLogger logger)
    {
        _queue = new ReadingQueue(_folder, new QueueLimits(), time, logger);
        Sink = new ReadingSink(_queue, logger);
    }

    public ReadingSink Sink { get; }

    public ReadingQueue Queue => _queue;

    /// <summary>The values of all readings, oldest first.</summary>
    public string[] Values => [.. All.Select(reading => Encoding.UTF8.GetString(reading.Values))];

    /// <summary>With the times, in milliseconds since the start.</summary>
    public (double Milliseconds, string Values)[] TimedValues(DateTimeOffset start) =>
        [
            .. All.Select(reading =>
                (reading.At.UnixMilliseconds - (double)start.ToUnixTimeMilliseconds(), Encoding.UTF8.GetString(reading.Values))
            ),
        ];

    private IReadOnlyList<QueuedReading> All
    {
        get
        {
            Assert.True(_queue.Flush());
            return _queue.Peek(1000, 1_000_000);
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
