using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Hands over what was committed to leave over MQTT, oldest first and in order for each target, and tells the grain how it
/// went. A row leaves the outbox only after it was handed over: a crash in between repeats it, never loses it.
/// </summary>
public sealed class OutboxDispatcher(
    IOutboxQueries outbox, IDownlinkPublisher publisher, Committer committer, IIngress ingress, OmniMetrics metrics, TimeProvider time,
    ILogger<OutboxDispatcher> logger)
    : DeliveryLoop(committer, time, logger)
{
    protected override async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Downlink> pending = await outbox.PendingAsync(null, AtOnce, cancellationToken);
        if (pending.Count == 0) return 0;
        CommitUnit done = new();
        foreach (Downlink downlink in pending) done.Effects.Add(new Dequeue(downlink.Id));
        await Task.WhenAll(pending.GroupBy(downlink => downlink.Target).Select(group => HandOverAsync(group, cancellationToken)));
        await Commits.CommitAsync(done);
        return pending.Count;
    }

    private async Task HandOverAsync(IEnumerable<Downlink> downlinks, CancellationToken cancellationToken)
    {
        foreach (Downlink downlink in downlinks)
        {
            Instant now = Instant.FromTime(Clock.GetUtcNow());
            bool isLate = downlink.ExpiresAt <= now;
            int sessions = isLate ? 0 : await publisher.PublishAsync(downlink, cancellationToken);
            metrics.Downlinks.Add(1, new KeyValuePair<string, object?>("outcome", isLate ? "expired" : "published"));
            if (!isLate) await ingress.NotifyAsync(downlink.Target, new DownlinkProgress(now, downlink.Reference, sessions, Acknowledged: false), cancellationToken);
        }
    }
}
