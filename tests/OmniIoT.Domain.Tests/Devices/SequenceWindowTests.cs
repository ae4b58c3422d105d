using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class SequenceWindowTests
{
    [Fact]
    public void Any_order_of_any_repetitions_takes_each_number_of_the_window_once()
    {
        Random random = new(7);
        SequenceWindow window = new();
        HashSet<long> taken = [];
        long newest = 0;
        for (int i = 0; i < 100_000; i++)
        {
            long seq = Math.Max(1, newest + random.Next(-63, 4));
            bool isNewest = seq > newest;
            newest = Math.Max(newest, seq);
            Assert.Equal(taken.Add(seq), window.TryTake(seq, isNewest));
        }
    }

    [Fact]
    public void A_device_that_counts_anew_with_newer_times_is_heard()
    {
        SequenceWindow window = new();
        Assert.True(window.TryTake(1000, isNewest: true));

        Assert.True(window.TryTake(1, isNewest: true));
        Assert.True(window.TryTake(2, isNewest: true));
        Assert.False(window.TryTake(1, isNewest: false));
    }

    [Fact]
    public void A_straggler_far_below_the_window_does_not_move_it()
    {
        SequenceWindow window = new();
        Assert.True(window.TryTake(1000, isNewest: true));

        Assert.True(window.TryTake(1, isNewest: false));
        Assert.False(window.TryTake(1000, isNewest: false));
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    public void The_whole_range_of_numbers_is_allowed(long first, long second)
    {
        SequenceWindow window = new();

        Assert.True(window.TryTake(first, isNewest: true));
        Assert.True(window.TryTake(second, isNewest: true));
        Assert.False(window.TryTake(second, isNewest: true));
    }
}
