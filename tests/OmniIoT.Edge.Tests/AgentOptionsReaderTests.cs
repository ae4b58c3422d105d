using System.Text;
using Microsoft.Extensions.Configuration;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Tests;

public sealed class AgentOptionsReaderTests
{
    [Fact]
    public void Everything_but_the_sign_in_has_a_default()
    {
        var options = Read("""{ "deviceId": "edge-1", "secret": "s" }""").Options!;

        Assert.Equal(("127.0.0.1", 1883, false, "/sys"), (options.Host, options.Port, options.Tls, options.Sysfs));
        Assert.Equal(TimeSpan.FromSeconds(10), options.SamplingInterval);
        Assert.Equal(new QueueLimits { MaxCount = 1_000_000, MaxBytes = 268_435_456, MaxAge = TimeSpan.FromDays(30) }, options.Limits);
        Assert.Empty(options.Sensors);
    }

    [Fact]
    public void Sensors_and_limits_are_read()
    {
        var options = Read("""
            { "deviceId": "edge-1", "secret": "s", "queue": { "maxCount": 5, "maxAge": "2h" },
              "sensors": [ { "kind": "oneWire", "metric": "cellar", "device": "28-0316a2794c11" }, { "kind": "hwmon", "metric": "cpu", "channel": "temp1" } ] }
            """).Options!;

        Assert.Equal((5, TimeSpan.FromHours(2)), (options.Limits.MaxCount, options.Limits.MaxAge));
        Assert.Equal(new SensorSpec { Kind = SensorKind.OneWire, Metric = "cellar", Device = "28-0316a2794c11" }, options.Sensors[0]);
        Assert.Equal("temp1", options.Sensors[1].Channel);
    }

    [Fact]
    public void Every_mistake_is_named_with_its_key_value_and_what_is_allowed()
    {
        var result = Read("""
            { "deviceId": "a/b", "port": 0, "samplingInterval": "often", "sensors": [ { "kind": "magic", "metric": "m" }, { "kind": "hwmon", "metric": "m", "channel": "soul1" } ] }
            """);

        Assert.Null(result.Options);
        Assert.Equal(
            [
                "deviceId: 'a/b' is not 1 to 128 characters of A-Z a-z 0-9 . _ : -",
                "secret: give it, or the path of a file that holds it as secretFile",
                "port: '0' is not a number of 1 to 65535",
                "samplingInterval: 'often' is not a number and one of ms, s, m, h, d, as 30s",
                "sensors:0:kind: 'magic' is not hwmon, iio, oneWire or simulated",
                "sensors:1:channel: 'soul1' is not a channel that the kind has, as temp1",
            ],
            result.Mistakes);
    }

    private static AgentOptionsResult Read(string json) => AgentOptionsReader.Read(
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
}
