using OmniIoT.Domain.Devices;

namespace OmniIoT.Ports.Queries;

/// <summary>Reads twins from committed snapshots.</summary>
public interface ITwinQueries
{
    /// <summary>Null when the device is not registered.</summary>
    ValueTask<TwinView?> FindAsync(string deviceId, CancellationToken cancellationToken);
}
