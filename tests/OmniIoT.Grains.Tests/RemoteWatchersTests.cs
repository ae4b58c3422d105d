using Microsoft.Extensions.Time.Testing;
using OmniIoT.Commit.Live;
using OmniIoT.Grains.Processes;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Grains.Tests;

public sealed class RemoteWatchersTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly LiveHub _hub = new();
    private readonly RemoteWatchers _watchers;

    public RemoteWatchersTests() => _watchers = new RemoteWatchers(_hub, _time);

    [Fact]
    public void What_changed_is_told_once_to_each_process_that_asks()
    {
        _watchers.Take("a");
        _watchers.Take("b");
        _hub.Touch("d1");

        Assert.Equal(["d1"], _watchers.Take("a"));
        Assert.Equal(["d1"], _watchers.Take("b"));
        Assert.Empty(_watchers.Take("a"));
    }

    [Fact]
    public async Task Nothing_that_changes_while_several_questions_come_at_once_is_lost()
    {
        const int Changes = 20_000;
        HashSet<string> told = [];
        _watchers.Take("a");
        Task changing = Task.Run(
            () =>
            {
                for (int i = 0; i < Changes; i++)
                    _hub.Touch($"d{i}");
            },
            TestContext.Current.CancellationToken
        );
        do
        {
            IReadOnlyCollection<string>[] answers = new IReadOnlyCollection<string>[2];
            Parallel.Invoke(() => answers[0] = _watchers.Take("a"), () => answers[1] = _watchers.Take("a"), () => _watchers.Take("b"));
            told.UnionWith(answers[0].Concat(answers[1]));
        } while (!changing.IsCompleted);
        told.UnionWith(_watchers.Take("a"));

        Assert.Equal(Changes, told.Count);
    }

    [Fact]
    public void Who_asks_again_just_after_its_lease_ran_out_has_what_changed_meanwhile()
    {
        _watchers.Take("a");
        _time.Advance(TimeSpan.FromSeconds(11));
        _hub.Touch("d1");

        Assert.Equal(["d1"], _watchers.Take("a"));
    }

    [Fact]
    public void A_process_that_asks_no_more_is_forgotten_and_costs_nothing()
    {
        _watchers.Take("a");
        _time.Advance(TimeSpan.FromSeconds(11));
        _watchers.Take("b");
        _hub.Touch("d1");

        Assert.Empty(_watchers.Take("a"));
    }
}
