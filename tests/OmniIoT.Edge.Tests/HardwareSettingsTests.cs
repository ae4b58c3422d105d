using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit;

namespace OmniIoT.Edge.Tests;

/// <summary>The settings of sensors and outputs.</summary>
public sealed class HardwareSettingsTests
{
    [Fact]
    public void A_sensor_on_a_bus_is_read_with_what_is_sent_of_it()
    {
        SensorSpec sensor = Sensor(
            """{ "id": "air", "type": "bme280", "bus": 3, "address": "0x77", "every": "1s", "metrics": { "temperature": { "name": "room", "deadband": 0.1 }, "humidity": {} } }"""
        );

        Assert.Equal(("air", "bme280", "3", 0x77), (sensor.Id, sensor.Type, sensor.Bus, sensor.Address));
        Assert.Equal(TimeSpan.FromSeconds(1), sensor.Every);
        Assert.Equal([new MetricSpec("humidity", "humidity"), new MetricSpec("temperature", "room", 0.1)], sensor.Metrics);
    }

    [Fact]
    public void A_sensor_needs_an_id_and_a_type_only()
    {
        SensorSpec sensor = Sensor("""{ "id": "supply", "type": "ina219" }""");

        Assert.Equal(("1", (int?)null, TimeSpan.FromSeconds(10)), (sensor.Bus, sensor.Address, sensor.Every));
        Assert.Equal((0.1, 3.2, 4.096), (sensor.ShuntOhms, sensor.MaxAmperes, sensor.RangeVolts));
        Assert.Empty(sensor.Metrics);
        Assert.Equal(
            new Waveform
            {
                Shape = WaveShape.Sine,
                Low = 15,
                High = 25,
                Period = TimeSpan.FromHours(1),
            },
            sensor.Wave
        );
    }

    [Theory]
    [InlineData("button", true, 20)]
    [InlineData("hcsr501", false, 0)]
    public void A_line_has_what_its_sensor_usually_has(string type, bool isActiveLow, int debounceMilliseconds)
    {
        LineSpec line = Sensor($$"""{ "id": "l", "type": "{{type}}", "line": 17 }""").Line!;

        Assert.Equal(
            new LineSpec
            {
                Chip = "gpiochip0",
                Number = 17,
                IsActiveLow = isActiveLow,
                Debounce = TimeSpan.FromMilliseconds(debounceMilliseconds),
            },
            line
        );
    }

    [Theory]
    [InlineData("chip")]
    [InlineData("bus")]
    public void A_line_is_set_up_as_its_settings_say(string chip)
    {
        LineSpec line = Sensor(
            $$"""{ "id": "l", "type": "button", "{{chip}}": "simulated", "line": 4, "active": "high", "resistor": "external", "debounce": "5ms" }"""
        ).Line!;

        Assert.Equal(
            new LineSpec
            {
                Chip = "simulated",
                Number = 4,
                HasExternalResistor = true,
                Debounce = TimeSpan.FromMilliseconds(5),
            },
            line
        );
    }

    [Fact]
    public void Outputs_are_read()
    {
        IReadOnlyList<OutputSpec> outputs = Read(
            """{ "id": "fan", "type": "relay", "chip": "gpiochip4", "line": 5, "active": "low", "idle": "on" }, { "id": "lamp", "type": "led", "line": 6 }, { "id": "blower", "type": "pwm", "line": 1, "duty": 0.4 }""",
            "outputs"
        ).Options!.Outputs;

        Assert.Equal(
            [
                new OutputSpec
                {
                    Id = "fan",
                    Type = "relay",
                    IsOnWhenIdle = true,
                    Line = new LineSpec
                    {
                        Chip = "gpiochip4",
                        Number = 5,
                        IsActiveLow = true,
                    },
                },
                new OutputSpec
                {
                    Id = "lamp",
                    Type = "led",
                    Line = new LineSpec { Number = 6 },
                },
                new OutputSpec
                {
                    Id = "blower",
                    Type = "pwm",
                    Line = new LineSpec { Chip = "pwmchip0", Number = 1 },
                    FrequencyHertz = 25_000,
                    Duty = 0.4,
                },
            ],
            outputs
        );
    }

