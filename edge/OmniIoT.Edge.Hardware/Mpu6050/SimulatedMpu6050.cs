using System.Buffers.Binary;
using OmniIoT.Edge.Hardware.I2c;

namespace OmniIoT.Edge.Hardware.Mpu6050;

/// <summary>The chip's registers: MPU-6000/MPU-6050 register map RM-MPU-6000A-00, revision 4.2. Measures whenever it is read.</summary>
internal sealed class SimulatedMpu6050 : ByteRegisters
{
    /// <summary>Section 4.32: reads 0x68, whatever AD0 is.</summary>
    private const byte WhoAmI = 0x75;

    /// <summary>Section 4.28: bit 7 resets all registers and clears itself, bit 6 is sleep, on after a reset.</summary>
    private const byte PowerManagement = 0x6B,
        ResetBit = 0x80,
        Sleep = 0x40;

    /// <summary>Sections 4.17 to 4.19: 16 bits each, high byte first, for X, Y and Z.</summary>
    private const byte Acceleration = 0x3B,
        Temperature = 0x41,
        Rotation = 0x43;

    /// <summary>Sections 4.17 and 4.19, at ±2 g and ±250 °/s: 16384 a g, 131 a degree per second. g as the binding has it.</summary>
    private const double BitsPerMeterPerSecondSquared = 16384 / 9.807,
        BitsPerDegreePerSecond = 0x8000 / 250.0;

    private readonly TimeProvider _time;

    public SimulatedMpu6050(TimeProvider time)
    {
        _time = time;
        Restart();
    }

    /// <summary>Of X, Y and Z, in m/s²; it lies flat.</summary>
    public Waveform[] MetersPerSecondSquared { get; } = [Vibration(0), Vibration(0), Vibration(9.807)];

    /// <summary>About X, Y and Z.</summary>
    public Waveform[] DegreesPerSecond { get; } = [Vibration(0), Vibration(0), Vibration(0)];

    public Waveform Celsius { get; set; } =
        new()
        {
            Low = 25,
            High = 35,
            Period = TimeSpan.FromMinutes(20),
        };

    protected override void Written(byte register, byte value)
    {
        if (register == PowerManagement && (value & ResetBit) != 0)
            Restart();
        else if (register != WhoAmI)
            Registers[register] = value;
    }

    protected override void Refresh(byte register)
    {
        // Asleep it shows what it measured last.
        if ((Registers[PowerManagement] & Sleep) != 0)
            return;
        DateTimeOffset now = _time.GetUtcNow();
        for (int axis = 0; axis < 3; axis++)
        {
            Put(Acceleration + (2 * axis), MetersPerSecondSquared[axis].At(now) * BitsPerMeterPerSecondSquared);
            Put(Rotation + (2 * axis), DegreesPerSecond[axis].At(now) * BitsPerDegreePerSecond);
        }
        // Section 4.18: degrees = raw / 340 + 36.53.
        Put(Temperature, (Celsius.At(now) - 36.53) * 340);
    }

    private static Waveform Vibration(double around) =>
        new()
        {
            Shape = WaveShape.Noise,
            Low = around - 0.05,
            High = around + 0.05,
        };

    private void Restart()
    {
        Array.Clear(Registers);
        (Registers[WhoAmI], Registers[PowerManagement]) = (0x68, Sleep);
    }

    private void Put(int register, double raw) =>
        BinaryPrimitives.WriteInt16BigEndian(
            Registers.AsSpan(register),
            (short)Math.Clamp(Math.Round(raw), short.MinValue, short.MaxValue)
        );
}
