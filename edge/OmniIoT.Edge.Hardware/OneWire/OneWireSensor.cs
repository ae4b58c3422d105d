using System.Globalization;
using OmniIoT.Edge.Hardware.Sysfs;

namespace OmniIoT.Edge.Hardware.OneWire;

/// <summary>
/// A thermometer under <c>bus/w1/devices</c>: the file <c>temperature</c> in millidegrees Celsius, or on older kernels
/// <c>w1_slave</c>, whose first line ends in YES when the checksum was right and whose second holds <c>t=</c> and the same
/// number. Source: the kernel's Documentation/w1/slaves/w1_therm.rst, families there too; of the DS18B20 the data sheet
/// 19-7487, revision 6, July 2019: 750 ms a conversion at 12 bits, which is a sixteenth of a degree.
/// </summary>
internal sealed class OneWireSensor : SysfsSensor
{
    /// <summary>Family code of the DS18B20, the first byte of its ROM code.</summary>
    public const string Ds18b20 = "28-";

    /// <summary>DS18S20, DS1822, DS18B20, DS1825, DS28EA00.</summary>
    private static readonly string[] Families = ["10-", "22-", Ds18b20, "3b-", "42-"];

    private const string Bus = "bus/w1/devices";

    private readonly ISysfs _sysfs;
    private readonly string? _device;
    private readonly string[] _families;

    /// <param name="path">The bus id as <c>28-0316a2794c11</c> or the path of its folder; null for the first thermometer.</param>
    /// <param name="family">Null for every family of thermometers.</param>
    /// <exception cref="WrongSettingException">An id of another family.</exception>
    public OneWireSensor(ISysfs sysfs, string? path, string? family)
    {
        (_sysfs, _device, _families) = (sysfs, path, family is null ? Families : [family]);
        if (path is not null && !_families.Any(Path.GetFileName(path).StartsWith))
            throw new WrongSettingException("path", $"an id that begins with {string.Join(" or ", _families)}, as 28-0316a2794c11");
    }

    public override IReadOnlyList<Quantity> Quantities { get; } = [new("temperature", "Cel")];

    protected override string Place => $"{_device ?? "any thermometer"} under {Bus}";

    /// <summary>Puts the thermometer that the path names into the simulated tree.</summary>
    public static void Simulate(SimulatedSysfs sysfs, string? path, Waveform wave) =>
        sysfs.Put($"{Bus}/{path ?? "28-000000000001"}/temperature", wave, 0.001);

    /// <summary>Every thermometer, named by its bus id.</summary>
    public static IEnumerable<SensorSpec> Discover(ISysfs sysfs) =>
        Families
            .SelectMany(family => sysfs.Folders(Bus, family))
            .Select(folder => Path.GetFileName(folder))
            .Select(id => Discovered.Spec("onewire", id, id, new Quantity("temperature", "Cel")));

    protected override bool TryReadNumber(out double value)
    {
        foreach (string folder in Candidates())
        {
            if (!TryReadMillidegrees(folder, out double millidegrees))
                continue;
            value = millidegrees / 1000;
            return true;
        }
        value = 0;
        return false;
    }

    private IEnumerable<string> Candidates() =>
        _device is not null ? [Path.Combine(Bus, _device)] : _families.SelectMany(family => _sysfs.Folders(Bus, family));

    private bool TryReadMillidegrees(string folder, out double millidegrees) =>
        _sysfs.TryReadNumber(Path.Combine(folder, "temperature"), out millidegrees)
        || (_sysfs.TryReadText(Path.Combine(folder, "w1_slave"), out string? text) && TryParseSlave(text, out millidegrees));

    private static bool TryParseSlave(string text, out double millidegrees)
    {
        millidegrees = 0;
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries);
        if (lines.Length != 2 || !lines[0].EndsWith("YES", StringComparison.Ordinal))
            return false;
        int at = lines[1].IndexOf("t=", StringComparison.Ordinal);
        return at >= 0
            && double.TryParse(lines[1].AsSpan(at + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out millidegrees);
    }
}
