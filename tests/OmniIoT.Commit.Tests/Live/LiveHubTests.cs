using OmniIoT.Commit.Live;
using OmniIoT.TestKit;

namespace OmniIoT.Commit.Tests.Live;

public sealed class LiveHubTests
{
    [Fact]
    public void A_device_that_was_touched_is_taken_once()
    {
        LiveHub hub = new();
        using LiveHub.Watcher watcher = hub.Watch();
        hub.Touch("d1");
        hub.Touch("d1");
        hub.Touch("d2");

        Assert.Equal(["d1", "d2"], watcher.TakeTouched().Order());
        Assert.Empty(watcher.TakeTouched());
    }

    [Fact]
    public async Task Nothing_that_is_touched_while_it_is_taken_gets_lost()
    {
        const int Touches = 800_000;
        LiveHub hub = new();
        using LiveHub.Watcher watcher = hub.Watch();
        HashSet<string> taken = [];

        Task touching = Task.Run(() =>
        {
            for (int i = 0; i < Touches; i++)
                hub.Touch($"d{i}");
        });
        while (!touching.IsCompleted)
            taken.UnionWith(watcher.TakeTouched());
        await Awaited.Within(touching, "end of touching");
        taken.UnionWith(watcher.TakeTouched());

        Assert.Equal(Touches, taken.Count);
    }
}
