using Microsoft.Extensions.Time.Testing;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Hardware.Bme280;
using OmniIoT.Edge.Sampling;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>One sensor while the agent runs, on the simulated bus.</summary>
public sealed class SampledSensorTests : IDisposable
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();
    private readonly Board _board;
    private readonly QueueUnderTest _queue;

    public SampledSensorTests() => (_board, _queue) = (new Board("/nowhere", _time), new QueueUnderTest(_time, _log));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_sensor_that_fails_is_told_once_and_tried_ever_less_often_until_it_is_back()
    {
        using SampledSensor sensor = Sample(Air());
        sensor.Sample();
        TimeSpan every = TimeSpan.FromMilliseconds(200);
        Assert.Equal(every, sensor.PauseOf(every));

        Chip.IsConnected = false;
        List<double> pauses = new();
        for (int attempt = 0; attempt < 9; attempt++)
        {
            sensor.Sample();
            pauses.Add(sensor.PauseOf(every).TotalSeconds);
        }
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], pauses);
        Assert.Equal(TimeSpan.FromHours(1), sensor.PauseOf(TimeSpan.FromHours(1)));

        Chip.IsConnected = true;
        sensor.Sample();
        Assert.Equal(every, sensor.PauseOf(every));
        Assert.Equal(
            [
                "Warning: Sensor air gives no value and is tried again, less and less often: 0x76 on I2C bus simulated: No such device or address",
                "Information: Sensor air gives values again",
            ],
            _log.Lines
        );
        Assert.Equal(2, _queue.Values.Length);
    }

    [Fact]
    public void A_value_is_sent_when_it_left_its_deadband_or_a_minute_has_passed()
    {
        using SampledSensor sensor = Sample(Air() with { Metrics = [new MetricSpec("temperature", "room", 0.5)] });
        foreach (double celsius in new[] { 20, 20.3, 20.6, 20.4, 19 })
        {
            SetCelsius(celsius);
            sensor.Sample();
            _time.Advance(TimeSpan.FromSeconds(10));
        }
        Assert.Equal([20, 20.6, 19], Rooms());

        _time.Advance(TimeSpan.FromSeconds(49));
        sensor.Sample();
        Assert.Equal(3, Rooms().Length);
        _time.Advance(TimeSpan.FromSeconds(1));
        sensor.Sample();
        Assert.Equal([20, 20.6, 19, 19], Rooms());
    }

    [Fact]
    public void Only_what_the_settings_name_is_sent_under_the_names_they_give()
    {
        using SampledSensor sensor = Sample(Air() with { Metrics = [new MetricSpec("humidity", "cellar.damp")] });

        sensor.Sample();

        Assert.StartsWith("{\"cellar.damp\":", Assert.Single(_queue.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void The_edges_of_a_button_are_readings_at_their_time()
    {
        DateTimeOffset start = _time.GetUtcNow();
        using SampledSensor sensor = Sample(
            new SensorSpec
            {
                Id = "door",
                Type = "button",
                Line = new LineSpec
                {
                    Chip = Board.Simulated,
                    Number = 4,
                    IsActiveLow = true,
                    Debounce = TimeSpan.FromMilliseconds(20),
                },
                Metrics = [new MetricSpec("pressed", "door.closed")],
            }
        );
        sensor.Sample();

        _time.Advance(TimeSpan.FromMilliseconds(1500));
        _board.SimulatedGpio[4].Drive(false);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        _board.SimulatedGpio[4].Drive(true);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(
            [(0, "{\"door.closed\":false}"), (1500, "{\"door.closed\":true}"), (2000, "{\"door.closed\":false}")],
            _queue.TimedValues(start)
        );
    }

    private SimulatedBme280 Chip => _board.SimulatedI2c.Chip<SimulatedBme280>(0x76);

    private static SensorSpec Air() =>
        new()
        {
            Id = "air",
            Type = "bme280",
            Bus = Board.Simulated,
        };

    private SampledSensor Sample(SensorSpec spec) => new(spec, _board.Open(spec), _queue.Sink, _time, _log);

    private void SetCelsius(double value)
    {
        // The chip is there from the first reading on.
        _board.Open(Air()).TryRead(out _, out _);
        Chip.Celsius = Waveform.Constant(value);
    }

    private double[] Rooms() =>
        [.. _queue.Values.Select(values => Math.Round((double)System.Text.Json.Nodes.JsonNode.Parse(values)!["room"]!, 1))];
}
