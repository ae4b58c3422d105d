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
        TestDevice device = TestDevice.Of("anomaly(t) > 0.99");
        Random random = new(1);

        for (int reading = 0; reading < 600; reading++)
            Assert.Equal("", Say(device, reading, 2 + noise * (random.NextDouble() - 0.5)));
        Assert.Equal("raised@600 since 600", Say(device, 600, 100));
    }

    [Fact]
    public void A_fault_that_lasts_stays_an_anomaly_through_restarts()
    {
        TestDevice device = TestDevice.Of("anomaly(t) > 0.99 for 10m");
        Random random = new(2);

        for (int reading = 0; reading < 600; reading++)
            Say(device, reading, 2 + random.NextDouble());
        for (int reading = 600; reading < 1200; reading++)
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
        TestDevice device = TestDevice.Of("anomaly(t) > 0.5 or anomaly(t) <= 0.5");

        for (int reading = 0; reading < 60; reading++)
            Assert.Equal("", Say(device, reading, reading * reading));
        Assert.Equal("raised@60 since 60", Say(device, 60, 1));
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1.797e308)]
    public void The_largest_numbers_do_not_end_what_is_known(double large)
    {
        TestDevice device = TestDevice.Of("anomaly(t) >= 0 and anomaly(t) <= 1 and t == 7");

        for (int reading = 0; reading < 100; reading++)
            Say(
                device,
                reading,
                reading < 80 ? 2
                    : reading % 2 == 0 ? large
                    : -large
            );
        device.Restart();

        Assert.Equal("raised@100 since 100", Say(device, 100, 7));
    }

    private static string Say(TestDevice device, int second, double value) =>
        device.Say(second, string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{value}}}"));
}
