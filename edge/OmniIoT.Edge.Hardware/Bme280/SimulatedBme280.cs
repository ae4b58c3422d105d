using System.Buffers.Binary;
using OmniIoT.Edge.Hardware.I2c;

namespace OmniIoT.Edge.Hardware.Bme280;

/// <summary>
/// The chip's registers: BME280 data sheet BST-BME280-DS002-15, revision 1.6, section 5.3 (memory map) and 5.4. Measures when
/// it is told to (forced mode), as the real one; what it shows else is what it measured last.
/// </summary>
internal sealed class SimulatedBme280 : ByteRegisters
{
    /// <summary>Section 5.4.1: reads 0x60.</summary>
    private const byte Id = 0xD0;

    /// <summary>Section 5.4.2: 0xB6 written here restarts the chip.</summary>
    private const byte Reset = 0xE0;
    private const byte ResetWord = 0xB6;

    /// <summary>Section 5.4.5: oversampling of temperature and pressure, and the mode in bits 1:0.</summary>
    private const byte ControlMeasurement = 0xF4;
    private const byte ModeBits = 0b11;

    /// <summary>Section 5.4.7 to 5.4.9: 20 bits of pressure and of temperature, 16 of humidity, high byte first.</summary>
    private const byte Pressure = 0xF7,
        Temperature = 0xFA,
        Humidity = 0xFD;
    private const int Bits20 = 1 << 20,
        Bits16 = 1 << 16;

    private readonly TimeProvider _time;

    public SimulatedBme280(TimeProvider time)
    {
        _time = time;
        Restart();
    }

    public Waveform Celsius { get; set; } =
        new()
        {
            Low = 18,
            High = 26,
            Period = TimeSpan.FromMinutes(10),
        };

    public Waveform Percent { get; set; } =
        new()
        {
            Low = 35,
            High = 55,
            Period = TimeSpan.FromMinutes(15),
        };

    public Waveform Pascals { get; set; } =
        new()
        {
            Low = 99_500,
            High = 101_500,
            Period = TimeSpan.FromHours(6),
        };

    protected override void Written(byte register, byte value)
    {
        if (register == Reset && value == ResetWord)
            Restart();
        if (register is 0xF2 or ControlMeasurement or 0xF5)
            Registers[register] = value;
        if (register == ControlMeasurement && (value & ModeBits) != 0)
            Convert();
    }

    private void Restart()
    {
        Array.Clear(Registers);
        Bme280Trimming.Store(Registers);
        Registers[Id] = 0x60;
        // Before the first measurement: table 18, reset state.
        (Registers[Pressure], Registers[Temperature], Registers[Humidity]) = (0x80, 0x80, 0x80);
    }

    private void Convert()
    {
        DateTimeOffset now = _time.GetUtcNow();
        int temperature = Search(Bits20, raw => Bme280Trimming.Celsius(raw) >= Celsius.At(now));
        double fine = Bme280Trimming.FineTemperature(temperature);
        Put20(Temperature, temperature);
        Put20(Pressure, Search(Bits20, raw => Bme280Trimming.Pascals(raw, fine) <= Pascals.At(now)));
        BinaryPrimitives.WriteUInt16BigEndian(
            Registers.AsSpan(Humidity),
            (ushort)Search(Bits16, raw => Bme280Trimming.Percent(raw, fine) >= Percent.At(now))
        );
        // Section 3.3.3: after a forced measurement the chip sleeps again.
        Registers[ControlMeasurement] &= unchecked((byte)~ModeBits);
    }

    /// <summary>
    /// The least number of the converter that reaches the value: the formulas are monotonic and have no inverse in the data sheet.
    /// </summary>
    private static int Search(int count, Func<int, bool> reaches)
    {
        (int low, int high) = (0, count - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (reaches(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private void Put20(byte register, int raw)
    {
        Registers[register] = (byte)(raw >> 12);
        Registers[register + 1] = (byte)(raw >> 4);
        Registers[register + 2] = (byte)(raw << 4);
    }
}
