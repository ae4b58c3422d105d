using OmniIoT.Mqtt.Client;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class ReconnectBackoffTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void The_delay_doubles_up_to_the_maximum_and_loses_at_most_half(int failures, double fullSeconds)
    {
        Random random = new(3);
        double[] delays = Enumerable
            .Range(0, 200)
            .Select(_ => ReconnectBackoff.Next(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), failures, random).TotalSeconds)
            .ToArray();

        Assert.All(delays, delay => Assert.InRange(delay, fullSeconds / 2, fullSeconds));
        Assert.True(delays.Max() - delays.Min() > fullSeconds / 4, "The delays do not spread.");
    }
}
