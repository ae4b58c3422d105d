using Microsoft.Extensions.Logging;
using OmniIoT.Ports;
using OmniIoT.TestKit.Logging;

namespace OmniIoT.Commit.Tests.Clocks;

public sealed class SteadyTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan YearsAhead = TimeSpan.FromDays(1200);

    private readonly MachineClock _machine = new();
    private readonly RecordedLog _log = new(LogLevel.Information);
    private readonly SteadyTime _time;
    private readonly DateTimeOffset _start;

    public SteadyTimeTests()
    {
        _time = new SteadyTime(_machine, _log.For<SteadyTime>());
        _start = _time.GetUtcNow();
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(-1200)]
    public void A_leap_for_some_seconds_is_not_seen_and_is_said(double days)
    {
        _machine.Leap(TimeSpan.FromDays(days));
        for (int i = 1; i <= 30; i++)
        {
            _machine.Pass(Second);
            Assert.Equal(_start + (i * Second), _time.GetUtcNow());
            Assert.NotNull(_time.Trouble);
            Assert.Equal(TimeSpan.Zero, _time.SteadyFor);
        }
        _machine.Leap(TimeSpan.FromDays(-days));
        _machine.Pass(Second);

        Assert.Equal(_start + (31 * Second), _time.GetUtcNow());
        Assert.Null(_time.Trouble);
        Assert.Equal([1214, 1215], _log.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void A_leap_that_lasts_is_believed_and_time_is_steady_since_then()
    {
        _machine.Pass(TimeSpan.FromHours(5));
        _machine.Leap(YearsAhead);
        Assert.Equal(_start + TimeSpan.FromHours(5), _time.GetUtcNow());

        _machine.Pass(SteadyTime.Patience);
        Assert.Equal(_machine.GetUtcNow(), _time.GetUtcNow());
        _machine.Pass(TimeSpan.FromMinutes(7));

        Assert.Equal(TimeSpan.FromMinutes(7), _time.SteadyFor);
        Assert.Null(_time.Trouble);
        Assert.Equal([1214, 1216], _log.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void A_clock_that_leaps_on_and_on_is_believed_at_no_time()
    {
        for (int i = 1; i <= 100; i++)
        {
            _machine.Leap(YearsAhead);
            _machine.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(_start + TimeSpan.FromMinutes(i), _time.GetUtcNow());
        }
    }

    [Fact]
    public void A_clock_that_is_kept_in_step_is_followed()
    {
        for (int i = 0; i < 100; i++)
        {
            _machine.Pass(TimeSpan.FromMinutes(1));
            _machine.Leap(TimeSpan.FromSeconds(i % 2 == 0 ? 5 : -3));
            Assert.Equal(_machine.GetUtcNow(), _time.GetUtcNow());
        }
        Assert.Equal(TimeSpan.FromMinutes(100), _time.SteadyFor);
        Assert.Empty(_log.Entries);
    }
}
