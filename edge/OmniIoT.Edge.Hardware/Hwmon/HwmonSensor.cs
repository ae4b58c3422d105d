namespace OmniIoT.Edge.Hardware;

/// <summary>A channel of a chip under <c>class/hwmon</c>, as the processor's temperature.</summary>
public sealed class HwmonSensor : ISensor
{
    private readonly string _class;
    private readonly string? _chip;
    private readonly string _channel;
    private readonly double _scale;

    /// <param name="sysfs">Where sysfs is mounted, as <c>/sys</c>.</param>
    /// <param name="chip">Content of the chip's <c>name</c> file; null for the first chip that has the channel.</param>
    /// <param name="channel">As <c>temp1</c>.</param>
    /// <exception cref="ArgumentException">A kind of channel that this agent does not know.</exception>
    public HwmonSensor(string sysfs, string metric, string? chip, string channel)
    {
        if (!HwmonChannel.TryFind(channel, out _scale, out var unit))
            throw new ArgumentException($"'{channel}' is none of temp*, humidity*, in*, curr*, power*, fan*.", nameof(channel));
        (_class, Metric, _chip, _channel, Unit) = (Path.Combine(sysfs, "class", "hwmon"), metric, chip, channel, unit);
    }

    public string Metric { get; }

    public string Unit { get; }

    public bool TryRead(out double value)
    {
        foreach (var folder in SysfsFile.Folders(_class, "hwmon*"))
        {
            if (!SysfsFile.IsNamed(folder, _chip)) continue;
            if (!SysfsFile.TryReadNumber(Path.Combine(folder, $"{_channel}_input"), out var raw)) continue;
            if (SysfsFile.TryReadNumber(Path.Combine(folder, $"{_channel}_fault"), out var fault) && fault != 0) continue;
            value = raw * _scale;
            return true;
        }
        value = 0;
        return false;
    }

    /// <summary>Every temperature and humidity of every chip, named <c>chip.channel</c>.</summary>
    internal static IEnumerable<SensorSpec> Discover(string sysfs)
    {
        foreach (var folder in SysfsFile.Folders(Path.Combine(sysfs, "class", "hwmon"), "hwmon*"))
        {
            if (!SysfsFile.TryReadText(Path.Combine(folder, "name"), out var chip)) continue;
            foreach (var file in Directory.GetFiles(folder, "*_input").Order(StringComparer.Ordinal))
            {
                var channel = Path.GetFileName(file)[..^"_input".Length];
                if (!channel.StartsWith("temp", StringComparison.Ordinal) && !channel.StartsWith("humidity", StringComparison.Ordinal)) continue;
                yield return new SensorSpec { Kind = SensorKind.Hwmon, Metric = $"{chip}.{channel}", Device = chip, Channel = channel };
            }
        }
    }
}
