using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>A clock of ours was years ahead, was believed, and is right again: what was begun meanwhile does not wait for years.</summary>
public sealed class DeviceFutureTests
{
    private const double Ahead = 1200 * 86_400.0;

    private readonly DeviceBench _bench = new();

    [Fact]
    public void A_command_has_the_time_that_it_was_given_from_now_on()
    {
        _bench.Temperature(0, 20);
        DeviceCommand sent = Send("restart", Ahead);

        DeviceCommand renewed = _bench.WakeUp(10).Single<PutCommand>().Command;
        List<Effect> early = _bench.WakeUp(69);
        DeviceCommand ended = _bench.WakeUp(70).Single<PutCommand>().Command;

        Assert.Equal(TimeSpan.FromSeconds(60), sent.ExpiresAt - sent.CreatedAt);
        Assert.Equal((sent.Id, At(10), At(70)), (renewed.Id, renewed.CreatedAt, renewed.ExpiresAt));
        Assert.Empty(early.OfType<PutCommand>());
        Assert.Equal((sent.Id, CommandStatus.Expired), (ended.Id, ended.Status));
    }

    [Fact]
    public void A_remedy_is_waited_for_as_long_as_its_rule_says_and_then_a_case_opens()
    {
        _bench.Temperature(0, 20);
        List<Effect> raised = _bench.Temperature(Ahead, 105);

        _bench.WakeUp(10);
        List<Effect> early = _bench.WakeUp(129);
        List<Effect> late = _bench.WakeUp(131);

        Assert.Equal("boiling", raised.Single<PutAlarm>().Alarm.Type);
        Assert.Empty(early.OfType<PutCase>());
        Assert.Equal("Boiling", late.Single<PutCase>().Case.Title);
        Assert.Empty(_bench.Grain.State.Facts.Remedies);
    }

    [Fact]
    public void A_device_that_falls_silent_is_missed_after_the_time_that_its_rule_says()
    {
        _bench.Temperature(Ahead, 20);
        Instant misled = _bench.Grain.NextDue()!.Value;

        _bench.WakeUp(0);
        Instant due = _bench.Grain.NextDue()!.Value;
        Alarm silent = _bench.WakeUp(901).Single<PutAlarm>().Alarm;

        Assert.True(misled > At(Ahead));
        Assert.Equal(At(900), due);
        Assert.Equal("silent", silent.Type);
    }

    [Fact]
    public void What_was_asked_for_by_a_clock_a_little_ahead_stays_as_it_is()
    {
        _bench.Temperature(0, 20);
        DeviceCommand sent = Send("restart", 3_600);

        Assert.Empty(_bench.WakeUp(10).OfType<PutCommand>());
        Assert.Equal(sent.ExpiresAt, Assert.Single(_bench.Grain.State.Facts.Commands).ExpiresAt);
    }

    private static Instant At(double seconds) => DeviceBench.Start + TimeSpan.FromSeconds(seconds);

    private DeviceCommand Send(string name, double atSeconds) =>
        _bench
            .Do((grain, decision) => grain.Handle(decision, new SendCommand(name, null, null, "api")), atSeconds)
            .OfType<PutCommand>()
            .Last()
            .Command;
}
