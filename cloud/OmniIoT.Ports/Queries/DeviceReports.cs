using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Ports.Queries;

/// <summary>How the devices of a customer are, for whoever answers them.</summary>
public static class DeviceReports
{
    /// <summary>Who has more is told of the first.</summary>
    private const int MostDevices = 20;

    private const int MostAlarms = 50;

    /// <summary>By id of the device; of the alarms of each the worst, of equals the one that came first.</summary>
    public static async ValueTask<IReadOnlyList<DeviceReport>> OfAsync(
        string customerId,
        IDeviceQueries devices,
        IAlarmQueries alarms,
        CancellationToken cancellationToken
    )
    {
        DeviceFilter theirs = new(CustomerId: customerId);
        Page<DeviceRegistration> owned = await devices.ListAsync(theirs, new PageRequest(null, MostDevices), cancellationToken);
        if (owned.Items.Count == 0)
            return [];
        AlarmFilter active = new(State: AlarmState.Active, OwnerId: customerId);
        Page<Alarm> raised = await alarms.ListAsync(active, new PageRequest(null, MostAlarms), cancellationToken);
        ILookup<string, Alarm> byDevice = raised.Items.ToLookup(static alarm => alarm.DeviceId, StringComparer.Ordinal);
        return
        [
            .. owned.Items.Select(device => new DeviceReport(
                device.Id,
                device.Name ?? device.Model,
                device.Model,
                Worst(byDevice[device.Id])
            )),
        ];
    }

    private static DeviceAlarm? Worst(IEnumerable<Alarm> alarms) =>
        alarms.OrderByDescending(static alarm => alarm.Severity).ThenBy(static alarm => alarm.FirstSymptomAt).FirstOrDefault() is { } worst
            ? new DeviceAlarm(worst.Type, worst.Severity, worst.FirstSymptomAt, worst.CaseId)
            {
                Value = worst.Value,
                Metric = worst.Threshold?.Metric,
            }
            : null;
}
