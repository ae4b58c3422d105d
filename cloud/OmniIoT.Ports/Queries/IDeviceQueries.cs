using OmniIoT.Devices.Models;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Ports.Queries;

/// <summary>A missing field does not restrict. Each word of <see cref="Text"/> is a part of one in the id or the name.</summary>
/// <param name="Alarmed">Whether an alarm is active.</param>
/// <param name="Severity">The worst active alarm has this severity.</param>
public sealed record DeviceFilter(
    string? Model = null,
    string? CustomerId = null,
    string? SiteId = null,
    string? Text = null,
    bool? Alarmed = null,
    Severity? Severity = null
)
{
    /// <summary>Only what lies within; null does not restrict.</summary>
    public Bounds? Within { get; init; }
}

public interface IDeviceQueries
{
    ValueTask<DeviceRegistration?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    ValueTask<Page<DeviceRegistration>> ListAsync(DeviceFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Names of the devices with these ids; what has none, or is not there, is missing.</summary>
    /// <param name="ids">At most <see cref="PageRequest.MaximumLimit"/>.</param>
    ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<DeviceCommand>> CommandsAsync(string deviceId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<DeviceCommand?> FindCommandAsync(string deviceId, string commandId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<DeviceMessage>> MessagesAsync(string deviceId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<DeviceMessage?> FindMessageAsync(string deviceId, string messageId, CancellationToken cancellationToken);
}
