using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Grains.Coordination;

/// <summary>Removes readings for good.</summary>
public sealed class TelemetryRemoval(ITelemetryBarrier barrier, ITelemetryStore telemetry)
{
    /// <summary>What was staged before must not come back after the readings are gone.</summary>
    public async ValueTask DeleteDeviceAsync(string deviceId, CancellationToken cancellationToken)
    {
        await barrier.CaughtUpAsync(cancellationToken);
        await telemetry.DeleteDeviceAsync(deviceId, cancellationToken);
    }
}
