using Microsoft.Extensions.Time.Testing;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests;

/// <summary>Whatever type a sensor has, it runs on the simulated bus.</summary>
public sealed class SimulatedBusTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    public static TheoryData<string> Types => [.. SensorTypes.Names];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_gives_all_its_quantities_on_the_simulated_bus(string type)
    {
        using ISensor sensor = new Board("/nowhere", _time).Open(Spec(type));

        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement>? measurements, out string? failure), failure);
        Assert.Equal(sensor.Quantities.Select(quantity => quantity.Name), measurements.Select(measurement => measurement.Quantity));
        Assert.All(measurements, measurement => Assert.True(double.IsFinite(measurement.Value)));
    }

    [Theory]
    [InlineData("hwmon", "cpu_thermal/temp1", 47.5)]
    [InlineData("iio", "bmp280/pressure", 1013.2)]
    [InlineData("ds18b20", null, -3.25)]
    [InlineData("simulated", null, 7)]
    public void A_simulated_sensor_follows_the_course_that_its_settings_give(string type, string? path, double value)
    {
        using ISensor sensor = new Board("/nowhere", _time).Open(Spec(type) with { Path = path, Wave = Waveform.Constant(value) });

        Assert.True(sensor.TryRead(out IReadOnlyList<Measurement>? measurements, out string? failure), failure);
        Assert.Equal(value, Assert.Single(measurements).Value, 3);
    }

    [Fact]
    public void A_type_that_there_is_not_is_refused_with_those_that_there_are()
    {
        WrongSettingException wrong = Assert.Throws<WrongSettingException>(() => new Board("/nowhere", _time).Open(Spec("magic")));

        Assert.Equal("type", wrong.Setting);
        Assert.Equal(
            "one of ads1115, bme280, button, ds18b20, hcsr501, hwmon, iio, ina219, modbus, mpu6050, onewire, simulated",
            wrong.Message
        );
    }

    private static SensorSpec Spec(string type) =>
        new()
        {
            Id = "s",
            Type = type,
            Bus = Board.Simulated,
            Line = SensorTypes.ConnectionOf(type) == Wiring.Line ? new LineSpec { Chip = Board.Simulated, Number = 4 } : null,
        };
}
