using System.Globalization;

namespace OmniIoT.Edge.Hardware;

/// <summary>
/// A DS18B20 thermometer (family 28) under <c>bus/w1/devices</c>: the file <c>temperature</c> in millidegrees Celsius,
/// or on older kernels <c>w1_slave</c>, whose first line ends in YES when the checksum was right and whose second holds
/// <c>t=</c> and the same number. Source: the kernel's Documentation/w1/slaves/w1_therm.rst.
/// </summary>
public sealed class OneWireSensor(string sysfs, string metric, string? device) : ISensor
{
    private readonly string _bus = Path.Combine(sysfs, "bus", "w1", "devices");

    public string Metric { get; } = metric;

    public string Unit => "Cel";

    public bool TryRead(out double value)
    {
        foreach (var folder in SysfsFile.Folders(_bus, device ?? "28-*"))
        {
            if (!TryReadMillidegrees(folder, out var millidegrees)) continue;
            value = millidegrees / 1000;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Every thermometer, named by its bus id.</summary>
    internal static IEnumerable<SensorSpec> Discover(string sysfs) =>
        SysfsFile.Folders(Path.Combine(sysfs, "bus", "w1", "devices"), "28-*")
            .Select(folder => new SensorSpec { Kind = SensorKind.OneWire, Metric = Path.GetFileName(folder), Device = Path.GetFileName(folder) });

    private static bool TryReadMillidegrees(string folder, out double millidegrees) =>
        SysfsFile.TryReadNumber(Path.Combine(folder, "temperature"), out millidegrees)
        || (SysfsFile.TryReadText(Path.Combine(folder, "w1_slave"), out var text) && TryParseSlave(text, out millidegrees));

    private static bool TryParseSlave(string text, out double millidegrees)
    {
        millidegrees = 0;
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Length != 2 || !lines[0].EndsWith("YES", StringComparison.Ordinal)) return false;
        var at = lines[1].IndexOf("t=", StringComparison.Ordinal);
        return at >= 0 && double.TryParse(lines[1].AsSpan(at + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out millidegrees);
    }
}
