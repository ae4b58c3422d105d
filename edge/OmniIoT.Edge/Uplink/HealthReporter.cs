using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Edge.Queue;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge.Uplink;

/// <summary>
/// Tells how the agent is: at each connection, once a minute, and within seconds when the queue had to drop readings. As telemetry
/// without <c>seq</c>, past the queue: it is of now or of no use, it wears no disk, and a disk that takes nothing can be told of.
/// </summary>
internal sealed partial class HealthReporter(
    MqttClient client,
    LinkState link,
    ReadingQueue queue,
    string topic,
    TimeProvider time,
    ILogger logger
)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _started = time.GetTimestamp();
    private (TimeSpan Cpu, long At) _measured = (Environment.CpuUsage.TotalTime, time.GetTimestamp());

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (long Connections, long Dropped, long At)? told = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            await link.UpAsync(cancellationToken);
            (long connections, long dropped) = (link.Connections, queue.Dropped);
            if (told is not { } last || last.Connections != connections || last.Dropped != dropped || time.GetElapsedTime(last.At) >= Every)
            {
                await TellAsync(cancellationToken);
                told = (connections, dropped, time.GetTimestamp());
            }
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    /// <summary>The metrics as they are now.</summary>
    internal JsonObject Measure()
    {
        (TimeSpan cpu, long at) = _measured;
        _measured = (Environment.CpuUsage.TotalTime, time.GetTimestamp());
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan waited = queue.Oldest is { } oldest ? Instant.FromTime(now) - oldest.At : TimeSpan.Zero;
        return new JsonObject
        {
            ["agent.cpuPercent"] = Percent(_measured.Cpu - cpu, time.GetElapsedTime(at, _measured.At)),
            ["agent.rssBytes"] = Environment.WorkingSet,
            ["queue.readings"] = queue.Count,
            ["queue.oldestSeconds"] = Math.Max(0, Math.Round(waited.TotalSeconds, 1)),
            ["queue.dropped"] = queue.Dropped,
            ["link.reconnects"] = Math.Max(0, link.Connections - 1),
            // Against the clock that nobody sets: how far the time was moved since the start.
            ["clock.offsetSeconds"] = Math.Round((now - _startedAt - time.GetElapsedTime(_started)).TotalSeconds, 1),
        };
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        JsonObject report = new() { ["ts"] = Instant.FromTime(time.GetUtcNow()).ToString(), ["values"] = Measure() };
        try
        {
            await client.PublishAsync(
                topic,
                Encoding.UTF8.GetBytes(report.ToJsonString()),
                QualityOfService.AtLeastOnce,
                cancellationToken: cancellationToken
            );
        }
        catch (MqttClientException failure)
        {
            LogNotTold(failure.Message);
        }
    }

    private static double Percent(TimeSpan cpu, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? Math.Round(100 * (cpu / elapsed), 1) : 0;

    [LoggerMessage(13, LogLevel.Warning, "The agent's health cannot be told: {Reason}")]
    private partial void LogNotTold(string reason);
}
