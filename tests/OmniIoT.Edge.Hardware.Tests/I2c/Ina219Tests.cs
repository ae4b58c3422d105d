using OmniIoT.Edge.Hardware.Ina219;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.I2c;

/// <summary>The binding against a chip that behaves as its data sheet says.</summary>
public sealed class Ina219Tests
{
    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    [Theory]
    [InlineData(12, 1)]
    [InlineData(3.3, 0.05)]
    // Beyond 16.384 V, where the register's top bit is set.
    [InlineData(24, 2.5)]
    // A battery that is charged.
    [InlineData(12.6, -1.5)]
    public void Voltage_current_and_power_are_read(double volts, double amperes)
    {
        using ISensor sensor = Open();
        Readings.Of(sensor);
        SimulatedIna219 chip = _board.SimulatedI2c.Chip<SimulatedIna219>(0x40);
        (chip.Volts, chip.Amperes) = (Waveform.Constant(volts), Waveform.Constant(amperes));

        Dictionary<string, double> values = Readings.Of(sensor);

        // Half a bit: 4 mV a bit, 10 µV over 0.1 Ω, and 20 bits of current a bit of power.
        Assert.Equal(volts, values["voltage"], 0.002);
        Assert.Equal(amperes, values["current"], 0.0003);
        Assert.Equal(volts * Math.Abs(amperes), values["power"], 0.02);
    }

    [Fact]
    public void A_chip_that_lost_its_supply_is_calibrated_anew()
    {
        using ISensor sensor = Open();
        Readings.Of(sensor);
        SimulatedIna219 chip = _board.SimulatedI2c.Chip<SimulatedIna219>(0x40);
        chip.Amperes = Waveform.Constant(1);

        chip.IsConnected = false;
        Assert.False(sensor.TryRead(out _, out _));
        chip.IsConnected = true;
        // Reset: bit 15 of register 0.
        chip.Write([0, 0x80, 0]);

        Assert.Equal(1, Readings.Of(sensor)["current"], 0.0003);
    }

    [Fact]
    public void A_shunt_that_no_calibration_fits_is_refused()
    {
        WrongSettingException wrong = Assert.Throws<WrongSettingException>(() =>
            _board.Open(Spec with { ShuntOhms = 1000, MaxAmperes = 1000 })
        );

        Assert.Equal("shuntOhms", wrong.Setting);
    }

    private static SensorSpec Spec =>
        new()
        {
            Id = "s",
            Type = "ina219",
            Bus = Board.Simulated,
        };

    private ISensor Open() => _board.Open(Spec);
}
