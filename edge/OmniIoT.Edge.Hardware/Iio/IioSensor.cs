namespace OmniIoT.Edge.Hardware;

/// <summary>A channel of a device under <c>bus/iio/devices</c>: converters, humidity, pressure and light sensors.</summary>
public sealed class IioSensor : ISensor
{
    private readonly string _bus;
    private readonly string? _device;
    private readonly string _channel;
    private readonly double _scale;

    /// <param name="sysfs">Where sysfs is mounted, as <c>/sys</c>.</param>
    /// <param name="device">Content of the device's <c>name</c> file; null for the first that has the channel.</param>
    /// <param name="channel">As <c>temp</c> or <c>voltage0</c>, without <c>in_</c>.</param>
    /// <exception cref="ArgumentException">A kind of channel that this agent does not know.</exception>
    public IioSensor(string sysfs, string metric, string? device, string channel)
    {
        if (!IioChannel.TryFind(channel, out _scale, out var unit))
            throw new ArgumentException($"'{channel}' is none of temp, humidityrelative, voltage*, current*, pressure, illuminance.", nameof(channel));
        (_bus, Metric, _device, _channel, Unit) = (Path.Combine(sysfs, "bus", "iio", "devices"), metric, device, channel, unit);
    }

    public string Metric { get; }

    public string Unit { get; }

    public bool TryRead(out double value)
    {
        foreach (var folder in SysfsFile.Folders(_bus, "iio:device*"))
        {
            if (!SysfsFile.IsNamed(folder, _device) || !TryReadChannel(folder, out value)) continue;
            value *= _scale;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Every channel of a known kind, named <c>device.channel</c>.</summary>
    internal static IEnumerable<SensorSpec> Discover(string sysfs)
    {
        foreach (var folder in SysfsFile.Folders(Path.Combine(sysfs, "bus", "iio", "devices"), "iio:device*"))
        {
            if (!SysfsFile.TryReadText(Path.Combine(folder, "name"), out var device)) continue;
            var channels = Directory.GetFiles(folder, "in_*_input").Select(file => Path.GetFileName(file)[3..^"_input".Length])
                .Concat(Directory.GetFiles(folder, "in_*_raw").Select(file => Path.GetFileName(file)[3..^"_raw".Length]));
            foreach (var channel in channels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                if (!IioChannel.TryFind(channel, out _, out _)) continue;
                yield return new SensorSpec { Kind = SensorKind.Iio, Metric = $"{device}.{channel}", Device = device, Channel = channel };
            }
        }
    }

    /// <summary><c>_input</c> is already processed; <c>_raw</c> becomes (raw + offset) · scale.</summary>
    private bool TryReadChannel(string folder, out double value)
    {
        if (SysfsFile.TryReadNumber(Path.Combine(folder, $"in_{_channel}_input"), out value)) return true;
        if (!SysfsFile.TryReadNumber(Path.Combine(folder, $"in_{_channel}_raw"), out value)) return false;
        value = (value + Attribute(folder, "offset", 0)) * Attribute(folder, "scale", 1);
        return double.IsFinite(value);
    }

    private double Attribute(string folder, string name, double absent) =>
        SysfsFile.TryReadNumber(Path.Combine(folder, $"in_{_channel}_{name}"), out var own) ? own
        : SysfsFile.TryReadNumber(Path.Combine(folder, $"in_{IioChannel.Kind(_channel)}_{name}"), out var shared) ? shared
        : absent;
}