    [Theory]
    [InlineData("""{ "type": "simulated" }""", "sensors:0:id: '' is not 1 to 128 characters of A-Z a-z 0-9 . _ : -")]
    [InlineData(
        """{ "id": "a", "type": "bme280", "bus": "i2c" }""",
        "sensors:0:bus: 'i2c' is not the number of an I2C adapter, as 1 for /dev/i2c-1, or simulated"
    )]
    [InlineData("""{ "id": "a", "type": "bme280", "address": 16 }""", "sensors:0:address: '16' is not an address of the chip: 0x76, 0x77")]
    [InlineData(
        """{ "id": "a", "type": "bme280", "adress": 118 }""",
        "sensors:0:adress: '118' is not a setting of this; there are id, type, every, priority, metrics, bus, address"
    )]
    [InlineData(
        """{ "id": "a", "type": "bme280", "every": "1ms" }""",
        "sensors:0:every: '1ms' is not a number and one of ms, s, m, h, d, as 30s, 10ms to 86400s"
    )]
    [InlineData(
        """{ "id": "a", "type": "bme280", "metrics": { "wind": {} } }""",
        "sensors:0:metrics:wind: 'wind' is not something that it measures: temperature, humidity, pressure"
    )]
    [InlineData(
        """{ "id": "a", "type": "bme280", "metrics": { "temperature": { "deadband": -1 } } }""",
        "sensors:0:metrics:temperature:deadband: '-1' is not a number of 0 to 1.7976931348623157E+308"
    )]
    [InlineData(
        """{ "id": "a", "type": "ads1115", "range": 5 }""",
        "sensors:0:range: '5' is not 6.144, 4.096, 2.048, 1.024, 0.512 or 0.256"
    )]
    [InlineData(
        """{ "id": "a", "type": "hwmon", "path": "soul1" }""",
        "sensors:0:path: 'soul1' is not a channel temp*, humidity*, in*, curr*, power* or fan*, as cpu_thermal/temp1"
    )]
    [InlineData("""{ "id": "a", "type": "button" }""", "sensors:0:line: '' is not the number of a line of the chip")]
    [InlineData("""{ "id": "a", "type": "button", "line": 4, "active": "up" }""", "sensors:0:active: 'up' is not low or high")]
    [InlineData(
        """{ "id": "a", "type": "simulated", "wave": "square" }""",
        "sensors:0:wave: 'square' is not constant or sine or steps or noise"
    )]
    [InlineData(
        """{ "id": "a", "type": "simulated" }, { "id": "a", "type": "hwmon" }""",
        "sensors:1:id: 'a' is not an id that no other has"
    )]
    [InlineData(
        """{ "id": "a", "type": "hwmon" }, { "id": "b", "type": "iio" }""",
        "sensors:1:metrics: 'temperature' is not a name that no other value has; give it one by metrics"
    )]
    public void A_mistake_in_a_sensor_is_named_with_its_place(string sensors, string mistake) =>
        Assert.Equal([mistake], Read(sensors, "sensors").Mistakes);

    [Theory]
    [InlineData("""{ "id": "fan", "type": "motor", "line": 5 }""", "outputs:0:type: 'motor' is not one of buzzer, led, pwm, relay")]
    [InlineData("""{ "id": "fan", "type": "relay" }""", "outputs:0:line: '' is not the number of a line of the chip")]
    [InlineData("""{ "id": "fan", "type": "relay", "line": 5, "idle": "maybe" }""", "outputs:0:idle: 'maybe' is not off or on")]
    [InlineData(
        """{ "id": "fan", "type": "relay", "line": 5, "debounce": "1s" }""",
        "outputs:0:debounce: '1s' is not a setting of this; there are id, type, idle, chip, line, active"
    )]
    [InlineData("""{ "id": "fan", "type": "pwm", "line": 0, "duty": 2 }""", "outputs:0:duty: '2' is not a number of 0 to 1")]
    [InlineData(
        """{ "id": "fan", "type": "buzzer", "line": 0, "active": "low" }""",
        "outputs:0:active: 'low' is not a setting of this; there are id, type, idle, chip, line, frequency, duty"
    )]
    public void A_mistake_in_an_output_is_named_with_its_place(string outputs, string mistake) =>
        Assert.Equal([mistake], Read(outputs, "outputs").Mistakes);

    [Fact]
    public void The_check_says_what_would_be_sent()
    {
        using StringWriter output = new();
        using StringWriter mistakes = new();

        int code = SettingsCheck.Run(
            Configuration("""{ "id": "air", "type": "bme280", "metrics": { "pressure": { "name": "p" } } }""", "sensors"),
            output,
            mistakes
        );

        Assert.Equal(0, code);
        Assert.Equal(["sensor air (bme280): p in hPa", "The settings are right."], Lines(output));
        Assert.Empty(mistakes.ToString());
    }

    [Fact]
    public void The_check_names_mistakes()
    {
        using StringWriter output = new();
        using StringWriter mistakes = new();

        int code = SettingsCheck.Run(Configuration("""{ "id": "air", "type": "rain" }""", "sensors"), output, mistakes);

        Assert.Equal(1, code);
        Assert.StartsWith("sensors:0:type: 'rain' is not one of", Assert.Single(Lines(mistakes)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sensor_of_the_documentation_is_right_and_every_type_has_one()
    {
        string[] examples = Documented("`(\\{\"id\":\"\\w+\",\"type\":.*?\\})`");

        Assert.All(examples, example => Assert.Empty(Read(example, "sensors").Mistakes));
        Assert.Superset(SensorTypes.Names.ToHashSet(), examples.Select(example => Sensor(example).Type).ToHashSet());
    }

    [Fact]
    public void Every_output_of_the_documentation_is_right_and_every_type_has_one()
    {
        (AgentOptions? options, IReadOnlyList<string>? mistakes) = Read(
            Assert.Single(Documented("\\{ \"outputs\": \\[(.*?)\\] \\}")),
            "outputs"
        );

        Assert.Empty(mistakes);
        Assert.Superset(OutputTypes.Names.ToHashSet(), options!.Outputs.Select(output => output.Type).ToHashSet());
    }

    private static string[] Documented(string pattern) =>
        [
            .. Regex
                .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "edge.md")), pattern, RegexOptions.Singleline)
                .Select(match => match.Groups[1].Value),
        ];

    private static SensorSpec Sensor(string json)
    {
        (AgentOptions? options, IReadOnlyList<string>? mistakes) = Read(json, "sensors");
        Assert.Empty(mistakes);
        return Assert.Single(options!.Sensors);
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static AgentOptionsResult Read(string elements, string list) => AgentOptionsReader.Read(Configuration(elements, list));

    private static IConfigurationRoot Configuration(string elements, string list) =>
        new ConfigurationBuilder()
            .AddJsonStream(
                new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "deviceId": "edge-1", "secret": "s", "{{list}}": [ {{elements}} ] }"""))
            )
            .Build();
}
