using System.Text.Json;
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
internal sealed class StreamSession(StreamFilter filter, ChangeSubscription changes, EventStreamWriter writer, StreamSources sources)
{
    /// <summary>Twins at most twice a second, so that a busy device does not flood a page.</summary>
    private static readonly TimeSpan TwinInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Shorter than the 30 s after which common proxies close a silent connection.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <summary>Twins read per tick; of more, the rest follow in the next ticks.</summary>
    private const int TwinsPerTick = 200;

    private readonly Queue<string> _moved = new();
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <param name="isAdmitted">
    /// Whether the watcher may still see it; asked before anything is sent, and when agents, roles, keys or sessions change.
    /// </param>
    public async Task RunAsync(Func<Task<bool>> isAdmitted, CancellationToken cancellationToken)
    {
        // What changes from here on is noticed; what changed since the watcher was let in is asked for.
        Task access = sources.Access.NextChange;
        if (!await isAdmitted())
            return;
        using PeriodicTimer timer = new(TwinInterval, sources.Time);
        long lastWriteAt = sources.Time.GetTimestamp();
        writer.WriteComment("connected");
        writer.WritePosition(changes.Position);
        await writer.FlushAsync(cancellationToken);
        Task<IReadOnlyList<Change>> next = changes.NextAsync(cancellationToken);
        Task<bool> tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        while (true)
        {
            await Task.WhenAny(next, tick, access);
            if (access.IsCompleted)
            {
                access = sources.Access.NextChange;
                if (!await isAdmitted())
                    return;
            }
            if (next.IsCompleted)
            {
                await WriteAsync(await next, cancellationToken);
                next = changes.NextAsync(cancellationToken);
            }
            if (tick.IsCompleted)
            {
                await tick;
                await WriteTwinsAsync(cancellationToken);
                if (writer.IsEmpty && sources.Time.GetElapsedTime(lastWriteAt) >= HeartbeatInterval)
                    writer.WriteComment("heartbeat");
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            if (writer.IsEmpty)
                continue;
            if (!await isAdmitted())
                return;
            await writer.FlushAsync(cancellationToken);
            lastWriteAt = sources.Time.GetTimestamp();
        }
    }

    private async ValueTask WriteAsync(IReadOnlyList<Change> batch, CancellationToken cancellationToken)
    {
        IReadOnlyList<Change> admitted = [.. batch.Where(filter.Admits)];
        if (filter.Within is { } bounds && admitted.Count > 0)
        {
            IReadOnlyList<bool> within = await sources.Bounds.AreWithinAsync(
                [.. admitted.Select(ChangeSubjects.Of)],
                bounds,
                cancellationToken
            );
            admitted = [.. admitted.Where((_, i) => within[i])];
        }
        foreach (Change change in admitted)
            writer.WriteEvent(change.Sequence, change.Kind, filter.Catalog.Merges.Naming(change.Json, change.CustomerId).Span);
    }

    private async ValueTask WriteTwinsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> touched = changes.TakeTouched();
        if (!filter.WantsTwins)
            return;
        foreach (string deviceId in touched)
        {
            if (_waiting.Add(deviceId))
                _moved.Enqueue(deviceId);
        }
        for (int i = 0; i < TwinsPerTick && _moved.TryDequeue(out string? deviceId); i++)
        {
            _waiting.Remove(deviceId);
            await WriteTwinAsync(deviceId, cancellationToken);
        }
    }

    private async ValueTask WriteTwinAsync(string deviceId, CancellationToken cancellationToken)
    {
        if (filter.DeviceId is { } wanted && wanted != deviceId)
            return;
        if (await sources.Devices.FindAsync(deviceId, cancellationToken) is not { } device || !filter.AdmitsTwin(device))
            return;
        if (
            filter.Within is { } bounds
            && await sources.Bounds.FindAsync(BoundKind.Device, deviceId, bounds, cancellationToken) is not Standing.Within
        )
            return;
        if (await sources.Twins.FindAsync(deviceId, cancellationToken) is { } twin)
            writer.WriteEvent(null, StreamFilter.TwinKind, JsonSerializer.SerializeToUtf8Bytes(twin, OmniJson.Options));
    }
}
