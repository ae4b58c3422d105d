using OmniIoT.Commit.Live;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Live;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

public sealed class ChangeFeedTests
{
    private readonly FakeLog _log = new();

    [Fact]
    public async Task A_new_subscriber_starts_with_what_happens_next()
    {
        _log.Append(3);
        using ChangeSubscription subscription = await new ChangeFeed(_log, new LiveHub()).OpenAsync(null, CancellationToken.None);

        _log.Append(1);

        long[] next = await NextAsync(subscription);

        Assert.Equal([4], next);
    }

    [Fact]
    public async Task A_subscriber_who_comes_back_gets_what_was_missed_first()
    {
        _log.Append(5);
        using ChangeSubscription subscription = await new ChangeFeed(_log, new LiveHub()).OpenAsync(2, CancellationToken.None);

        long[] next = await NextAsync(subscription);

        Assert.Equal([3, 4, 5], next);
        Assert.Equal(5, subscription.Position);
    }

    [Fact]
    public async Task A_position_from_another_life_of_the_log_starts_at_its_end()
    {
        _log.Append(2);
        using ChangeSubscription subscription = await new ChangeFeed(_log, new LiveHub()).OpenAsync(999, CancellationToken.None);

        Assert.Equal(2, subscription.Position);
    }

    private static async Task<long[]> NextAsync(ChangeSubscription subscription) =>
        [.. (await Awaited.Within(subscription.NextAsync(CancellationToken.None), "change")).Select(change => change.Sequence)];

    private sealed class FakeLog : IChangeLog
    {
        private readonly List<Change> _changes = [];

        public bool IsShared => false;

        public void Append(int count)
        {
            for (int i = 0; i < count; i++)
                _changes.Add(new Change(_changes.Count + 1, new Instant(0), "case", null, null, "{}"u8.ToArray()));
        }

        public ValueTask<IReadOnlyList<Change>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<Change>>([.. _changes.Where(change => change.Sequence > sequence).Take(limit)]);

        public ValueTask<long> LastAsync(CancellationToken cancellationToken) => ValueTask.FromResult((long)_changes.Count);
    }
}
