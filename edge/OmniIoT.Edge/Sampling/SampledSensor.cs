using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Sampling;

/// <summary>
/// One sensor while the agent runs: reads it, tells once that it fails and once that it is back, and asks for it to be tried
/// ever less often meanwhile. Safe for concurrent use.
/// </summary>
internal sealed partial class SampledSensor : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly ISensor _sensor;
    private readonly MetricFilter _filter;
    private readonly ReadingSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _failures;

    public SampledSensor(SensorSpec spec, ISensor sensor, ReadingSink sink, TimeProvider time, ILogger logger)
    {
        (Spec, _sensor, _filter, _sink, _time, _logger) = (spec, sensor, new MetricFilter(spec.Metrics), sink, time, logger);
        if (sensor is IEventSensor speaking)
            speaking.Changed += Take;
    }

    public SensorSpec Spec { get; }

    /// <summary>Whether it ever gave a value since the start.</summary>
    public bool WasRead { get; private set; }

    /// <summary>Reads it and queues what is to be sent.</summary>
    public void Sample()
    {
        IReadOnlyList<Measurement> measurements = Read();
        DateTimeOffset at = _time.GetUtcNow();
        if (_filter.Pass(measurements, at) is { Count: > 0 } values)
            _sink.Add(at, values, Spec.Priority);
    }

    /// <summary>Everything that is to be sent of it, as it is now; nothing when it fails.</summary>
    public IReadOnlyList<(string Name, Measurement Value)> ReadNow() => _filter.Name(Read());

    /// <summary>How long after the last reading the next is due.</summary>
    /// <param name="every">While it works.</param>
    public TimeSpan PauseOf(TimeSpan every)
    {
        lock (_lock)
        {
            if (_failures == 0)
                return every;
            // A minute is reached by the seventh; more doublings would overflow.
            long pause = Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(_failures - 1, 6));
            return TimeSpan.FromTicks(Math.Max(every.Ticks, pause));
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _sensor.Dispose();
    }

    private IReadOnlyList<Measurement> Read()
    {
        lock (_lock)
        {
            string? failure = TryRead(out IReadOnlyList<Measurement>? measurements);
            if (failure is null && _failures > 0)
                LogBack(Spec.Id);
            if (failure is not null && _failures == 0)
                LogFailed(Spec.Id, failure);
            _failures = failure is null ? 0 : _failures + 1;
            WasRead |= measurements.Count > 0;
            return measurements;
        }
    }

    /// <summary>Why it failed; null when it did not.</summary>
    private string? TryRead(out IReadOnlyList<Measurement> measurements)
    {
        try
        {
            if (!_sensor.TryRead(out measurements, out string? failure))
                return failure;
            if (measurements.All(one => double.IsFinite(one.Value)))
                return null;
            measurements = [];
            return "a value is no finite number";
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A sensor whose driver is wrong must not stop the others.
            measurements = [];
            return failure.Message;
        }
    }

    /// <summary>What a sensor says by itself, on its driver's thread.</summary>
    private void Take(DateTimeOffset at, Measurement measurement)
    {
        WasRead = true;
        if (_filter.Pass([measurement], at) is { Count: > 0 } values)
            _sink.Add(at, values, Spec.Priority);
    }

    [LoggerMessage(2, LogLevel.Warning, "Sensor {Id} gives no value and is tried again, less and less often: {Reason}")]
    private partial void LogFailed(string id, string reason);

    [LoggerMessage(3, LogLevel.Information, "Sensor {Id} gives values again")]
    private partial void LogBack(string id);
}
