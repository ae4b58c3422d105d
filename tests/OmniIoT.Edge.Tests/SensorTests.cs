using OmniIoT.Edge.Hardware;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>Against a tree of files laid out as the kernel lays out sysfs.</summary>
public sealed class SensorTests : IDisposable
{
    private readonly string _sysfs = Directory.CreateTempSubdirectory("omniiot-sysfs-").FullName;
    private readonly ManualTime _time = new();

    public void Dispose() => Directory.Delete(_sysfs, recursive: true);

    [Fact]
    public void Hwmon_is_found_by_the_chips_name_and_read_in_degrees()
    {
        Write("class/hwmon/hwmon0/name", "acpitz");
        Write("class/hwmon/hwmon0/temp1_input", "27800");
        Write("class/hwmon/hwmon1/name", "cpu_thermal");
        Write("class/hwmon/hwmon1/temp1_input", "48312\n");

        Assert.Equal(48.312, Read(Spec(SensorKind.Hwmon, "cpu_thermal", "temp1")), 6);
    }

    [Fact]
    public void A_channel_that_reports_a_fault_has_no_value()
    {
        Write("class/hwmon/hwmon0/name", "lm75");
        Write("class/hwmon/hwmon0/temp1_input", "127000");
        Write("class/hwmon/hwmon0/temp1_fault", "1");

        Assert.False(Bus.Open(Spec(SensorKind.Hwmon, "lm75", "temp1")).TryRead(out _));
    }

    [Theory]
    [InlineData("in_temp_offset", "in_temp_scale")]
    [InlineData("in_temp_offset", "in_temp_scale", "3000", "-500", "10", 25.0)]
    public void Iio_raw_becomes_raw_plus_offset_times_scale(string offsetFile, string scaleFile, string raw = "2420", string offset = "0", string scale = "10", double degrees = 24.2)
    {
        Write("bus/iio/devices/iio:device0/name", "si7020");
        Write("bus/iio/devices/iio:device0/in_temp_raw", raw);
        Write($"bus/iio/devices/iio:device0/{offsetFile}", offset);
        Write($"bus/iio/devices/iio:device0/{scaleFile}", scale);

        Assert.Equal(degrees, Read(Spec(SensorKind.Iio, "si7020", "temp")), 6);
    }

    [Fact]
    public void Iio_input_is_already_processed()
    {
        Write("bus/iio/devices/iio:device0/name", "dht11");
        Write("bus/iio/devices/iio:device0/in_humidityrelative_input", "47000");

        Assert.Equal(47, Read(Spec(SensorKind.Iio, "dht11", "humidityrelative")), 6);
    }

    [Fact]
    public void Iio_channels_share_the_scale_of_their_kind()
    {
        Write("bus/iio/devices/iio:device0/name", "ads1015");
        Write("bus/iio/devices/iio:device0/in_voltage2_raw", "1000");
        Write("bus/iio/devices/iio:device0/in_voltage_scale", "2");

        Assert.Equal(2, Read(Spec(SensorKind.Iio, "ads1015", "voltage2")), 6);
    }

    [Fact]
    public void One_wire_is_read_from_the_temperature_file()
    {
        Write("bus/w1/devices/28-0316a2794c11/temperature", "-1250");

        Assert.Equal(-1.25, Read(Spec(SensorKind.OneWire, "28-0316a2794c11", null)), 6);
    }

    [Theory]
    [InlineData("YES", true)]
    [InlineData("NO", false)]
    public void Older_kernels_say_whether_the_checksum_was_right(string verdict, bool readable)
    {
        Write("bus/w1/devices/28-0316a2794c11/w1_slave", $"72 01 4b 46 7f ff 0e 10 57 : crc=57 {verdict}\n72 01 4b 46 7f ff 0e 10 57 t=23125\n");

        var read = Bus.Open(Spec(SensorKind.OneWire, null, null)).TryRead(out var value);

        Assert.Equal(readable, read);
        if (readable) Assert.Equal(23.125, value, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("NaN")]
    public void What_is_no_finite_number_is_no_value(string content)
    {
        Write("bus/w1/devices/28-0316a2794c11/temperature", content);

        Assert.False(Bus.Open(Spec(SensorKind.OneWire, null, null)).TryRead(out _));
    }

    [Fact]
    public void A_sensor_that_is_plugged_in_later_is_found()
    {
        var sensor = Bus.Open(Spec(SensorKind.OneWire, "28-0316a2794c11", null));
        Assert.False(sensor.TryRead(out _));

        Write("bus/w1/devices/28-0316a2794c11/temperature", "20000");

        Assert.True(sensor.TryRead(out _));
    }

    [Fact]
    public void Discovery_finds_all_three_kinds_and_each_can_be_read()
    {
        Write("class/hwmon/hwmon0/name", "cpu_thermal");
        Write("class/hwmon/hwmon0/temp1_input", "48312");
        Write("bus/iio/devices/iio:device0/name", "dht11");
        Write("bus/iio/devices/iio:device0/in_temp_input", "22000");
        Write("bus/w1/devices/28-0316a2794c11/temperature", "20000");

        var specs = Bus.Discover();

        Assert.Equal(["cpu_thermal.temp1", "dht11.temp", "28-0316a2794c11"], specs.Select(spec => spec.Metric));
        Assert.All(specs, spec => Assert.True(Bus.Open(spec).TryRead(out _), spec.Metric));
    }

    [Fact]
    public void A_simulated_sensor_stays_within_its_swing()
    {
        var sensor = Bus.Open(new SensorSpec { Kind = SensorKind.Simulated, Metric = "t", Mean = 20, Amplitude = 5, Period = TimeSpan.FromMinutes(1) });
        var values = new List<double>();
        for (var second = 0; second < 60; second++, _time.Advance(TimeSpan.FromSeconds(1)))
        {
            Assert.True(sensor.TryRead(out var value));
            values.Add(value);
        }

        Assert.Equal(15, values.Min(), 1);
        Assert.Equal(25, values.Max(), 1);
    }

    private SensorBus Bus => new(_sysfs, _time);

    private static SensorSpec Spec(SensorKind kind, string? device, string? channel) =>
        new() { Kind = kind, Metric = "value", Device = device, Channel = channel };

    private double Read(SensorSpec spec)
    {
        Assert.True(Bus.Open(spec).TryRead(out var value));
        return value;
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(_sysfs, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
