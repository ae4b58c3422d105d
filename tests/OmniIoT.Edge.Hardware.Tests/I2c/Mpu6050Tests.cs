using OmniIoT.Edge.Hardware.Mpu6050;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.I2c;

/// <summary>The binding against a chip that behaves as its register map says.</summary>
public sealed class Mpu6050Tests
{
    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    [Fact]
    public void Acceleration_rotation_and_temperature_are_read()
    {
        using ISensor sensor = Open();
        Readings.Of(sensor);
        SimulatedMpu6050 chip = _board.SimulatedI2c.Chip<SimulatedMpu6050>(0x68);
        (chip.MetersPerSecondSquared[0], chip.MetersPerSecondSquared[1], chip.MetersPerSecondSquared[2]) = (
            Waveform.Constant(-3),
            Waveform.Constant(0.5),
            Waveform.Constant(9.8)
        );
        (chip.DegreesPerSecond[0], chip.DegreesPerSecond[1], chip.DegreesPerSecond[2]) = (
            Waveform.Constant(90),
            Waveform.Constant(-200),
            Waveform.Constant(0)
        );
        chip.Celsius = Waveform.Constant(31.5);

        Dictionary<string, double> values = Readings.Of(sensor);

        Assert.Equal(
            [-3, 0.5, 9.8],
            new[] { "accelerationX", "accelerationY", "accelerationZ" }.Select(name => Math.Round(values[name], 2))
        );
        Assert.Equal([90, -200, 0], new[] { "rotationX", "rotationY", "rotationZ" }.Select(name => Math.Round(values[name], 1)));
        Assert.Equal(31.5, values["temperature"], 0.01);
    }

    [Fact]
    public void A_chip_that_lost_its_supply_is_woken_anew()
    {
        using ISensor sensor = Open();
        Readings.Of(sensor);
        SimulatedMpu6050 chip = _board.SimulatedI2c.Chip<SimulatedMpu6050>(0x68);

        chip.IsConnected = false;
        Assert.False(sensor.TryRead(out _, out _));
        chip.IsConnected = true;
        // A reset leaves it asleep: bit 7 of register 107.
        chip.Write([0x6B, 0x80]);
        chip.Celsius = Waveform.Constant(5);

        Assert.Equal(5, Readings.Of(sensor)["temperature"], 0.01);
    }

    private ISensor Open() =>
        _board.Open(
            new SensorSpec
            {
                Id = "s",
                Type = "mpu6050",
                Bus = Board.Simulated,
            }
        );
}
