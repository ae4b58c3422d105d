using System.Device.I2c;
using Iot.Device.Ads1115;
using OmniIoT.Edge.Hardware.I2c;
using Chip = Iot.Device.Ads1115.Ads1115;

namespace OmniIoT.Edge.Hardware.Ads1115;

/// <summary>
/// Four voltages against ground, 16 bits. Source: Texas Instruments, ADS111x data sheet SBAS444D, January 2018. A channel that
/// is not asked for is not converted: each takes 8 ms.
/// </summary>
internal sealed class Ads1115Sensor : I2cSensor<Chip>
{
    /// <summary>ADDR on ground, supply, SDA and SCL: data sheet, table 4.</summary>
    public static readonly int[] Addresses = [0x48, 0x49, 0x4A, 0x4B];

    private static readonly InputMultiplexer[] Inputs =
    [
        InputMultiplexer.AIN0,
        InputMultiplexer.AIN1,
        InputMultiplexer.AIN2,
        InputMultiplexer.AIN3,
    ];

    private readonly MeasuringRange _range;
    private readonly int[] _channels;

    /// <param name="quantities">The quantities to measure; none for all.</param>
    /// <exception cref="WrongSettingException">No range of the chip.</exception>
    public Ads1115Sensor(I2cPort port, double rangeVolts, IReadOnlyList<string> quantities)
        : base(port)
    {
        // Data sheet, table 3, full-scale ranges.
        _range = rangeVolts switch
        {
            6.144 => MeasuringRange.FS6144,
            4.096 => MeasuringRange.FS4096,
            2.048 => MeasuringRange.FS2048,
            1.024 => MeasuringRange.FS1024,
            0.512 => MeasuringRange.FS0512,
            0.256 => MeasuringRange.FS0256,
            _ => throw new WrongSettingException("range", "6.144, 4.096, 2.048, 1.024, 0.512 or 0.256"),
        };
        _channels = [.. Enumerable.Range(0, Inputs.Length).Where(channel => quantities.Count == 0 || quantities.Contains(Name(channel)))];
    }

    public override IReadOnlyList<Quantity> Quantities { get; } =
    [.. Enumerable.Range(0, Inputs.Length).Select(channel => new Quantity(Name(channel), "V"))];

    protected override Chip SetUp(I2cDevice device) => new(device, Inputs[0], _range, DataRate.SPS128, DeviceMode.PowerDown);

    protected override IReadOnlyList<Measurement> Measure(Chip chip) =>
        [.. _channels.Select(channel => new Measurement(Name(channel), chip.ReadVoltage(Inputs[channel]).Volts))];

    private static string Name(int channel) => $"voltage{channel}";
}
