using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;

namespace OmniIoT.Domain.Devices;

/// <summary>Makes the outside view of a device from its state.</summary>
public static class DeviceTwin
{
    /// <param name="isLiving">Whether a run of a process, by its name, still goes on: the connections of one that does not are
    /// gone.</param>
    public static TwinView View(DeviceState state, Func<string, bool> isLiving)
    {
        DeviceFacts facts = state.Facts;
        Dictionary<string, TwinValue> values = new(state.Values.Count, StringComparer.Ordinal);
        for (int slot = 0; slot < state.Values.Count; slot++)
        {
            ref readonly MetricSlot metric = ref state.Values[slot];
            if (metric.IsReported)
                values[state.Values.Name(slot)] = new TwinValue(ToJson(metric.Value), metric.At);
        }
        return new TwinView
        {
            DeviceId = facts.Registration.Id,
            Connected = facts.Connections.Any(connection => isLiving(connection.Incarnation)),
            LastSeenAt = state.LastSeenAt,
            Reported = facts.Reported.DeepClone().AsObject(),
            Desired = facts.Desired.DeepClone().AsObject(),
            Version = facts.DesiredVersion,
            ReportedVersion = facts.ReportedVersion,
            Values = values,
            Location = state.Location,
            Health = HealthOf(state),
            Alarms = facts.Alarms,
        };
    }

    public static Health HealthOf(DeviceState state) =>
        state.Facts.Alarms.Count > 0
            ? state.Facts.Alarms.Max(alarm => alarm.Severity) switch
            {
                Severity.Critical => Health.Critical,
                Severity.Major => Health.Major,
                Severity.Minor => Health.Minor,
                _ => Health.Warning,
            }
        : state.LastSeenAt is null ? Health.Unknown
        : Health.Ok;

    private static JsonValue? ToJson(MetricValue value) =>
        value.Kind switch
        {
            MetricValueKind.Number => JsonValue.Create(value.Number),
            MetricValueKind.Boolean => JsonValue.Create(value.Boolean),
            MetricValueKind.Text => JsonValue.Create(value.Text),
            _ => null,
        };
}
