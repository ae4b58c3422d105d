using System.Text;
using Microsoft.Extensions.Configuration;
using OmniIoT.Devices.Models;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Hardware.Modbus;
using OmniIoT.Edge.Local;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit;

namespace OmniIoT.Edge.Tests;

/// <summary>Settings beyond chips and lines: rules, devices beside the agent, Modbus, products to play, pins.</summary>
public sealed class MachineSettingsTests
{
    private const string Fan = """ "outputs": [ { "id": "fan", "type": "relay", "chip": "simulated", "line": 5 } ] """;
    private const string Room = """ "sensors": [ { "id": "s", "type": "simulated", "metrics": { "temperature": {} } } ] """;

    [Fact]
    public void Rules_are_those_of_a_model_over_what_is_measured_here()
    {
        AgentOptions options = Right(
            $$"""
            {{Fan}}, {{Room}},
            "local": { "map": [ { "topic": "a", "metric": "power" } ] },
            "modbus": [ { "id": "meter", "host": "10.0.0.5", "registers": { "energy": { "address": 0 } } } ],
            "rules": [ { "type": "hot", "severity": "major", "when": "temperature > 80 and power > 5 or energy > 3", "clear": "temperature < 75",
              "outputs": { "fan": true }, "case": { "title": "hot" }, "notify": { "text": "hot" } } ]
            """
        );

        Assert.Equal("hot", options.Rules!.Type(0));
        Assert.Equal([KeyValuePair.Create("fan", true)], options.Rules.OutputsOf(0));
    }

    [Theory]
    [InlineData(""" "rules": [ { "type": "hot", "when": "temprature > 80" } ] """, "rules:0:when: column 1: ")]
    [InlineData(""" "rules": [ { "type": "hot" } ] """, "rules:0: 'when' is missing")]
    [InlineData(""" "rules": [ { "type": "hot", "when": "temperature > 80", "wen": "" } ] """, "rules:0:wen: ")]
    [InlineData(
        """ "rules": [ { "type": "hot", "when": "temperature > 80", "outputs": { "pump": true } } ] """,
        "rules:0:outputs:pump: is no output of this agent"
    )]
    [InlineData(""" "rules": "hot" """, "rules: is no list of rules")]
    [InlineData(""" "local": { "listen": "1884" } """, "local:listen: '1884' is not an IP address and a port, as 127.0.0.1:1884")]
    [InlineData(""" "local": { "listen": "0.0.0.0:1884" } """, "local:listen: '0.0.0.0:1884' is not an address of this machine alone")]
    [InlineData(""" "local": { "user": "plant" } """, "local:user: 'plant' is not there without passwordFile, nor that without it")]
    [InlineData(""" "local": { "map": [ { "topic": "a/#/b", "metric": "m" } ] } """, "local:map:0:topic: 'a/#/b' is not a topic")]
    [InlineData(""" "local": { "map": [ { "topic": "a" } ] } """, "local:map:0:metric: '' is not the name of a metric")]
    [InlineData(""" "modbus": [ { "id": "m" } ] """, "modbus:0:host: '' is not the name of a host or its IP address")]
    [InlineData(
        """ "modbus": [ { "id": "m", "host": "h", "registers": { "a": {} } } ] """,
        "modbus:0:registers:a:address: '' is not a whole"
    )]
    [InlineData(
        """ "modbus": [ { "id": "m", "host": "h", "registers": { "a": { "address": 1, "type": "bcd" } } } ] """,
        "modbus:0:registers:a:type: 'bcd' is not uint16 or int16 or uint32 or int32 or float32 or float64"
    )]
    [InlineData(
        """ "modbus": [ { "id": "m", "host": "h", "registers": { "temperature": { "address": 1 } } } ] """,
        "modbus:0:metrics: 'temperature' is not a name that no other value has"
    )]
    [InlineData(""" "updates": { "directory": "/v" } """, "updates:publicKey: '' is not a file with the public key of ECDSA P-256 in PEM")]
    [InlineData(""" "updates": { "publicKey": "/dev/null" } """, "updates:directory: '' is not the path of a directory")]
    [InlineData(""" "cloud": { "enrollment": { "id": "f", "model": "m", "key": "k" } } """, "cloud:enrollment:url: '' is not the address")]
    [InlineData(""" "enrollment": { "url": "http://h/api/v1", "id": "f", "model": "m" } """, "enrollment:keyFile: '' is not a file with")]
    [InlineData(""" "simulate": "kettle" """, "simulate: 'kettle' is not one of cold-storage-c4, ")]
    [InlineData(""" "cloud": { "tls": { "pin": "12ab" } } """, "cloud:tls:pin: '12ab' is not the SHA-256 of the server's certificate")]
    [InlineData(""" "cloud": { "tls": { "pin": "x", "authority": "y" } } """, "cloud:tls:pin: 'x' is not there beside an authority")]
    public void A_mistake_is_one_line_with_its_place(string setting, string mistake) =>
        Assert.StartsWith(
            mistake,
            Read($"{Fan}, {(setting.Contains("simulate", StringComparison.Ordinal) ? "" : $"{Room},")} {setting}").Mistakes[0],
            StringComparison.Ordinal
        );

