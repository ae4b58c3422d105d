using OmniIoT.Domain;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Silo;

/// <summary>Brings what the gateway reads to the grain of its principal.</summary>
internal sealed class GrainIngress(IGrains grains) : IIngress
{
    public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) =>
        new(grains.Of(batch.Principal).SubmitAsync(batch));

    public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken) =>
        new(grains.Of(grain).NotifyAsync(notice));
}
