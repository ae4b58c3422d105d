using System.Collections.Concurrent;
using System.Device.Gpio;
using System.Device.Pwm;
using OmniIoT.Edge.Hardware.Gpio;
using OmniIoT.Edge.Hardware.Hwmon;
using OmniIoT.Edge.Hardware.I2c;
using OmniIoT.Edge.Hardware.Iio;
using OmniIoT.Edge.Hardware.OneWire;
using OmniIoT.Edge.Hardware.Pwm;
using OmniIoT.Edge.Hardware.Sysfs;

namespace OmniIoT.Edge.Hardware;

/// <summary>The machine's buses, chips and files, and simulated ones beside them, on which sensors and outputs are opened.</summary>
/// <param name="sysfs">Where sysfs is mounted, as <c>/sys</c>.</param>
public sealed class Board(string sysfs, TimeProvider time)
{
    /// <summary>Name of the bus, or of the GPIO chip, that has no hardware.</summary>
    public const string Simulated = "simulated";

    private readonly KernelSysfs _sysfs = new(sysfs);

    internal TimeProvider Time => time;

    internal SimulatedI2cBus SimulatedI2c { get; } = new();

    internal SimulatedGpioChip SimulatedGpio { get; } = new();

    internal ConcurrentDictionary<int, SimulatedPwmChannel> SimulatedPwm { get; } = new();

    internal SimulatedSysfs SimulatedSysfs { get; } = new(time);

    /// <summary>Makes the sensor without touching the hardware.</summary>
    /// <exception cref="WrongSettingException">The specification asks for something that its type has not.</exception>
    public ISensor Open(SensorSpec spec) =>
        (SensorTypes.Find(spec.Type) ?? throw new WrongSettingException("type", $"one of {string.Join(", ", SensorTypes.Names)}")).Open(
            spec,
            this
        );

    /// <summary>Makes the output without touching the hardware.</summary>
    /// <exception cref="WrongSettingException">There is no such type.</exception>
    public IOutput Open(OutputSpec spec) =>
        (OutputTypes.Find(spec.Type) ?? throw new WrongSettingException("type", $"one of {string.Join(", ", OutputTypes.Names)}")).Open(
            spec,
            this
        );

    /// <summary>
    /// Every sensor that the kernel shows now by itself; of several with one name the first, which is the one that this name opens.
    /// </summary>
    public IReadOnlyList<SensorSpec> Discover() =>
        [
            .. HwmonSensor
                .Discover(_sysfs)
                .Concat(IioSensor.Discover(_sysfs))
                .Concat(OneWireSensor.Discover(_sysfs))
                .DistinctBy(spec => spec.Id),
        ];

    internal I2cPort I2c(SensorSpec spec, Func<SimulatedChip> solder)
    {
        int address = spec.Address ?? SensorTypes.AddressesOf(spec.Type)[0];
        return new(
            spec.Bus,
            address,
            spec.IsSimulated ? () => SimulatedI2c.Connect(address, solder) : () => I2cBuses.Open(spec.Bus, address)
        );
    }

    internal Func<GpioController> Chip(LineSpec line) => line.Chip == Simulated ? SimulatedGpio.Open : () => GpioChips.Open(line.Chip);

    internal Func<PwmChannel> Pwm(OutputSpec spec) =>
        spec.Line.Chip == Simulated
            ? () =>
                SimulatedPwm.GetOrAdd(
                    spec.Line.Number,
                    _ => new SimulatedPwmChannel { Frequency = spec.FrequencyHertz, DutyCycle = spec.Duty }
                )
            : () => PwmChannels.Open(spec);

    internal ISysfs Sysfs(SensorSpec spec, Action<SimulatedSysfs, string?, Waveform> simulate)
    {
        if (!spec.IsSimulated)
            return _sysfs;
        simulate(SimulatedSysfs, spec.Path, spec.Wave);
        return SimulatedSysfs;
    }
}
