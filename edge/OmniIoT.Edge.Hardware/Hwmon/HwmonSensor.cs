using OmniIoT.Edge.Hardware.Sysfs;

namespace OmniIoT.Edge.Hardware.Hwmon;

/// <summary>A channel of a chip under <c>class/hwmon</c>, as the processor's temperature.</summary>
internal sealed class HwmonSensor : SysfsSensor
{
    private const string Class = "class/hwmon";

    private readonly ISysfs _sysfs;
    private readonly KernelPath _path;
    private readonly double _scale;
    private readonly Quantity _quantity;

    /// <param name="path">As <c>cpu_thermal/temp1</c>, <c>temp1</c> for the first chip that has it, or the path of a file
    /// <c>…_input</c>.</param>
    /// <exception cref="WrongSettingException">A kind of channel that this agent does not know.</exception>
    public HwmonSensor(ISysfs sysfs, string? path)
    {
        _sysfs = sysfs;
        _path = KernelPath.Parse(path, "temp1", static file => file.Split('_')[0]);
        if (!HwmonChannel.TryFind(_path.Channel, out _scale, out _quantity))
            throw new WrongSettingException("path", "a channel temp*, humidity*, in*, curr*, power* or fan*, as cpu_thermal/temp1");
    }

    public override IReadOnlyList<Quantity> Quantities => [_quantity];

    protected override string Place => $"{_path.Channel} of {_path.Folder ?? _path.Device ?? "any chip"} under {Class}";

    /// <summary>Puts the chip that the path names into the simulated tree.</summary>
    public static void Simulate(SimulatedSysfs sysfs, string? path, Waveform wave)
    {
        HwmonSensor sensor = new(sysfs, path);
        string device = sensor._path.Device ?? "simulated";
        sysfs.Put($"{Class}/hwmon-{device}/name", device);
        sysfs.Put($"{Class}/hwmon-{device}/{sensor._path.Channel}_input", wave, sensor._scale);
    }

    /// <summary>Every temperature and humidity of every chip, named <c>chip.channel</c>.</summary>
    public static IEnumerable<SensorSpec> Discover(ISysfs sysfs)
    {
        foreach (string folder in sysfs.Folders(Class, "hwmon"))
        {
            if (!sysfs.TryReadText(Path.Combine(folder, "name"), out string? chip))
                continue;
            foreach (string? file in sysfs.Files(folder).Where(static file => file.EndsWith("_input", StringComparison.Ordinal)))
            {
                string channel = file[..^"_input".Length];
                if (!HwmonChannel.TryFind(channel, out _, out Quantity quantity) || quantity.Name is not ("temperature" or "humidity"))
                    continue;
                yield return Discovered.Spec("hwmon", $"{chip}.{channel}", $"{chip}/{channel}", quantity);
            }
        }
    }

    protected override bool TryReadNumber(out double value)
    {
        foreach (string folder in _path.Candidates(_sysfs, Class, "hwmon"))
        {
            if (!_sysfs.TryReadNumber(Path.Combine(folder, $"{_path.Channel}_input"), out double raw))
                continue;
            if (_sysfs.TryReadNumber(Path.Combine(folder, $"{_path.Channel}_fault"), out double fault) && fault != 0)
                continue;
            value = raw * _scale;
            return true;
        }
        value = 0;
        return false;
    }
}
