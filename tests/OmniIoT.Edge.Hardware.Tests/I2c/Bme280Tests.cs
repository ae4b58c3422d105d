using OmniIoT.Edge.Hardware.Bme280;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.I2c;

/// <summary>The binding against a chip that behaves as its data sheet says.</summary>
public sealed class Bme280Tests
{
    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    [Fact]
    public void The_worked_example_of_the_data_sheet_is_reproduced()
    {
        // BMP280 data sheet BST-BMP280-DS001, section 3.12.
        double fine = Bme280Trimming.FineTemperature(519_888);

        Assert.Equal(25.08, Bme280Trimming.Celsius(519_888), 2);
        Assert.Equal(100_653.27, Bme280Trimming.Pascals(415_148, fine), 1);
    }

    [Theory]
    [InlineData(25.08, 45, 100_653.27)]
    [InlineData(-21.5, 5, 88_000)]
    [InlineData(60, 99, 108_500)]
    public void What_the_chip_feels_is_what_is_read(double celsius, double percent, double pascals)
    {
        using ISensor sensor = Open(0x76);
        sensor.TryRead(out _, out _);
        SimulatedBme280 chip = _board.SimulatedI2c.Chip<SimulatedBme280>(0x76);
        (chip.Celsius, chip.Percent, chip.Pascals) = (Waveform.Constant(celsius), Waveform.Constant(percent), Waveform.Constant(pascals));

        Dictionary<string, double> values = Read(sensor);

        // Within the resolution of the chip's converter.
        Assert.Equal(celsius, values["temperature"], 0.01);
        Assert.Equal(percent, values["humidity"], 0.05);
        Assert.Equal(pascals / 100, values["pressure"], 0.01);
    }

    [Fact]
    public void A_chip_that_lost_its_plug_fails_with_a_reason_and_is_set_up_anew_when_it_is_back()
    {
        using ISensor sensor = Open(0x77);
        Read(sensor);
        SimulatedBme280 chip = _board.SimulatedI2c.Chip<SimulatedBme280>(0x77);

        chip.IsConnected = false;
        Assert.False(sensor.TryRead(out IReadOnlyList<Measurement>? none, out string? failure));
        Assert.Empty(none);
        Assert.Equal("0x77 on I2C bus simulated: No such device or address", failure);

        chip.IsConnected = true;
        Assert.Equal(3, Read(sensor).Count);
    }

    [Fact]
    public void Two_chips_on_one_bus_are_two_chips()
    {
        using ISensor low = Open(0x76);
        using ISensor high = Open(0x77);
        Read(low);
        Read(high);

        _board.SimulatedI2c.Chip<SimulatedBme280>(0x76).Celsius = Waveform.Constant(5);
        _board.SimulatedI2c.Chip<SimulatedBme280>(0x77).Celsius = Waveform.Constant(50);

        Assert.Equal(5, Read(low)["temperature"], 0.01);
        Assert.Equal(50, Read(high)["temperature"], 0.01);
    }

    private ISensor Open(int address) =>
        _board.Open(
            new SensorSpec
            {
                Id = "s",
                Type = "bme280",
                Bus = Board.Simulated,
                Address = address,
            }
        );

    private static Dictionary<string, double> Read(ISensor sensor) => Readings.Of(sensor);
}
