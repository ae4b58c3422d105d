using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge;

/// <summary>Reads all sensors every interval into the queue.</summary>
public sealed partial class Sampler(IReadOnlyList<ISensor> sensors, ReadingQueue queue, LiveSettings settings, TimeProvider time, ILogger logger)
{
    private readonly Channel<byte> _queued = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Has an item when something was queued since the last look, so that the sender need not poll.</summary>
    public ChannelReader<byte> Queued => _queued.Reader;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // Taken first: a change while the sensors are being read must not be slept over.
            var changed = settings.Changed;
            Sample(cancellationToken);
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(settings.SamplingInterval, time, waiting.Token), changed);
            await waiting.CancelAsync();
        }
    }

    /// <summary>Reads all sensors now. The values as JSON; null when no sensor had one or the disk took none.</summary>
    /// <param name="cancellationToken">Sensors that were not yet read then are left out.</param>
    public byte[]? Sample(CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        if (ReadAll(output, cancellationToken) == 0) return null;
        var values = output.WrittenSpan.ToArray();
        try
        {
            queue.Add(Instant.FromTime(time.GetUtcNow()), values);
            _queued.Writer.TryWrite(0);
            return values;
        }
        catch (SqliteException failure)
        {
            LogNotQueued(failure.Message);
            return null;
        }
    }

    private int ReadAll(ArrayBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var count = 0;
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        foreach (var sensor in sensors)
        {
            if (cancellationToken.IsCancellationRequested) break;
            if (!sensor.TryRead(out var value)) continue;
            json.WriteNumber(sensor.Metric, value);
            count++;
        }
        json.WriteEndObject();
        return count;
    }

    [LoggerMessage(1, LogLevel.Error, "A reading is lost, the queue could not take it: {Reason}")]
    private partial void LogNotQueued(string reason);
}
