using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Sampling;

/// <summary>Reads each sensor by its own interval into the queue. A slow one makes no other wait.</summary>
internal sealed class Sampler(IReadOnlyList<SampledSensor> sensors, ReadingSink sink, LiveSettings settings, TimeProvider time)
{
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(sensors.Select(sensor => RunAsync(sensor, cancellationToken)));

    /// <summary>Reads all sensors now into one reading. The values as JSON; null when no sensor had one or the disk took none.</summary>
    public byte[]? Sample()
    {
        (string Name, Measurement Value)[] values = sensors.SelectMany(sensor => sensor.ReadNow()).ToArray();
        return values.Length == 0 ? null : sink.Add(time.GetUtcNow(), values);
    }

    private async Task RunAsync(SampledSensor sensor, CancellationToken cancellationToken)
    {
        // Reading blocks, for most of a second with some: off the caller's thread, so that all begin at once.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            long began = time.GetTimestamp();
            sensor.Sample();
            await PauseAsync(sensor, began, cancellationToken);
        }
    }

    /// <summary>Until the next reading is due, by the interval in force then.</summary>
    private async Task PauseAsync(SampledSensor sensor, long began, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // Taken first: a change between the two lines must not be slept over.
            Task changed = settings.Changed;
            TimeSpan left = sensor.PauseOf(settings.Every(sensor.Spec.Id)) - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return;
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(left, time, waiting.Token), changed);
            await waiting.CancelAsync();
        }
    }
}
