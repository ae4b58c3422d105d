using OmniIoT.Edge.Hardware.Sysfs;

namespace OmniIoT.Edge.Hardware.Iio;

/// <summary>A channel of a device under <c>bus/iio/devices</c>: converters, humidity, pressure and light sensors.</summary>
internal sealed class IioSensor : SysfsSensor
{
    private const string Bus = "bus/iio/devices";

    private readonly ISysfs _sysfs;
    private readonly KernelPath _path;
    private readonly double _scale;
    private readonly Quantity _quantity;

    /// <param name="path">As <c>ads1015/voltage0</c>, <c>temp</c> for the first device that has it, or the path of a file <c>in_…_raw</c>
    /// or <c>in_…_input</c>.</param>
    /// <exception cref="WrongSettingException">A kind of channel that this agent does not know.</exception>
    public IioSensor(ISysfs sysfs, string? path)
    {
        _sysfs = sysfs;
        _path = KernelPath.Parse(path, "temp", IioChannel.OfFile);
        if (!IioChannel.TryFind(_path.Channel, out _scale, out _quantity))
            throw new WrongSettingException(
                "path",
                "a channel temp, humidityrelative, voltage*, current*, pressure or illuminance, as ads1015/voltage0"
            );
    }

    public override IReadOnlyList<Quantity> Quantities => [_quantity];

    protected override string Place => $"{_path.Channel} of {_path.Folder ?? _path.Device ?? "any device"} under {Bus}";

    /// <summary>Puts the device that the path names into the simulated tree.</summary>
    public static void Simulate(SimulatedSysfs sysfs, string? path, Waveform wave)
    {
        IioSensor sensor = new(sysfs, path);
        string device = sensor._path.Device ?? "simulated";
        sysfs.Put($"{Bus}/iio:device-{device}/name", device);
        // A hundredth of the kernel's unit: some units are large, as kilopascals.
        sysfs.Put($"{Bus}/iio:device-{device}/in_{sensor._path.Channel}_raw", wave, sensor._scale / 100);
        sysfs.Put($"{Bus}/iio:device-{device}/in_{sensor._path.Channel}_scale", "0.01");
    }

    /// <summary>Every channel of a known kind, named <c>device.channel</c>.</summary>
    public static IEnumerable<SensorSpec> Discover(ISysfs sysfs)
    {
        foreach (string folder in sysfs.Folders(Bus, "iio:device"))
        {
            if (!sysfs.TryReadText(Path.Combine(folder, "name"), out string? device))
                continue;
            IEnumerable<string> channels = sysfs
                .Files(folder)
                .Where(static file =>
                    file.StartsWith("in_", StringComparison.Ordinal)
                    && (file.EndsWith("_input", StringComparison.Ordinal) || file.EndsWith("_raw", StringComparison.Ordinal))
                )
                .Select(IioChannel.OfFile);
            foreach (string? channel in channels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (!IioChannel.TryFind(channel, out _, out Quantity quantity))
                    continue;
                yield return Discovered.Spec("iio", $"{device}.{channel}", $"{device}/{channel}", quantity);
            }
        }
    }

    protected override bool TryReadNumber(out double value)
    {
        foreach (string folder in _path.Candidates(_sysfs, Bus, "iio:device"))
        {
            if (!TryReadChannel(folder, out value))
                continue;
            value *= _scale;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary><c>_input</c> is already processed; <c>_raw</c> becomes (raw + offset) · scale.</summary>
    private bool TryReadChannel(string folder, out double value)
    {
        if (_sysfs.TryReadNumber(Path.Combine(folder, $"in_{_path.Channel}_input"), out value))
            return true;
        if (!_sysfs.TryReadNumber(Path.Combine(folder, $"in_{_path.Channel}_raw"), out value))
            return false;
        value = (value + Attribute(folder, "offset", 0)) * Attribute(folder, "scale", 1);
        return double.IsFinite(value);
    }

    private double Attribute(string folder, string name, double absent) =>
        _sysfs.TryReadNumber(Path.Combine(folder, $"in_{_path.Channel}_{name}"), out double own) ? own
        : _sysfs.TryReadNumber(Path.Combine(folder, $"in_{IioChannel.Kind(_path.Channel)}_{name}"), out double shared) ? shared
        : absent;
}
