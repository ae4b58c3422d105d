using OmniIoT.Ports.Desk;

namespace OmniIoT.Grains.Tests;

/// <summary>Who has a conversation before them.</summary>
public sealed class LookerTests
{
    [Fact]
    public async Task Each_is_told_of_the_others_until_they_leave_or_are_silent()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        ILookers lookers = harness.Get<ILookers>();

        IReadOnlyList<Looker> first = await lookers.LookAsync("t1", "ann", isTyping: false);
        IReadOnlyList<Looker> second = await lookers.LookAsync("t1", "bo", isTyping: true);
        IReadOnlyList<Looker> elsewhere = await lookers.LookAsync("t2", "bo", isTyping: false);
        IReadOnlyList<Looker> again = await lookers.LookAsync("t1", "ann", isTyping: false);
        harness.Time.Advance(ILookers.For / 2);
        await lookers.LookAsync("t1", "eve", isTyping: false);
        harness.Time.Advance(ILookers.For / 2);
        IReadOnlyList<Looker> later = await lookers.LookAsync("t1", "ann", isTyping: false);
        await lookers.LeaveAsync("t1", "eve");

        Assert.Empty(first);
        Assert.Equal([new Looker("ann", Typing: false)], second);
        Assert.Empty(elsewhere);
        Assert.Equal([new Looker("bo", Typing: true)], again);
        Assert.Equal([new Looker("eve", Typing: false)], later);
        Assert.Empty(await lookers.LookAsync("t1", "ann", isTyping: false));
    }
}
