using System.Text;
using Microsoft.Extensions.Configuration;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Tests;

public sealed class AgentOptionsReaderTests
{
    [Fact]
    public void Everything_but_the_sign_in_has_a_default()
    {
        AgentOptions options = Read("""{ "deviceId": "edge-1", "secret": "s" }""").Options!;

        Assert.Equal(("127.0.0.1", 1883, false, "/sys"), (options.Host, options.Port, options.Tls, options.Sysfs));
        Assert.Equal(TimeSpan.FromSeconds(10), options.SamplingInterval);
        Assert.Equal(
            new QueueLimits
            {
                MaxCount = 1_000_000,
                MaxBytes = 268_435_456,
                MaxAge = TimeSpan.FromDays(30),
            },
            options.Limits
        );
        Assert.Empty(options.Sensors);
        Assert.Empty(options.Outputs);
    }

    [Fact]
    public void Limits_are_read()
    {
        QueueLimits limits = Read(
            """{ "deviceId": "edge-1", "secret": "s", "queue": { "maxCount": 5, "maxAge": "2h" } }"""
        ).Options!.Limits;

        Assert.Equal((5, TimeSpan.FromHours(2)), (limits.MaxCount, limits.MaxAge));
    }

    [Fact]
    public void Every_mistake_is_named_with_its_key_value_and_what_is_allowed()
    {
        AgentOptionsResult result = Read(
            """
            { "deviceId": "a/b", "port": 0, "samplingInterval": "often", "sensors": [ { "id": "s", "type": "magic" } ] }
            """
        );

        Assert.Null(result.Options);
        Assert.Equal(
            [
                "deviceId: 'a/b' is not 1 to 128 characters of A-Z a-z 0-9 . _ : -",
                "secret: give it, or the path of a file that holds it as secretFile",
                "port: '0' is not a number of 1 to 65535",
                "samplingInterval: 'often' is not a number and one of ms, s, m, h, d, as 30s, 10ms to 86400s",
                "sensors:0:type: 'magic' is not one of ads1115, bme280, button, ds18b20, hcsr501, hwmon, iio, ina219, mpu6050, onewire, simulated",
            ],
            result.Mistakes
        );
    }

    private static AgentOptionsResult Read(string json) =>
        AgentOptionsReader.Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
}
