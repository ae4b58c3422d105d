using OmniIoT.Edge.Hardware.I2c;

namespace OmniIoT.Edge.Hardware.Ads1115;

/// <summary>The chip's registers: ADS111x data sheet SBAS444D, section 9.6. Converts at once when it is told to.</summary>
internal sealed class SimulatedAds1115 : WordRegisters
{
    /// <summary>Table 6, address pointer.</summary>
    private const byte Conversion = 0,
        Config = 1,
        LowThreshold = 2,
        HighThreshold = 3;

    /// <summary>Table 8, config register: OS, bit 15; written 1 starts a conversion, read 1 says that none is under way.</summary>
    private const ushort OperationalStatus = 0x8000;

    /// <summary>Table 8: MUX, bits 14:12; 100b to 111b are AIN0 to AIN3 against ground.</summary>
    private const int MultiplexerShift = 12,
        FirstSingleEnded = 0b100;

    /// <summary>Table 8: PGA, bits 11:9.</summary>
    private const int GainShift = 9;
    private static readonly double[] FullScaleVolts = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];

    private readonly TimeProvider _time;

    public SimulatedAds1115(TimeProvider time)
        : base(count: 4)
    {
        _time = time;
        // Reset values: sections 9.6.2 to 9.6.4.
        (Registers[Conversion], Registers[Config], Registers[LowThreshold], Registers[HighThreshold]) = (0x0000, 0x8583, 0x8000, 0x7FFF);
    }

    /// <summary>Of AIN0 to AIN3.</summary>
    public Waveform[] Volts { get; } =
    [
        .. Enumerable
            .Range(1, 4)
            .Select(minutes => new Waveform
            {
                Low = 0.5,
                High = 2.5,
                Period = TimeSpan.FromMinutes(minutes),
            }),
    ];

    protected override void Written(byte register, ushort value)
    {
        if (register == Conversion)
            return;
        base.Written(register, value);
        if (register != Config)
            return;
        Registers[Config] |= OperationalStatus;
        if ((value & OperationalStatus) != 0)
            Convert(value);
    }

    private void Convert(ushort config)
    {
        int channel = ((config >> MultiplexerShift) & 0b111) - FirstSingleEnded;
        // Differences between inputs are not simulated.
        if (channel < 0)
            return;
        double share = Volts[channel].At(_time.GetUtcNow()) / FullScaleVolts[(config >> GainShift) & 0b111];
        Registers[Conversion] = (ushort)(short)Math.Clamp(Math.Round(share * 0x8000), short.MinValue, short.MaxValue);
    }
}
