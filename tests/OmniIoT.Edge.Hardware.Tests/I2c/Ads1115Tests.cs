using OmniIoT.Edge.Hardware.Ads1115;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.I2c;

/// <summary>The binding against a chip that behaves as its data sheet says.</summary>
public sealed class Ads1115Tests
{
    private readonly Board _board = new("/nowhere", FakeTime.AtNoon());

    [Theory]
    [InlineData(4.096)]
    [InlineData(6.144)]
    [InlineData(2.048)]
    public void Each_channel_is_read_in_volts_in_every_range(double range)
    {
        using ISensor sensor = Open(range);
        Readings.Of(sensor);
        Waveform[] volts = _board.SimulatedI2c.Chip<SimulatedAds1115>(0x48).Volts;
        for (int channel = 0; channel < volts.Length; channel++)
            volts[channel] = Waveform.Constant(0.25 + (0.5 * channel));

        Dictionary<string, double> values = Readings.Of(sensor);

        // Half a bit of 16 with sign.
        for (int channel = 0; channel < volts.Length; channel++)
            Assert.Equal(0.25 + (0.5 * channel), values[$"voltage{channel}"], range / 65_536);
    }

    [Fact]
    public void A_voltage_below_ground_is_negative_and_one_beyond_the_range_is_its_end()
    {
        using ISensor sensor = Open(1.024);
        Readings.Of(sensor);
        Waveform[] volts = _board.SimulatedI2c.Chip<SimulatedAds1115>(0x48).Volts;
        (volts[0], volts[1]) = (Waveform.Constant(-0.2), Waveform.Constant(3));

        Dictionary<string, double> values = Readings.Of(sensor);

        Assert.Equal(-0.2, values["voltage0"], 0.0001);
        Assert.Equal(1.024, values["voltage1"], 0.0001);
    }

    [Fact]
    public void Only_the_channels_asked_for_are_converted()
    {
        using ISensor sensor = Open(4.096, "voltage2");

        Assert.Equal(["voltage2"], Readings.Of(sensor).Keys);
    }

    [Fact]
    public void A_chip_that_is_not_there_fails_with_a_reason_and_without_an_exception()
    {
        using ISensor sensor = Open(4.096);
        Readings.Of(sensor);
        _board.SimulatedI2c.Chip<SimulatedAds1115>(0x48).IsConnected = false;

        Assert.False(sensor.TryRead(out _, out string? failure));
        Assert.Equal("0x48 on I2C bus simulated: No such device or address", failure);
    }

    [Fact]
    public void A_range_that_the_chip_has_not_is_refused()
    {
        WrongSettingException wrong = Assert.Throws<WrongSettingException>(() => Open(5));

        Assert.Equal(("range", "6.144, 4.096, 2.048, 1.024, 0.512 or 0.256"), (wrong.Setting, wrong.Message));
    }

    private ISensor Open(double range, params string[] quantities) =>
        _board.Open(
            new SensorSpec
            {
                Id = "s",
                Type = "ads1115",
                Bus = Board.Simulated,
                RangeVolts = range,
                Metrics = [.. quantities.Select(quantity => new MetricSpec(quantity, quantity))],
            }
        );
}
