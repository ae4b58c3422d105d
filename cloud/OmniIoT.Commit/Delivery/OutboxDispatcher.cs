using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Hands over what was committed to leave over MQTT, oldest first and in order for each target, and tells the grain how it
/// went. A row leaves the outbox only after it was handed over: a crash in between repeats it, never loses it.
/// </summary>
public sealed class OutboxDispatcher(IOutboxQueries outbox, IDownlinkPublisher publisher, IIngress ingress, DeliveryServices services)
    : DeliveryLoop<Downlink>(services)
{
    protected override string Name => "messages to devices and apps";

    protected override ValueTask<IReadOnlyList<Downlink>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken) =>
        outbox.PendingAsync(afterId, limit, cancellationToken);

    protected override string IdOf(Downlink row) => row.Id;

    protected override string TargetOf(Downlink row) => row.Target.ToString();

    protected override async ValueTask DeliverAsync(Downlink row, CancellationToken cancellationToken)
    {
        bool isLate = row.ExpiresAt <= Now;
        int sessions = isLate ? 0 : await publisher.PublishAsync(row, cancellationToken);
        Metrics.Downlinks.Add(1, new KeyValuePair<string, object?>("outcome", isLate ? "expired" : "published"));
        if (!isLate)
            await ingress.NotifyAsync(
                row.Target,
                new DownlinkProgress(Now, row.Reference, sessions, Acknowledged: false),
                cancellationToken
            );
    }

    protected override Effect Done(Downlink row) => new Dequeue(row.Id);

    protected override DeadLetter DeadLetterOf(Downlink row, string id, string detail) =>
        DeadLetter.Undelivered(id, Now, row.Topic, row.Target, $"{row.Reference}: {detail}", row.Payload);
}
