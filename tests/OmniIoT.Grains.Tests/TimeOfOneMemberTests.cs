using Microsoft.Extensions.Time.Testing;
using OmniIoT.Grains.Silo;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Grains.Tests;

public sealed class TimeOfOneMemberTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Theory]
    [InlineData(100, 100, 0)] // Looking ten times a second whether others are to be spared.
    [InlineData(1000, 1000, 10)]
    [InlineData(100, Timeout.Infinite, 1)]
    [InlineData(100, 0, 1)] // Once, too.
    public void What_repeats_itself_many_times_a_second_never_comes_due(int due, int period, int times)
    {
        int came = 0;
        using ITimer timer = new TimeOfOneMember(_time).CreateTimer(
            _ => came++,
            null,
            TimeSpan.FromMilliseconds(due),
            TimeSpan.FromMilliseconds(period)
        );

        for (int second = 0; second < 10; second++)
            _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(times, came);
    }

    [Fact]
    public void Its_time_is_that_of_the_process()
    {
        TimeOfOneMember one = new(_time);

        Assert.Equal(_time.GetUtcNow(), one.GetUtcNow());
        Assert.Equal(_time.GetTimestamp(), one.GetTimestamp());
        Assert.Equal(_time.TimestampFrequency, one.TimestampFrequency);
    }
}
