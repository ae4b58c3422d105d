using OmniIoT.Edge.Hardware.Modbus;

namespace OmniIoT.Edge.Hardware;

/// <summary>Which sensor to read, how often, and under what names to send its values.</summary>
public sealed record SensorSpec
{
    /// <summary>Names the sensor in desired properties, reports and the log.</summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="SensorTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Between two readings.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What of it goes first when the disk is full.</summary>
    public ReadingPriority Priority { get; init; } = ReadingPriority.Normal;

    /// <summary>What is sent of it. Empty: everything, under the quantities' own names.</summary>
    public IReadOnlyList<MetricSpec> Metrics { get; init; } = [];

    /// <summary>
    /// Sensors on I2C, and with a simulated bus any: <c>simulated</c>, or the number of the kernel's adapter, <c>1</c> for
    /// <c>/dev/i2c-1</c>.
    /// </summary>
    public string Bus { get; init; } = "1";

    /// <summary>Sensors on I2C: the 7-bit address. Null is the chip's usual one.</summary>
    public int? Address { get; init; }

    /// <summary>Sensors in the kernel's files: which one, as the sensor's type says. Null is the first that has what is asked.</summary>
    public string? Path { get; init; }

    /// <summary>Sensors on a line.</summary>
    public LineSpec? Line { get; init; }

    /// <summary>ADS1115: the full scale, one of 6.144, 4.096, 2.048, 1.024, 0.512 and 0.256 V.</summary>
    public double RangeVolts { get; init; } = 4.096;

    /// <summary>INA219: resistance of the shunt; 0.1 Ω on the usual modules.</summary>
    public double ShuntOhms { get; init; } = 0.1;

    /// <summary>INA219: the largest current to tell; 3.2 A is what 0.1 Ω can at ±320 mV.</summary>
    public double MaxAmperes { get; init; } = 3.2;

    /// <summary>Simulated: the course of its value.</summary>
    public Waveform Wave { get; init; } = new();

    /// <summary>Modbus: where the device is, and what is read of it.</summary>
    public ModbusSpec Modbus { get; init; } = new();

    /// <summary>The bus, or the line's chip, is the simulated one.</summary>
    public bool IsSimulated => (Line?.Chip ?? Bus) == Board.Simulated;
}
