using System.Text;
using Microsoft.Extensions.Configuration;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Settings;
using OmniIoT.TestKit;

namespace OmniIoT.Edge.Tests;

public sealed class AgentOptionsReaderTests
{
    [Fact]
    public void Everything_but_the_sign_in_has_a_default()
    {
        AgentOptions options = Read("""{ "deviceId": "edge-1", "secret": "s" }""").Options!;

        Assert.Equal(("127.0.0.1", 1883, "/sys"), (options.Host, options.Port, options.Sysfs));
        Assert.Null(options.Tls);
        Assert.Equal(TimeSpan.FromSeconds(10), options.SamplingInterval);
        Assert.Equal(200, options.BacklogPerSecond);
        Assert.Equal("omniiot-edge-queue", options.QueueDirectory);
        Assert.Equal(new QueueLimits { MaxBytes = 209_715_200, MaxAge = TimeSpan.FromDays(7) }, options.Limits);
        Assert.Empty(options.Sensors);
        Assert.Empty(options.Outputs);
    }

    [Fact]
    public void Everything_is_read_from_its_place()
    {
        AgentOptions options = Read(
            """
            { "cloud": { "deviceId": "edge-1", "secret": "s", "host": "cloud.example", "port": 8883, "tls": true },
              "queue": { "directory": "/q", "maxMegabytes": 5, "maxAgeDays": 0.5 }, "backlogPerSecond": 50 }
            """
        ).Options!;

        Assert.Equal(("edge-1", "s", "cloud.example", 8883), (options.DeviceId, options.Secret, options.Host, options.Port));
        Assert.NotNull(options.Tls);
        Assert.Equal(("/q", 50), (options.QueueDirectory, options.BacklogPerSecond));
        Assert.Equal(new QueueLimits { MaxBytes = 5_242_880, MaxAge = TimeSpan.FromHours(12) }, options.Limits);
    }

    [Fact]
    public void What_is_of_the_cloud_may_stand_at_the_root_and_what_stands_in_its_place_counts()
    {
        AgentOptions options = Read("""{ "deviceId": "edge-1", "secret": "s", "host": "a", "cloud": { "host": "b" } }""").Options!;

        Assert.Equal(("edge-1", "b"), (options.DeviceId, options.Host));
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
                "secret: give it, or the path of a file that holds it as secretFile, or an enrollment",
                "port: '0' is not a whole number of 1 to 65535",
                "samplingInterval: 'often' is not a number and one of ms, s, m, h, d, as 30s, 10ms to 86400s",
                "sensors:0:type: 'magic' is not one of ads1115, bme280, button, ds18b20, hcsr501, hwmon, iio, ina219, modbus, mpu6050, onewire, simulated",
            ],
            result.Mistakes
        );
    }

    [Theory]
    [InlineData(""" "host": "" """, "host: '' is not a value; leave it out for its default")]
    [InlineData(""" "cloud": { "host": "" } """, "cloud:host: '' is not a value; leave it out for its default")]
    [InlineData(""" "host": "a b" """, "host: 'a b' is not the name of a host or its IP address")]
    [InlineData(""" "host": { "name": "a" } """, "host: '{…}' is not one value")]
    [InlineData(""" "port": 1883.5 """, "port: '1883.5' is not a whole number of 1 to 65535")]
    [InlineData(""" "port": "NaN" """, "port: 'NaN' is not a whole number of 1 to 65535")]
    [InlineData(""" "tls": "perhaps" """, "tls: 'perhaps' is not true or false")]
    [InlineData(
        """ "cloud": { "hst": "a" } """,
        "cloud:hst: 'a' is not a setting of this; there are host, port, tls, deviceId, secret, secretFile, enrollment"
    )]
    [InlineData(""" "queue": { "maxMegabytes": 0 } """, "queue:maxMegabytes: '0' is not a number of 1 to 1000000")]
    [InlineData(""" "queue": { "maxMegabytes": "NaN" } """, "queue:maxMegabytes: 'NaN' is not a number of 1 to 1000000")]
    [InlineData(""" "queue": { "maxAgeDays": -1 } """, "queue:maxAgeDays: '-1' is not a number of 1E-06 to 36500")]
    [InlineData(
        """ "queue": { "maxCount": 5 } """,
        "queue:maxCount: '5' is not a setting of this; there are directory, path, maxMegabytes, maxAgeDays"
    )]
    [InlineData(""" "queue": { "directory": "a\u0000b" } """, "queue:directory: 'a\0b' is not the path of a directory")]
    [InlineData(""" "backlogPerSecond": 0 """, "backlogPerSecond: '0' is not a whole number of 1 to 100000")]
    [InlineData(
        """ "samplingInterval": "-5s" """,
        "samplingInterval: '-5s' is not a number and one of ms, s, m, h, d, as 30s, 10ms to 86400s"
    )]
    [InlineData(""" "sensors": "all" """, "sensors: 'all' is not a list of settings")]
    [InlineData(
        """ "sensors": [ { "id": "s", "type": "simulated", "metrics": { "a": 5 } } ] """,
        "sensors:0:metrics:a: '5' is not an object of settings"
    )]
    [InlineData(
        """ "sensors": [ { "id": "s", "type": "simulated", "priority": "urgent" } ] """,
        "sensors:0:priority: 'urgent' is not low or normal or high"
    )]
    public void A_wrong_value_is_one_line_with_its_place(string setting, string mistake) =>
        Assert.Equal([mistake], Read($$"""{ "deviceId": "edge-1", "secret": "s", {{setting}} }""").Mistakes);

    [Fact]
    public void A_secret_and_an_authority_are_files_that_can_be_read()
    {
        using TemporaryDirectory folder = new();
        string empty = Path.Combine(folder.Path, "empty");
        File.WriteAllText(empty, "\n");

        AgentOptionsResult result = Read(
            $$"""{ "deviceId": "edge-1", "secretFile": "{{empty}}", "cloud": { "tls": { "authority": "{{empty}}" } } }"""
        );

        Assert.Equal(
            [
                $"secretFile: '{empty}' is not a file with a secret in it",
                $"cloud:tls:authority: '{empty}' is not a file with a certificate in PEM",
            ],
            result.Mistakes
        );
    }

    private static AgentOptionsResult Read(string json) =>
        AgentOptionsReader.Read(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
}
