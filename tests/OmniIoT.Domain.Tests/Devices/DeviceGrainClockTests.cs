using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>A clock of ours that was years ahead, and is right again.</summary>
public sealed class DeviceGrainClockTests
{
    private const double YearsAhead = 1200 * 86_400;

    private readonly DeviceBench _bench = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_it_left_in_the_future_is_replaced_by_what_comes_and_rules_judge_again(bool restarted)
    {
        _bench.Send(YearsAhead, "telemetry", """{"seq":1,"values":{"temperature":20,"door":"closed"}}""");
        _bench.Send(YearsAhead, "location", """{"lat":40,"lon":49}""");
        if (restarted)
            _bench.Restart();

        List<Effect> raised = _bench.Overheat(fromSeconds: 100);
        _bench.Send(131, "location", """{"lat":41,"lon":49}""");

        Assert.Equal("overheat", raised.Single<PutAlarm>().Alarm.Type);
        TwinView twin = DeviceTwin.View(_bench.Grain.State, _ => true);
        Assert.Equal(85, (double)twin.Values["temperature"].Value!);
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(130), twin.Values["temperature"].At);
        Assert.Equal((41, DeviceBench.Start + TimeSpan.FromSeconds(131)), (twin.Location!.Lat, twin.Location.At));
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(131), twin.LastSeenAt);
    }

    [Fact]
    public void An_alarm_that_was_raised_meanwhile_stands_until_it_is_over()
    {
        _bench.Send(YearsAhead, "telemetry", """{"values":{"door":"open"}}""");

        List<Effect> still = _bench.Send(10, "telemetry", """{"values":{"door":"open"}}""");
        List<Effect> cleared = _bench.Send(20, "telemetry", """{"values":{"door":"closed"}}""");

        Assert.DoesNotContain(still, effect => effect is PutAlarm);
        Assert.NotNull(cleared.Single<PutAlarm>().Alarm.ClearedAt);
    }

    [Fact]
    public void A_number_that_was_taken_then_is_known_afterwards()
    {
        _bench.Send(YearsAhead, "telemetry", """{"seq":5,"values":{"temperature":20}}""");

        _bench.Temperature(10, 30, seq: 5);
        Assert.Equal(20, _bench.Grain.State.Values[0].Value.Number);
        _bench.Temperature(20, 30, seq: 6);
        Assert.Equal(30, _bench.Grain.State.Values[0].Value.Number);
    }

    [Fact]
    public void Silence_is_noticed_again()
    {
        _bench.Send(YearsAhead, "telemetry", """{"values":{"temperature":20}}""");

        _bench.WakeUp(0);
        Assert.NotNull(_bench.Grain.NextDue());

        Assert.Equal("silent", _bench.WakeUp(16 * 60).Single<PutAlarm>().Alarm.Type);
    }
}
