using System.Text.Json;
using OmniIoT.Api.Customers;
using OmniIoT.Commit.Live;
using OmniIoT.Domain;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Api.Streaming;

/// <summary>
/// One watcher's connection: every change that the filter admits, in order and once, and the twins of devices that moved. A slow
/// reader holds up only itself: it goes on from the log.
/// </summary>
internal sealed class StreamSession(
    StreamFilter filter,
    ChangeSubscription changes,
    EventStreamWriter writer,
    ITwinQueries twins,
    IDeviceQueries devices,
    TimeProvider time
)
{
    /// <summary>Twins at most twice a second, so that a busy device does not flood a page.</summary>
    private static readonly TimeSpan TwinInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Shorter than the 30 s after which common proxies close a silent connection.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>Twins read per tick; of more, the rest follow in the next ticks.</summary>
    private const int TwinsPerTick = 200;

    private readonly Queue<string> _moved = new();
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TwinInterval, time);
        long lastWriteAt = time.GetTimestamp();
        writer.WriteComment("connected");
        writer.WritePosition(changes.Position);
        await writer.FlushAsync(cancellationToken);
        Task<IReadOnlyList<Change>> next = changes.NextAsync(cancellationToken);
        Task<bool> tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(next, tick);
            bool wrote = false;
            if (next.IsCompleted)
            {
                wrote |= Write(await next);
                next = changes.NextAsync(cancellationToken);
            }
            if (tick.IsCompleted)
            {
                await tick;
                wrote |= await WriteTwinsAsync(cancellationToken);
                if (!wrote && time.GetElapsedTime(lastWriteAt) >= HeartbeatInterval)
                    wrote = WriteHeartbeat();
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            if (!wrote)
                continue;
            await writer.FlushAsync(cancellationToken);
            lastWriteAt = time.GetTimestamp();
        }
    }

    private bool Write(IReadOnlyList<Change> batch)
    {
        bool wrote = false;
        foreach (Change change in batch)
        {
            if (!filter.Admits(change))
                continue;
            writer.WriteEvent(change.Sequence, change.Kind, SurvivorNames.TellIn(change, filter.Catalog.Merges).Span);
            wrote = true;
        }
        return wrote;
    }

    private bool WriteHeartbeat()
    {
        writer.WriteComment("heartbeat");
        return true;
    }

    private async ValueTask<bool> WriteTwinsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> touched = changes.TakeTouched();
        if (!filter.WantsTwins)
            return false;
        foreach (string deviceId in touched)
        {
            if (_waiting.Add(deviceId))
                _moved.Enqueue(deviceId);
        }
        bool wrote = false;
        for (int i = 0; i < TwinsPerTick && _moved.TryDequeue(out string? deviceId); i++)
        {
            _waiting.Remove(deviceId);
            wrote |= await WriteTwinAsync(deviceId, cancellationToken);
        }
        return wrote;
    }

    private async ValueTask<bool> WriteTwinAsync(string deviceId, CancellationToken cancellationToken)
    {
        if (filter.DeviceId is { } wanted && wanted != deviceId)
            return false;
        if (await devices.FindAsync(deviceId, cancellationToken) is not { } device || !filter.AdmitsTwin(device))
            return false;
        if (await twins.FindAsync(deviceId, cancellationToken) is not { } twin)
            return false;
        writer.WriteEvent(null, StreamFilter.TwinKind, JsonSerializer.SerializeToUtf8Bytes(twin, OmniJson.Options));
        return true;
    }
}
