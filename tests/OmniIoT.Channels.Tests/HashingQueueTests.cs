using OmniIoT.Ports.Security;
using OmniIoT.TestKit;

namespace OmniIoT.Channels.Tests;

public sealed class HashingQueueTests
{
    [Fact]
    public async Task One_is_computed_at_a_time_so_many_wait_and_more_are_refused()
    {
        using HashingQueue queue = new(maximumWaiting: 2);
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int atOnce = 0;
        int most = 0;
        Task<int> first = queue.RunAsync(() => Work(begun), TestContext.Current.CancellationToken);
        await Awaited.Within(begun.Task, "the first");
        Task<int>[] waiting =
        [
            queue.RunAsync(() => Work(), TestContext.Current.CancellationToken),
            queue.RunAsync(() => Work(), TestContext.Current.CancellationToken),
        ];

        await Assert.ThrowsAsync<QueueFullException>(() => queue.RunAsync(() => 0, TestContext.Current.CancellationToken));

        goOn.Set();
        await Awaited.Within(Task.WhenAll([first, .. waiting]), "all");
        Assert.Equal(1, most);
        Assert.Equal(1, await queue.RunAsync(() => 1, TestContext.Current.CancellationToken));

        int Work(TaskCompletionSource? told = null)
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            told?.SetResult();
            goOn.Wait();
            Interlocked.Decrement(ref atOnce);
            return 1;
        }
    }

    [Fact]
    public async Task Who_gives_up_waiting_makes_room()
    {
        using HashingQueue queue = new(maximumWaiting: 1);
        using ManualResetEventSlim goOn = new();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int> first = queue.RunAsync(
            () =>
            {
                begun.SetResult();
                goOn.Wait();
                return 1;
            },
            TestContext.Current.CancellationToken
        );
        await Awaited.Within(begun.Task, "the first");
        using CancellationTokenSource left = new();
        Task<int> second = queue.RunAsync(() => 2, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Task<int> third = queue.RunAsync(() => 3, TestContext.Current.CancellationToken);
        goOn.Set();

        Assert.Equal(3, await Awaited.Within(third, "the third"));
        Assert.Equal(1, await first);
    }
}
