using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class KeepAliveTimerTests
{
    private static readonly TimeSpan Third = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private long _written;
    private long _received;
    private int _pings;
    private int _givenUp;

    [Fact]
    [Statement("MQTT-3.1.2-20", ProtocolVersion.V5), Statement("MQTT-3.1.2-23", ProtocolVersion.V311)]
    public async Task A_quiet_connection_pings_within_the_interval_and_lives_while_answers_come()
    {
        await using KeepAliveTimer timer = Start();

        for (int look = 1; look <= 5; look++)
        {
            _time.Advance(Third);
            _received++;
            Assert.Equal(look, _pings);
        }

        Assert.Equal(0, _givenUp);
    }

    [Fact]
    public async Task A_busy_connection_does_not_ping()
    {
        await using KeepAliveTimer timer = Start();
        for (int look = 0; look < 5; look++)
        {
            _written++;
            _received++;
            _time.Advance(Third);
        }

        Assert.Equal(0, _pings);
    }

    [Fact]
    public async Task A_connection_that_only_sends_pings_too_and_gives_up_when_nothing_comes()
    {
        await using KeepAliveTimer timer = Start();

        _written++;
        _time.Advance(Third);
        Assert.Equal((1, 0), (_pings, _givenUp));
        _written++;
        _time.Advance(Third);

        Assert.Equal((1, 1), (_pings, _givenUp));
    }

    private KeepAliveTimer Start() => new(TimeSpan.FromSeconds(60), _time, () => (_written, _received), Ping, () => _givenUp++);

    private void Ping()
    {
        _pings++;
        _written += 2;
    }
}
