using System.Globalization;

namespace OmniIoT.Devices.Tests;

public sealed class AnomalyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.3)]
    public void A_fifty_fold_value_after_600_quiet_readings_is_an_anomaly(double noise)
    {
        var device = TestDevice.Of("anomaly(t) > 0.99");
        var random = new Random(1);

        for (var reading = 0; reading < 600; reading++)
            Assert.Equal("", Say(device, reading, 2 + noise * (random.NextDouble() - 0.5)));
        Assert.Equal("raised@600 since 600", Say(device, 600, 100));
    }

    [Fact]
    public void A_fault_that_lasts_stays_an_anomaly_through_restarts()
    {
        var device = TestDevice.Of("anomaly(t) > 0.99 for 10m");
        var random = new Random(2);

        for (var reading = 0; reading < 600; reading++)
            Say(device, reading, 2 + random.NextDouble());
        for (var reading = 600; reading < 1200; reading++)
        {
            if (reading % 100 == 0)
                device.Restart();
            Assert.Equal("", Say(device, reading, 30 + random.NextDouble()));
        }
        Assert.Equal("raised@1200 since 600", Say(device, 1200, 30));
        Assert.Equal("cleared@1201", Say(device, 1201, 2.5));
    }

    [Fact]
    public void Nothing_is_unusual_before_enough_is_known()
    {
        var device = TestDevice.Of("anomaly(t) > 0.5 or anomaly(t) <= 0.5");

        for (var reading = 0; reading < 60; reading++)
            Assert.Equal("", Say(device, reading, reading * reading));
        Assert.Equal("raised@60 since 60", Say(device, 60, 1));
    }

    private static string Say(TestDevice device, int second, double value) =>
        device.Say(second, string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{value}}}"));
}
