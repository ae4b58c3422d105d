using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Queue;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge.Uplink;

/// <summary>
/// Sends the queue's readings in order, a batch at a time, and forgets a batch when the cloud has acknowledged it. One
/// batch under way is enough: it carries what a hundred round trips would. What an outage left is sent slowly, and before each
/// batch of it the newest of every metric, so that the cloud sees at once how things stand.
/// </summary>
internal sealed partial class UplinkSender(
    MqttClient client,
    LinkState link,
    ReadingQueue queue,
    ReadingSink sink,
    UplinkOptions options,
    TimeProvider time,
    ILogger logger
)
{
    private const int BatchCount = 100;

    // Well below the platform's limit of 256 KiB for a payload, envelope included.
    private const int BatchBytes = 64 * 1024;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    // No reading waits that long while all is well: a second for its write, the rest for the cloud.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    private long _connection;

    // The last reading of what is sent slowly: from the start on what an earlier run left.
    private long _backlogEnd = queue.LastWritten;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await link.UpAsync(cancellationToken);
                LookForBacklog();
                IReadOnlyList<QueuedReading> batch = queue.Peek(BatchCount, BatchBytes);
                if (batch.Count == 0)
                    await queue.Written.ReadAsync(cancellationToken);
                else if (batch[0].Seq <= _backlogEnd)
                    await SendBacklogAsync([.. batch.Take(options.BacklogPerSecond)], cancellationToken);
                else if (await SendAsync(batch, cancellationToken))
                    queue.Forget(batch[^1].Seq);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or MqttClientException)
            {
                // A disk that fails, or a server whose limits forbid the message: neither may end the agent.
                LogFailed(failure.Message);
                await Task.Delay(Retry, time, cancellationToken);
            }
        }
    }

    /// <summary>At each connection: everything, when something has waited for it longer than a moment.</summary>
    private void LookForBacklog()
    {
        if (_connection == link.Connections)
            return;
        _connection = link.Connections;
        if (queue.Oldest is { } oldest && oldest.Wait >= Outage)
            _backlogEnd = queue.LastWritten;
    }

    private async Task SendBacklogAsync(IReadOnlyList<QueuedReading> batch, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        long last = batch[^1].Seq;
        IReadOnlyList<QueuedReading> newest = NewestOnDisk(behind: last);
        if (newest.Count > 0 && await SendAsync(newest, cancellationToken))
            queue.ForgetAhead(newest);
        if (!await SendAsync(batch, cancellationToken))
            return;
        queue.Forget(last);
        TimeSpan left = TimeSpan.FromSeconds((double)batch.Count / options.BacklogPerSecond) - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken);
    }

    private IReadOnlyList<QueuedReading> NewestOnDisk(long behind)
    {
        // Taken first: what comes in between is not on the disk.
        IReadOnlyList<QueuedReading> newest = sink.Newest;
        queue.Flush();
        return queue.Waiting(newest.Where(reading => reading.Seq > behind));
    }

    /// <summary>False when the cloud does not take it now.</summary>
    private async Task<bool> SendAsync(IReadOnlyList<QueuedReading> batch, CancellationToken cancellationToken)
    {
        ReasonCode reason = await client.PublishAsync(
            options.Topic,
            TelemetryPayload.Write(batch),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        if (reason.IsFailure() && !IsDeadLetter(reason))
        {
            LogRefused(reason);
            await Task.Delay(Retry, time, cancellationToken);
            return false;
        }
        if (reason.IsFailure())
            LogDeadLetter(batch.Count, reason);
        return true;
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
