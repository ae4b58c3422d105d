using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Tests;

public sealed class SamplerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omniiot-sampler-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Eight thermometers on one wire take six seconds, and a stop has five.</summary>
    [Fact]
    public async Task A_stop_between_two_sensors_keeps_what_was_read_and_reads_no_more()
    {
        using var stop = new CancellationTokenSource();
        using var queue = new ReadingQueue(Path.Combine(_folder, "queue.db"), new QueueLimits(), TimeProvider.System);
        var sampler = new Sampler([new Sensor("first", stop.Cancel), new Sensor("second", null)], queue, new LiveSettings(TimeSpan.FromHours(1)), TimeProvider.System, NullLogger.Instance);

        await sampler.RunAsync(stop.Token);

        Assert.Equal("""{"first":1}""", Encoding.UTF8.GetString(Assert.Single(queue.Peek(10, 1000)).Values));
    }

    private sealed class Sensor(string metric, Action? whileRead) : ISensor
    {
        public string Metric { get; } = metric;

        public string Unit => "1";

        public bool TryRead(out double value)
        {
            whileRead?.Invoke();
            value = 1;
            return true;
        }
    }
}
