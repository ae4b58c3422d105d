using Microsoft.Extensions.Time.Testing;
using OmniIoT.Ports;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class IdGeneratorTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Fact]
    public void Ids_rise_within_a_millisecond_and_with_time()
    {
        IdGenerator ids = new(_time, new Random(2));
        List<string> made = [.. Enumerable.Range(0, 10_000).Select(_ => ids.Next())];
        _time.Advance(TimeSpan.FromSeconds(10));
        made.Add(ids.Next());

        Assert.Equal(made.Order(StringComparer.Ordinal).Distinct(), made);
        Assert.All(made, id => Assert.Equal(32, id.Length));
    }
}
