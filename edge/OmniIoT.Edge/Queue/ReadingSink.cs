using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>
/// Where everything that was measured goes in: as JSON into the queue. Knows what came last of each metric. Safe for concurrent use.
/// </summary>
public sealed partial class ReadingSink(ReadingQueue queue, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueuedReading> _newest = new(StringComparer.Ordinal);

    /// <summary>Gets everything that comes in, whether the queue could take it or not; must not throw and must not wait.</summary>
    public event Action<DateTimeOffset, IReadOnlyList<(string Name, Measurement Value)>>? Added;

    /// <summary>The readings that hold the newest value of any metric, oldest first.</summary>
    public IReadOnlyList<QueuedReading> Newest
    {
        get
        {
            lock (_lock)
                return [.. _newest.Values.DistinctBy(reading => reading.Seq).OrderBy(reading => reading.Seq)];
        }
    }

    /// <summary>One reading. The values as JSON; null when the queue took none.</summary>
    public byte[]? Add(
        DateTimeOffset at,
        IReadOnlyList<(string Name, Measurement Value)> values,
        ReadingPriority priority = ReadingPriority.Normal
    )
    {
        byte[] json = Write(values);
        try
        {
            Instant instant = Instant.FromTime(at);
            lock (_lock)
            {
                QueuedReading reading = new(queue.Add(instant, json, priority), instant, json);
                foreach ((string name, Measurement _) in values)
                    _newest[name] = reading;
            }
            return json;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            LogNotQueued(failure.Message);
            return null;
        }
        finally
        {
            Added?.Invoke(at, values);
        }
    }

    private static byte[] Write(IReadOnlyList<(string Name, Measurement Value)> values)
    {
        ArrayBufferWriter<byte> output = new();
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        foreach ((string? name, Measurement value) in values)
        {
            if (value.IsState)
                json.WriteBoolean(name, value.Value != 0);
            else
                json.WriteNumber(name, value.Value);
        }
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    [LoggerMessage(1, LogLevel.Error, "A reading is lost, the queue could not take it: {Reason}")]
    private partial void LogNotQueued(string reason);
}
