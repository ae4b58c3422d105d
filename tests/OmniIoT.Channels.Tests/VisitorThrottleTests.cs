using System.Net;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.WebChat;
using OmniIoT.TestKit.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class VisitorThrottleTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    [Fact]
    public async Task An_address_brings_sixty_visitors_a_minute_and_then_waits_for_the_next()
    {
        VisitorThrottle throttle = new(new LocalAttempts(_time));

        for (int i = 0; i < 60; i++)
            Assert.True(await throttle.AdmitAsync(IPAddress.Loopback));
        Assert.False(await throttle.AdmitAsync(IPAddress.Loopback));
        Assert.True(await throttle.AdmitAsync(IPAddress.IPv6Loopback));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await throttle.AdmitAsync(IPAddress.Loopback));
    }
}
