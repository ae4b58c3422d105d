using OmniIoT.Edge.Hardware.I2c;

namespace OmniIoT.Edge.Hardware.Ina219;

/// <summary>The chip's registers: INA219 data sheet SBOS448F, table 4 and "Register details". Measures whenever it is read.</summary>
internal sealed class SimulatedIna219 : WordRegisters
{
    /// <summary>Table 4.</summary>
    private const byte Configuration = 0,
        ShuntVoltage = 1,
        BusVoltage = 2,
        Power = 3,
        Current = 4,
        Calibration = 5;

    /// <summary>Configuration register: its value at power-on, and bit 15, which resets all registers and clears itself.</summary>
    private const ushort PowerOn = 0x399F,
        ResetBit = 0x8000;

    /// <summary>
    /// Shunt voltage register: 10 µV a bit. Bus voltage register: 4 mV a bit, from bit 3 on; bit 1 says that a conversion is ready.
    /// </summary>
    private const double ShuntVoltLsb = 10e-6,
        BusVoltLsb = 4e-3;
    private const ushort ConversionReady = 0b10;

    private readonly TimeProvider _time;

    public SimulatedIna219(TimeProvider time)
        : base(count: 6)
    {
        _time = time;
        Registers[Configuration] = PowerOn;
    }

    public Waveform Volts { get; set; } =
        new()
        {
            Low = 11.5,
            High = 12.5,
            Period = TimeSpan.FromMinutes(5),
        };

    public Waveform Amperes { get; set; } =
        new()
        {
            Low = 0.2,
            High = 1.5,
            Period = TimeSpan.FromMinutes(2),
        };

    /// <summary>Of the shunt that the current flows through.</summary>
    public double ShuntOhms { get; init; } = 0.1;

    protected override void Written(byte register, ushort value)
    {
        if (register == Configuration && (value & ResetBit) != 0)
            (Registers[Configuration], Registers[Calibration]) = (PowerOn, 0);
        else if (register == Configuration)
            Registers[Configuration] = value;
        // Bit 0 is not used and always 0.
        else if (register == Calibration)
            Registers[Calibration] = (ushort)(value & ~1);
    }

    protected override ushort Read(byte register)
    {
        DateTimeOffset now = _time.GetUtcNow();
        int shunt = (int)Math.Clamp(Math.Round(Amperes.At(now) * ShuntOhms / ShuntVoltLsb), -32000, 32000);
        int bus = (int)Math.Clamp(Math.Round(Volts.At(now) / BusVoltLsb), 0, 8000);
        // "Programming the INA219": current = shunt voltage · calibration / 4096, power = current · bus voltage / 5000.
        int current = shunt * Registers[Calibration] / 4096;
        return register switch
        {
            ShuntVoltage => (ushort)(short)shunt,
            BusVoltage => (ushort)((bus << 3) | ConversionReady),
            Power => (ushort)(Math.Abs(current) * bus / 5000),
            Current => (ushort)(short)current,
            _ => base.Read(register),
        };
    }
}
