using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Native;

/// <summary>Names of metrics that the specification, or custom, gives a meaning.</summary>
public static class WellKnownMetrics
{
    /// <summary>Boolean of every node: true asks for its births (Sparkplug 3.0, section 6.4.22).</summary>
    public const string Rebirth = "Node Control/Rebirth";

    /// <summary>Boolean: true restarts the node.</summary>
    public const string Reboot = "Node Control/Reboot";

    private const string NodeControl = "Node Control/";
    private const string DeviceControl = "Device Control/";
    private const string Properties = "Properties/";

    /// <summary>Where a birth may name the device model.</summary>
    private static readonly string[] ModelNames = ["Properties/Model", "model"];

    /// <summary>Whether it steers the node rather than measures something.</summary>
    public static bool IsControl(string name) =>
        name == SparkplugPayload.BirthDeathSequenceName
        || name.StartsWith(NodeControl, StringComparison.Ordinal)
        || name.StartsWith(DeviceControl, StringComparison.Ordinal);

    /// <summary>Whether it describes the thing, such as its serial number; <paramref name="property"/> is its name then.</summary>
    public static bool IsProperty(string name, out string property)
    {
        bool isProperty = name.Length > Properties.Length && name.StartsWith(Properties, StringComparison.Ordinal);
        property = isProperty ? name[Properties.Length..] : name;
        return isProperty;
    }

    /// <summary>The device model that a birth names; null when it names none.</summary>
    public static string? FindModel(MetricBatch birth) =>
        birth
            .Readings.Where(reading => ModelNames.Contains(reading.Name, StringComparer.OrdinalIgnoreCase))
            .Select(reading => reading.Value.Text)
            .FirstOrDefault(text => text is not null);
}
