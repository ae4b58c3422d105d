using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class SequenceWindowTests
{
    private SequenceWindow _window;

    [Fact]
    public void Any_order_of_any_repetitions_takes_each_number_of_the_window_once()
    {
        Random random = new(7);
        HashSet<long> taken = [];
        long newest = 0;
        for (int i = 0; i < 100_000; i++)
        {
            long seq = Math.Max(1, newest + random.Next(-63, 4));
            newest = Math.Max(newest, seq);
            Assert.Equal(taken.Add(seq), Take(seq, at: seq));
        }
    }

    [Fact]
    public void All_that_a_client_may_have_under_way_is_a_repetition_when_it_comes_again()
    {
        for (int seq = 1; seq <= 1500; seq++)
            Assert.True(Take(seq, at: 100 + seq));

        for (int seq = 500; seq <= 1500; seq++)
            Assert.False(Take(seq, at: 100 + seq));
        Assert.True(Take(1501, at: 1601));
    }

    [Fact]
    public void What_never_came_is_new_however_late_it_comes()
    {
        for (int seq = 1; seq <= 1000; seq++)
        {
            if (seq is not (500 or 990))
                Assert.True(Take(seq, at: seq));
        }

        Assert.True(Take(500, at: 500));
        Assert.True(Take(990, at: 990));
        Assert.False(Take(700, at: 700));
        Assert.False(Take(990, at: 990));
    }

    [Theory]
    [InlineData(2000, 1, 50)] // as a device whose clock was set back, too
    [InlineData(2000, 100, 50)]
    [InlineData(500, 100, 50)]
    public void A_count_that_began_anew_in_the_past_is_no_repetition(int before, long seq, long at)
    {
        for (int i = 1; i <= before; i++)
            Assert.True(Take(i, at: 1000 + i));

        Assert.True(Take(seq, at));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_device_that_counts_anew_with_younger_times_is_heard_from_its_first_number_on(int before)
    {
        for (int seq = 1; seq <= before; seq++)
            Assert.True(Take(seq, at: seq));

        for (int seq = 1; seq <= 3; seq++)
        {
            Assert.True(Take(seq, at: before + seq));
            Assert.False(Take(seq, at: before + seq));
        }
    }

    [Fact]
    public void The_newest_number_once_more_is_a_repetition_whatever_time_it_tells()
    {
        Assert.True(Take(7, at: 100));

        Assert.False(Take(7, at: 101));
        Assert.True(Take(6, at: 101)); // Which is no younger than a repetition told, and began anew all the same.
    }

    [Theory]
    [InlineData(10, 110)] // the newest once more
    [InlineData(9, 109)]
    [InlineData(9, 110)]
    [InlineData(9, 0)]
    public void A_number_that_is_no_higher_with_a_time_that_is_no_younger_is_a_repetition(long seq, long at)
    {
        for (int i = 1; i <= 10; i++)
            Assert.True(Take(i, at: 100 + i));

        Assert.False(Take(seq, at));
    }

    [Fact]
    public void What_was_buffered_and_sent_after_younger_ones_is_new_by_its_number()
    {
        Assert.True(Take(5, at: 500));
        Assert.True(Take(6, at: 100));

        Assert.False(Take(5, at: 500));
        Assert.False(Take(6, at: 100));
        Assert.True(Take(4, at: 90));
    }

    [Fact]
    public void Without_times_only_a_number_below_the_window_says_that_the_count_began_anew()
    {
        Assert.True(Take(100, at: null));
        Assert.False(Take(100, at: null));
        Assert.True(Take(99, at: null));
        Assert.False(Take(99, at: null));

        Assert.True(Take(1, at: null));
        Assert.True(Take(2, at: null));
        Assert.False(Take(1, at: null));
    }

    [Fact]
    public void A_straggler_far_below_the_window_does_not_move_it()
    {
        Assert.True(Take(1000, at: 100));

        Assert.True(Take(1, at: 50));
        Assert.False(Take(1000, at: 100));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void The_whole_range_of_numbers_is_allowed(long first, long second)
    {
        Assert.True(Take(first, at: 1));
        Assert.True(Take(second, at: 2));
        Assert.False(Take(second, at: 2));
    }

    private bool Take(long seq, long? at) => _window.TryTake(seq, at is { } told ? new Instant(told) : null);
}
