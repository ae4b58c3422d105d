using System.Device.I2c;
using OmniIoT.Edge.Hardware.I2c;
using Chip = Iot.Device.Adc.Ina219;

namespace OmniIoT.Edge.Hardware.Ina219;

/// <summary>
/// Voltage, current and power of a direct-current supply. Source: Texas Instruments, INA219 data sheet SBOS448F, September
/// 2011; measured continuously with the ranges of power-on, 32 V and ±320 mV at the shunt.
/// </summary>
internal sealed class Ina219Sensor : I2cSensor<Chip>
{
    /// <summary>A0 and A1 on ground, supply, SDA or SCL: data sheet, table 1.</summary>
    public static readonly int[] Addresses = [.. Enumerable.Range(0x40, 16)];

    /// <summary>Data sheet, "Programming the INA219 power measurement engine": calibration = 0.04096 / (LSB of current · shunt).</summary>
    private const double CalibrationVoltOhms = 0.04096;

    private readonly double _currentLsb;
    private readonly ushort _calibration;

    /// <exception cref="WrongSettingException">The chip cannot be calibrated to these.</exception>
    public Ina219Sensor(I2cPort port, double shuntOhms, double maxAmperes)
        : base(port)
    {
        _currentLsb = maxAmperes / 0x8000;
        double calibration = CalibrationVoltOhms / (_currentLsb * shuntOhms);
        // Bit 0 of the register is not used.
        if (!(calibration is >= 2 and < 0x10000))
            throw new WrongSettingException("shuntOhms", "one whose product with maxAmperes is 0.021 to 671");
        _calibration = (ushort)((int)calibration & ~1);
    }

    public override IReadOnlyList<Quantity> Quantities { get; } = [new("voltage", "V"), new("current", "A"), new("power", "W")];

    protected override Chip SetUp(I2cDevice device)
    {
        Chip chip = new(device);
        chip.Reset();
        chip.SetCalibration(_calibration, (float)_currentLsb);
        return chip;
    }

    protected override IReadOnlyList<Measurement> Measure(Chip chip) =>
        [
            new("voltage", Unsigned(chip.ReadBusVoltage().Volts)),
            new("current", Signed(chip.ReadCurrent().Amperes)),
            new("power", (double)chip.ReadPower().Watts),
        ];

    /// <summary>The binding takes bit 15 of the bus voltage for a sign; it is worth 16.384 V (data sheet, bus voltage register).</summary>
    private static double Unsigned(double volts) => volts < 0 ? volts + 32.768 : volts;

    /// <summary>
    /// The binding takes the current for unsigned; it is in two's complement (data sheet, current register): negative while a battery is
    /// charged.
    /// </summary>
    private double Signed(double amperes) => amperes >= 0x8000 * _currentLsb ? amperes - (0x10000 * _currentLsb) : amperes;
}
