using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Silo;

/// <summary>
/// Brings what the gateway reads to the grain of its principal: directly when it lives here, else by a call, which wakes it here when it
/// lives nowhere. A call whose process is lost on the way may or may not have done its work; it is made again, since what it brings has
/// keys: a repetition changes nothing.
/// </summary>
internal sealed partial class GrainIngress(
    IGrains grains,
    LocalEntities locals,
    IProcesses processes,
    TimeProvider time,
    Random random,
    ILogger<GrainIngress> logger
) : IIngress
{
    private static readonly Backoff Pause = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));

    public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) =>
        locals.TryFind(batch.Principal, out EntityGrain? entity) && entity.TrySubmit(batch, out Task? room)
            ? Room(room, cancellationToken)
            : new(CallAsync(batch, cancellationToken));

    public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken) =>
        locals.TryFind(grain, out EntityGrain? entity) && entity.TryNotify(notice, out Task? room)
            ? Room(room, cancellationToken)
            : new(
                TryAsync(
                    grain,
                    async () =>
                    {
                        await grains.Of(grain).NotifyAsync(notice);
                        return true;
                    },
                    cancellationToken
                )
            );

    private static ValueTask Room(Task? room, CancellationToken cancellationToken) =>
        room is null ? ValueTask.CompletedTask : new(room.WaitAsync(cancellationToken));

    private async Task CallAsync(InboundBatch batch, CancellationToken cancellationToken)
    {
        InboundParcel parcel = InboundParcel.Of(batch, processes.Own);
        ParcelReceipt receipt = await TryAsync(batch.Principal, () => grains.Of(batch.Principal).SubmitAsync(parcel), cancellationToken);
        for (int i = 0; i < receipt.Outcomes.Length; i++)
            batch[i].Outcome = receipt.Outcomes[i];
        batch.Source?.Committed(batch);
        if (receipt.Pause > TimeSpan.Zero)
            await Task.Delay(receipt.Pause, time, cancellationToken); // The reader waits for this.
    }

    private async Task<T> TryAsync<T>(EntityId grain, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (int failures = 1; ; failures++)
        {
            try
            {
                return await call().WaitAsync(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && LostCalls.MayBeMadeAgain(error))
            {
                LogLost(logger, grain, error.Message);
            }
            await Task.Delay(Pause.After(failures, random.NextDouble()), time, cancellationToken);
        }
    }

    [LoggerMessage(1203, LogLevel.Warning, "A call to {Entity} was lost with its process and is made again: {Reason}")]
    private static partial void LogLost(ILogger logger, EntityId entity, string reason);
}
