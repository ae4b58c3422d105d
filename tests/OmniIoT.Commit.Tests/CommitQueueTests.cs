using OmniIoT.Ports.Commit;
using OmniIoT.TestKit;

namespace OmniIoT.Commit.Tests;

/// <summary>What is decided at once is committed at once, and what does not come is not waited for.</summary>
public sealed class CommitQueueTests
{
    [Fact]
    public async Task What_is_expected_is_taken_along()
    {
        CommitQueue queue = new(Timeout.InfiniteTimeSpan);
        queue.Expect();
        queue.Expect();
        Assert.True(queue.TryAdd(new CommitUnit()));
        queue.Met();
        Task<List<CommitUnit>?> taken = Task.Run(queue.Take);

        Assert.True(queue.TryAdd(new CommitUnit()));
        queue.Met();

        Assert.Equal(2, (await Awaited.Within(taken, "both units"))!.Count);
    }

    [Fact]
    public async Task What_was_expected_and_brings_nothing_lets_the_others_go_on()
    {
        CommitQueue queue = new(Timeout.InfiniteTimeSpan);
        queue.Expect();
        Assert.True(queue.TryAdd(new CommitUnit()));
        Task<List<CommitUnit>?> taken = Task.Run(queue.Take);

        queue.Met();

        Assert.Single((await Awaited.Within(taken, "the unit that came"))!);
    }

    [Fact]
    public async Task What_does_not_come_in_time_is_not_waited_for()
    {
        CommitQueue queue = new(TimeSpan.FromMilliseconds(1));
        queue.Expect();
        Assert.True(queue.TryAdd(new CommitUnit()));

        Assert.Single((await Awaited.Within(Task.Run(queue.Take), "the unit that came"))!);
    }
}
