using System.Net;
using OmniIoT.Channels.WebChat;

namespace OmniIoT.Channels.Tests;

public sealed class VisitorThrottleTests
{
    private readonly StoppedClock _clock = new();

    [Fact]
    public void An_address_brings_sixty_visitors_a_minute_and_then_waits_for_the_next()
    {
        VisitorThrottle throttle = new(_clock);

        Assert.All(Enumerable.Range(0, 60), _ => Assert.True(throttle.Admit(IPAddress.Loopback)));
        Assert.False(throttle.Admit(IPAddress.Loopback));
        Assert.True(throttle.Admit(IPAddress.IPv6Loopback));

        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.True(throttle.Admit(IPAddress.Loopback));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
