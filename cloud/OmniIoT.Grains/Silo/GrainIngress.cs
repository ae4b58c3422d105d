using OmniIoT.Domain;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Silo;

/// <summary>Brings what the gateway reads to the grain of its principal: directly when it lives here, else by a call, which wakes it.</summary>
internal sealed class GrainIngress(IGrains grains, LocalEntities locals) : IIngress
{
    public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) =>
        locals.TryFind(batch.Principal, out EntityGrain? entity)
        && entity.TrySubmit(batch, out Task? room)
            ? Room(room, cancellationToken)
            : new(grains.Of(batch.Principal).SubmitAsync(batch));

    public ValueTask NotifyAsync(
        EntityId grain,
        GatewayNotice notice,
        CancellationToken cancellationToken
    ) =>
        locals.TryFind(grain, out EntityGrain? entity) && entity.TryNotify(notice, out Task? room)
            ? Room(room, cancellationToken)
            : new(grains.Of(grain).NotifyAsync(notice));

    private static ValueTask Room(Task? room, CancellationToken cancellationToken) =>
        room is null ? ValueTask.CompletedTask : new(room.WaitAsync(cancellationToken));
}
