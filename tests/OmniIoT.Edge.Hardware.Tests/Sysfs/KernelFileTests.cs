using Microsoft.Extensions.Time.Testing;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Hardware.Tests.Sysfs;

/// <summary>Sensors whose driver is in the kernel, against a tree of files laid out as the kernel lays out sysfs.</summary>
public sealed class KernelFileTests : IDisposable
{
    private readonly string _sysfs = Directory.CreateTempSubdirectory("omniiot-sysfs-").FullName;
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    public void Dispose() => Directory.Delete(_sysfs, recursive: true);

    [Fact]
    public void Hwmon_is_found_by_the_chips_name_and_read_in_degrees()
    {
        Write("class/hwmon/hwmon0/name", "acpitz");
        Write("class/hwmon/hwmon0/temp1_input", "27800");
        Write("class/hwmon/hwmon1/name", "cpu_thermal");
        Write("class/hwmon/hwmon1/temp1_input", "48312\n");

        Assert.Equal(48.312, Read("hwmon", "cpu_thermal/temp1"), 6);
    }

    [Fact]
    public void A_channel_that_reports_a_fault_has_no_value()
    {
        Write("class/hwmon/hwmon0/name", "lm75");
        Write("class/hwmon/hwmon0/temp1_input", "127000");
        Write("class/hwmon/hwmon0/temp1_fault", "1");

        Assert.Contains("temp1 of lm75", FailureOf("hwmon", "lm75/temp1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in_temp_offset", "in_temp_scale")]
    [InlineData("in_temp_offset", "in_temp_scale", "3000", "-500", "10", 25.0)]
    public void Iio_raw_becomes_raw_plus_offset_times_scale(
        string offsetFile,
        string scaleFile,
        string raw = "2420",
        string offset = "0",
        string scale = "10",
        double degrees = 24.2
    )
    {
        Write("bus/iio/devices/iio:device0/name", "si7020");
        Write("bus/iio/devices/iio:device0/in_temp_raw", raw);
        Write($"bus/iio/devices/iio:device0/{offsetFile}", offset);
        Write($"bus/iio/devices/iio:device0/{scaleFile}", scale);

        Assert.Equal(degrees, Read("iio", "si7020/temp"), 6);
    }

    [Fact]
    public void Iio_input_is_already_processed()
    {
        Write("bus/iio/devices/iio:device0/name", "dht11");
        Write("bus/iio/devices/iio:device0/in_humidityrelative_input", "47000");

        Assert.Equal(47, Read("iio", "dht11/humidityrelative"), 6);
    }

    [Fact]
    public void Iio_channels_share_the_scale_of_their_kind()
    {
        Write("bus/iio/devices/iio:device0/name", "ads1015");
        Write("bus/iio/devices/iio:device0/in_voltage2_raw", "1000");
        Write("bus/iio/devices/iio:device0/in_voltage_scale", "2");

        Assert.Equal(2, Read("iio", "ads1015/voltage2"), 6);
    }

    [Fact]
    public void One_wire_is_read_from_the_temperature_file()
    {
        Write("bus/w1/devices/28-0316a2794c11/temperature", "-1250");

        Assert.Equal(-1.25, Read("ds18b20", "28-0316a2794c11"), 6);
    }

    [Theory]
    [InlineData("YES", true)]
    [InlineData("NO", false)]
    public void Older_kernels_say_whether_the_checksum_was_right(string verdict, bool readable)
    {
        Write(
            "bus/w1/devices/28-0316a2794c11/w1_slave",
            $"72 01 4b 46 7f ff 0e 10 57 : crc=57 {verdict}\n72 01 4b 46 7f ff 0e 10 57 t=23125\n"
        );

        bool read = Open("onewire", null).TryRead(out IReadOnlyList<Measurement>? values, out _);

        Assert.Equal(readable, read);
        if (readable)
            Assert.Equal(new Measurement("temperature", 23.125), Assert.Single(values));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("NaN")]
    public void What_is_no_finite_number_is_no_value(string content)
    {
        Write("bus/w1/devices/28-0316a2794c11/temperature", content);

        Assert.Contains("under bus/w1/devices", FailureOf("onewire", null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_that_is_plugged_in_later_is_found()
    {
        ISensor sensor = Open("ds18b20", "28-0316a2794c11");
        Assert.False(sensor.TryRead(out _, out _));

        Write("bus/w1/devices/28-0316a2794c11/temperature", "20000");

        Assert.True(sensor.TryRead(out _, out _));
    }

    [Fact]
    public void Discovery_finds_all_three_kinds_and_each_can_be_read()
    {
        Write("class/hwmon/hwmon0/name", "cpu_thermal");
        Write("class/hwmon/hwmon0/temp1_input", "48312");
        Write("bus/iio/devices/iio:device0/name", "dht11");
        Write("bus/iio/devices/iio:device0/in_temp_input", "22000");
        Write("bus/w1/devices/28-0316a2794c11/temperature", "20000");

        IReadOnlyList<SensorSpec> specs = Board.Discover();

        Assert.Equal(["cpu_thermal.temp1", "dht11.temp", "28-0316a2794c11"], specs.Select(spec => spec.Metrics[0].Name));
        Assert.All(specs, spec => Assert.True(Board.Open(spec).TryRead(out _, out _), spec.Id));
    }

    [Fact]
    public void Of_two_chips_with_one_name_the_first_is_found()
    {
        Write("class/hwmon/hwmon0/name", "nvme");
        Write("class/hwmon/hwmon0/temp1_input", "40000");
        Write("class/hwmon/hwmon1/name", "nvme");
        Write("class/hwmon/hwmon1/temp1_input", "50000");

        Assert.Equal("nvme.temp1", Assert.Single(Board.Discover()).Id);
    }

    [Theory]
    [InlineData("hwmon", "class/hwmon/hwmon3/temp2_input", "51000", 51.0)]
    [InlineData("iio", "bus/iio/devices/iio:device1/in_voltage3_raw", "3300", 3.3)]
    [InlineData("onewire", "bus/w1/devices/10-000802824e58", "21500", 21.5)]
    public void A_file_may_be_named_by_its_path(string type, string path, string content, double value)
    {
        Write(type == "onewire" ? $"{path}/temperature" : path, content);

        Assert.Equal(value, Read(type, Path.Combine(_sysfs, path)), 6);
    }

    [Theory]
    [InlineData("hwmon", "soul1", "a channel temp*, humidity*, in*, curr*, power* or fan*, as cpu_thermal/temp1")]
    [InlineData("iio", "dht11/mood", "a channel temp, humidityrelative, voltage*, current*, pressure or illuminance, as ads1015/voltage0")]
    [InlineData("ds18b20", "10-000802824e58", "an id that begins with 28-, as 28-0316a2794c11")]
    public void What_the_kernel_has_not_is_refused(string type, string path, string allowed)
    {
        WrongSettingException wrong = Assert.Throws<WrongSettingException>(() => Open(type, path));

        Assert.Equal(("path", allowed), (wrong.Setting, wrong.Message));
    }

    private Board Board => new(_sysfs, _time);

    private ISensor Open(string type, string? path) =>
        Board.Open(
            new SensorSpec
            {
                Id = "s",
                Type = type,
                Path = path,
            }
        );

    private double Read(string type, string? path)
    {
        Assert.True(Open(type, path).TryRead(out IReadOnlyList<Measurement>? values, out string? failure), failure);
        return Assert.Single(values).Value;
    }

    private string FailureOf(string type, string? path)
    {
        Assert.False(Open(type, path).TryRead(out IReadOnlyList<Measurement>? values, out string? failure));
        Assert.Empty(values);
        return failure;
    }

    private void Write(string path, string content)
    {
        string file = Path.Combine(_sysfs, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
