using System.Text.Json.Nodes;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Hardware.Bme280;
using OmniIoT.Edge.Sampling;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Tests;

/// <summary>Several sensors at once, on the system's clock.</summary>
public sealed class SamplerTests : IDisposable
{
    private readonly RecordingLogger _log = new();
    private readonly Board _board = new("/nowhere", TimeProvider.System);
    private readonly QueueUnderTest _queue;

    public SamplerTests() => _queue = new QueueUnderTest(TimeProvider.System, _log);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_sensor_that_fails_stops_no_other()
    {
        SensorSpec[] specs =
        [
            new()
            {
                Id = "gone",
                Type = "bme280",
                Bus = "99",
                Every = TimeSpan.FromMilliseconds(10),
            },
            new()
            {
                Id = "here",
                Type = "simulated",
                Every = TimeSpan.FromMilliseconds(10),
            },
        ];

        await RunUntilAsync(specs, new LiveSettings(specs), values => values.Length >= 20);

        Assert.All(_queue.Values, values => Assert.StartsWith("{\"value\":", values, StringComparison.Ordinal));
        Assert.Single(
            _log.Lines,
            line =>
                line.StartsWith("Warning: Sensor gone gives no value", StringComparison.Ordinal)
                && line.Contains("/dev/i2c-99", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_changed_interval_holds_at_once()
    {
        SensorSpec[] specs =
        [
            new()
            {
                Id = "s",
                Type = "simulated",
                Every = TimeSpan.FromHours(1),
            },
        ];
        LiveSettings settings = new(specs);
        bool isChanged = false;

        await RunUntilAsync(
            specs,
            settings,
            values =>
            {
                if (values.Length > 0 && !isChanged)
                    settings.Apply(
                        (JsonObject)JsonNode.Parse("""{"sampling":{"s":{"every":"10ms"}}}""")!,
                        new Dictionary<string, string>()
                    );
                isChanged |= values.Length > 0;
                return values.Length >= 5;
            }
        );
    }

    [Fact]
    public void A_reading_on_demand_has_the_values_of_all_whatever_their_deadbands()
    {
        SensorSpec[] specs =
        [
            new()
            {
                Id = "air",
                Type = "bme280",
                Bus = Board.Simulated,
                Metrics = [new MetricSpec("temperature", "air", 100)],
            },
            new()
            {
                Id = "sun",
                Type = "simulated",
                Wave = Waveform.Constant(3),
                Metrics = [new MetricSpec("sun", "sun", 100)],
            },
        ];
        Sampler sampler = Sampler(specs, new LiveSettings(specs));

        sampler.Sample();
        _board.SimulatedI2c.Chip<SimulatedBme280>(0x76).Celsius = Waveform.Constant(21);
        JsonNode values = JsonNode.Parse(sampler.Sample()!)!;

        Assert.Equal(21, (double)values["air"]!, 0.01);
        Assert.Equal(3, (double)values["sun"]!);
    }

    private Sampler Sampler(SensorSpec[] specs, LiveSettings settings) =>
        new(
            [.. specs.Select(spec => new SampledSensor(spec, _board.Open(spec), _queue.Sink, TimeProvider.System, _log))],
            _queue.Sink,
            settings,
            TimeProvider.System
        );

    private async Task RunUntilAsync(SensorSpec[] specs, LiveSettings settings, Func<string[], bool> isEnough)
    {
        using CancellationTokenSource stop = new();
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(30));
        Task running = Sampler(specs, settings).RunAsync(stop.Token);
        while (!isEnough(_queue.Values))
            await _queue.Queue.Written.ReadAsync(timeout.Token);
        await stop.CancelAsync();
        await running;
    }
}
