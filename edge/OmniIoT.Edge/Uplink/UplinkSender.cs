using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Queue;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge.Uplink;

/// <summary>
/// Sends the queue's readings in order, a batch at a time, and forgets a batch when the cloud has acknowledged it. One
/// batch under way is enough: after an outage a batch carries a hundred readings per round trip.
/// </summary>
public sealed partial class UplinkSender(
    MqttClient client,
    ReadingQueue queue,
    ChannelReader<byte> queued,
    string deviceId,
    TimeProvider time,
    ILogger logger
)
{
    private const int BatchCount = 100;

    // Well below the platform's limit of 256 KiB for a payload, envelope included.
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    private readonly string _topic = $"devices/{deviceId}/telemetry";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                IReadOnlyList<QueuedReading> batch = queue.Peek(BatchCount, BatchBytes);
                if (batch.Count == 0)
                    await queued.ReadAsync(cancellationToken);
                else
                    await SendAsync(batch, cancellationToken);
            }
            catch (Exception failure) when (failure is SqliteException or MqttClientException)
            {
                // A full disk, or a server whose limits forbid the message: neither may end the agent.
                LogFailed(failure.Message);
                await Task.Delay(Retry, time, cancellationToken);
            }
        }
    }

    private async Task SendAsync(IReadOnlyList<QueuedReading> batch, CancellationToken cancellationToken)
    {
        ReasonCode reason = await client.PublishAsync(
            _topic,
            TelemetryPayload.Write(batch),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        if (reason.IsFailure() && !IsDeadLetter(reason))
        {
            LogRefused(reason);
            await Task.Delay(Retry, time, cancellationToken);
            return;
        }
        if (reason.IsFailure())
            LogDeadLetter(batch.Count, reason);
        queue.Forget(batch[^1].Seq);
    }

    /// <summary>The cloud has it, but among its dead letters: sending it again would not change that.</summary>
    private static bool IsDeadLetter(ReasonCode reason) =>
        reason is ReasonCode.PayloadFormatInvalid or ReasonCode.QuotaExceeded or ReasonCode.PacketTooLarge;

    [LoggerMessage(10, LogLevel.Warning, "The cloud does not take telemetry from this device: {Reason}")]
    private partial void LogRefused(ReasonCode reason);

    [LoggerMessage(12, LogLevel.Error, "Sending failed and is tried again: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(11, LogLevel.Warning, "The cloud put {Count} readings to its dead letters: {Reason}")]
    private partial void LogDeadLetter(int count, ReasonCode reason);
}
