namespace OmniIoT.Edge.Hardware;

/// <summary>Makes sensors from their specifications, or finds what the machine has.</summary>
public sealed class SensorBus(string sysfs, TimeProvider time)
{
    /// <exception cref="ArgumentException">The specification names a channel of an unknown kind, or none where one is needed.</exception>
    public ISensor Open(SensorSpec spec) => spec.Kind switch
    {
        SensorKind.Hwmon => new HwmonSensor(sysfs, spec.Metric, spec.Device, spec.Channel ?? "temp1"),
        SensorKind.Iio => new IioSensor(sysfs, spec.Metric, spec.Device, spec.Channel ?? "temp"),
        SensorKind.OneWire => new OneWireSensor(sysfs, spec.Metric, spec.Device),
        SensorKind.Simulated => new SimulatedSensor(spec, time),
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "Unknown kind of sensor."),
    };

    /// <summary>Every sensor that the kernel shows now.</summary>
    public IReadOnlyList<SensorSpec> Discover() =>
        [.. HwmonSensor.Discover(sysfs), .. IioSensor.Discover(sysfs), .. OneWireSensor.Discover(sysfs)];
}
