using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Queue;

/// <summary>Where everything that was measured goes in: as JSON into the queue, and the sender is woken. Safe for concurrent use.</summary>
public sealed partial class ReadingSink(ReadingQueue queue, ILogger logger)
{
    private readonly Channel<byte> _queued = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Has an item when something was queued since the last look, so that the sender need not poll.</summary>
    public ChannelReader<byte> Queued => _queued.Reader;

    /// <summary>One reading, on the disk when this returns. The values as JSON; null when the disk took none.</summary>
    public byte[]? Add(DateTimeOffset at, IReadOnlyList<(string Name, Measurement Value)> values)
    {
        byte[] json = Write(values);
        try
        {
            queue.Add(Instant.FromTime(at), json);
            _queued.Writer.TryWrite(0);
            return json;
        }
        catch (SqliteException failure)
        {
            LogNotQueued(failure.Message);
            return null;
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