    [Fact]
    public void A_modbus_device_is_a_sensor()
    {
        SensorSpec spec = Assert.Single(
            Right(
                """
                "modbus": [ { "id": "meter", "host": "10.0.0.5", "port": 1502, "unit": 3, "every": "5s", "registers": {
                  "power": { "table": "input", "address": 12, "type": "float32", "words": "low-first", "scale": 0.001, "offset": -1,
                    "unit": "kW" } },
                  "metrics": { "power": { "name": "load", "deadband": 0.5 } } } ]
                """
            ).Sensors
        );

        Assert.Equal(("meter", "modbus", TimeSpan.FromSeconds(5)), (spec.Id, spec.Type, spec.Every));
        Assert.Equal([new MetricSpec("power", "load", 0.5)], spec.Metrics);
        Assert.Equal(("10.0.0.5", 1502, 3), (spec.Modbus.Host, spec.Modbus.Port, spec.Modbus.Unit));
        Assert.Equal(
            new ModbusRegister("power", ModbusTable.Input, 12)
            {
                Type = ModbusType.Float32,
                IsLowWordFirst = true,
                Scale = 0.001,
                Offset = -1,
                Unit = "kW",
            },
            Assert.Single(spec.Modbus.Registers)
        );
    }

    [Fact]
    public void Devices_beside_the_agent_are_heard_on_this_machine_alone_unless_the_settings_say_otherwise()
    {
        LocalOptions local = Right(
            """ "local": { "map": [ { "topic": "plug/+", "path": "a.b", "metric": "power", "deadband": 2 } ] } """
        ).Local!;

        Assert.Equal("127.0.0.1:1884", local.Listen.ToString());
        LocalMapping mapping = Assert.Single(local.Map);
        Assert.Equal(("plug/+", "power", 2), (mapping.Filter.Value, mapping.Metric, mapping.Deadband));
        Assert.Equal(["a", "b"], mapping.Path);
    }

    [Theory]
    [InlineData("0DC0E6B4:AA:00000000000000000000000000000000000000000000000000000b")]
    [InlineData("sha256/DcDmtKoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAs=")]
    [InlineData("sha256//DcDmtKoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAs=")]
    public void A_pin_is_written_as_openssl_or_curl_do(string pin)
    {
        byte[] expected = new byte[32];
        (expected[0], expected[1], expected[2], expected[3], expected[4], expected[31]) = (0x0d, 0xc0, 0xe6, 0xb4, 0xaa, 0x0b);

        Assert.Equal(expected, Right($$""" "cloud": { "tls": { "pin": "{{pin}}" } } """).Tls!.Pin!.Value.ToArray());
    }

    [Fact]
    public void Every_product_that_can_be_played_is_a_sample_model_with_these_metrics()
    {
        foreach (string product in SimulatedProducts.Names)
        {
            byte[] json = File.ReadAllBytes(Path.Combine(Repository.Root, "devices", "models", $"{product}.json"));
            DeviceModel model = DeviceModelReader.Read(json).Model!;
            IEnumerable<string> played = Right($$""" "simulate": "{{product}}" """)
                .Sensors.SelectMany(sensor => sensor.Metrics)
                .Select(metric => metric.Name);

            Assert.Subset(model.Metrics.Select(metric => metric.Key).ToHashSet(), played.ToHashSet());
        }
    }

    private static AgentOptions Right(string settings)
    {
        (AgentOptions? options, IReadOnlyList<string> mistakes) = Read(settings);
        Assert.Empty(mistakes);
        return options!;
    }

    private static AgentOptionsResult Read(string settings) =>
        AgentOptionsReader.Read(
            new ConfigurationBuilder()
                .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "deviceId": "edge-1", "secret": "s", {{settings}} }""")))
                .Build()
        );
}
