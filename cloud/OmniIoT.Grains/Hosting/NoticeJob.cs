using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Hosting;

/// <summary>The gateway tells a grain of its connections.</summary>
internal sealed class NoticeJob(EntityId grain, GatewayNotice notice) : Job(grain)
{
    public override ValueTask RunAsync(Activation activation, Turn turn, CancellationToken cancellationToken)
    {
        activation.IsTouched = true;
        if (activation is DeviceActivation { Grain: { } device }) Tell(device, turn.Scope);
        if (activation is CustomerActivation { Grain: { } customer } && notice is DownlinkProgress progress)
            customer.DownlinkProgressed(turn.Scope, progress.Reference, progress.Acknowledged);
        return ValueTask.CompletedTask;
    }

    private void Tell(DeviceDecider device, DecisionScope scope)
    {
        switch (notice)
        {
            case SessionOpened opened:
                device.Connected(scope, opened.ClientId);
                break;
            case SessionClosed closed:
                device.Disconnected(scope, closed.ClientId);
                break;
            case DownlinksWanted wanted:
                device.WantDownlinks(scope, wanted.Held);
                break;
            case DownlinkProgress progress:
                device.DownlinkProgressed(scope, progress.Reference, progress.Sessions, progress.Acknowledged);
                break;
            default:
                break;
        }
    }
}
