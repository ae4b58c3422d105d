using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Api.Devices;

/// <summary>Telemetry as it stands once everything committed before has moved to it: what you wrote is what you see.</summary>
internal sealed record MovedTelemetry(ITelemetryBarrier Barrier, ITelemetryStore Store)
{
    public async ValueTask<ITelemetryStore> CaughtUpAsync(CancellationToken cancellationToken)
    {
        await Barrier.CaughtUpAsync(cancellationToken);
        return Store;
    }
}
