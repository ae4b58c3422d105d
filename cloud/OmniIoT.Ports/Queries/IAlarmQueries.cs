using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;

namespace OmniIoT.Ports.Queries;

/// <param name="OwnerId">A customer: alarms of all devices that are now theirs, or another's who is the same person.</param>
public sealed record AlarmFilter(
    string? DeviceId = null,
    AlarmState? State = null,
    Severity? Severity = null,
    string? CaseId = null,
    string? OwnerId = null
)
{
    /// <summary>Only what lies within; null does not restrict.</summary>
    public Bounds? Within { get; init; }
}

public interface IAlarmQueries
{
    ValueTask<Alarm?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Newest first, by the time it was raised.</summary>
    ValueTask<Page<Alarm>> ListAsync(AlarmFilter filter, PageRequest page, CancellationToken cancellationToken);
}
