using Microsoft.Extensions.Time.Testing;
using OmniIoT.Ports;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class IdGeneratorTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Theory, InlineData(0), InlineData(1), InlineData(59_000)]
    public void An_id_is_greater_than_one_of_a_process_whose_clock_is_ahead(int milliseconds)
    {
        string other = Ahead(milliseconds).Next();
        IdGenerator ids = new(_time, new Random(2));

        string own = ids.Next(other);

        Assert.True(string.CompareOrdinal(own, other) > 0, $"{own} is not behind {other}.");
        Assert.True(string.CompareOrdinal(ids.Next(), own) > 0);
    }

    [Fact]
    public void A_clock_that_is_wrong_is_not_followed()
    {
        IdGenerator ids = new(_time, new Random(2));

        string own = ids.Next(Ahead(3_600_000).Next());

        Assert.True(string.CompareOrdinal(own, Ahead(60_000).Next()) < 0, own);
        Assert.Equal(32, ids.Next("no id of ours").Length);
    }

    private IdGenerator Ahead(int milliseconds) =>
        new(new FakeTimeProvider(_time.GetUtcNow().AddMilliseconds(milliseconds)), new Random(1));
}
