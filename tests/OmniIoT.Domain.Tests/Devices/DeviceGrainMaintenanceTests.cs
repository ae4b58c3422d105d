using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainMaintenanceTests
{
    private const double Day = 86_400;

    private const string Model = """
        { "id": "washer", "name": "Washer",
          "metrics": { "temperature": {"unit": "Cel"}, "hours": {"unit": "h", "kind": "counter"} },
          "rules": [ { "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "Hot" } } ],
          "maintenance": [ { "type": "filter", "every": {"usage": "hours", "amount": 500}, "orEvery": "180d", "title": "{{device.name}}: filter change due" } ],
          "verify": { "healthyFor": "1m" } }
        """;

    private readonly DeviceBench _bench = new(model: Model);

    [Fact]
    public void Use_makes_it_due_with_an_alarm_and_a_case_that_the_rule_opened()
    {
        Assert.Empty(Hours(0, 499.9).OfType<PutAlarm>());

        List<Effect> effects = Hours(10, 500);

        Alarm alarm = effects.Single<PutAlarm>().Alarm;
        Case opened = effects.Single<PutCase>().Case;
        Assert.Equal(("filter", Severity.Warning, 500, opened.Id), (alarm.Type, alarm.Severity, alarm.Value, alarm.CaseId));
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(10), alarm.RaisedAt);
        Assert.Equal(("Washer 1: filter change due", CaseOpener.Rule, CasePriority.Low), (opened.Title, opened.OpenedBy, opened.Priority));
        Assert.Equal([TimelineKind.CaseOpened, TimelineKind.AlarmRaised], effects.TimelineKinds());
        Assert.Empty(Hours(20, 501).OfType<PutAlarm>());
    }

    [Fact]
    public void Time_makes_it_due_without_a_message()
    {
        Assert.Equal(DeviceBench.Start + TimeSpan.FromDays(180), _bench.Grain.NextDue());
        Assert.Empty(WakeUp(180 * Day - 1));

        Alarm alarm = WakeUp(181 * Day).Single<PutAlarm>().Alarm;

        Assert.Equal(("filter", DeviceBench.Start + TimeSpan.FromDays(180)), (alarm.Type, alarm.RaisedAt));
        Assert.Null(_bench.Grain.NextDue());
        Assert.Empty(WakeUp(182 * Day));
    }

    [Fact]
    public void Resolving_its_case_says_that_it_was_done_and_both_counts_begin_anew()
    {
        Case opened = Hours(0, 620).Single<PutCase>().Case;

        List<Effect> effects = _bench.Do(
            (grain, decision) => grain.Handle(decision, new ResolveCase(opened.Id, "Changed", "agent:a", null), opened),
            Day
        );

        Assert.NotNull(effects.Single<PutAlarm>().Alarm.ClearedAt);
        Assert.Equal(DeviceBench.Start + TimeSpan.FromDays(181), _bench.Grain.NextDue());
        _bench.Restart();
        for (int second = 0; second <= 60; second += 30)
            Hours(Day + second, 621);
        Assert.Null(_bench.Grain.State.Facts.Case);
        Assert.Empty(Hours(Day + 100, 1119).OfType<PutAlarm>());
        Assert.Equal("filter", Hours(Day + 110, 1120).Single<PutAlarm>().Alarm.Type);
    }

    [Fact]
    public void Clearing_its_alarm_by_hand_says_so_too()
    {
        Alarm alarm = Hours(0, 620).Single<PutAlarm>().Alarm;

        _bench.Do((grain, decision) => grain.Handle(decision, new ClearAlarm(alarm.Id, "agent:a")), 60);

        Assert.Empty(Hours(70, 1000).OfType<PutAlarm>());
        Assert.Single(Hours(80, 1120).OfType<PutAlarm>());
    }

    [Fact]
    public void It_joins_the_devices_unresolved_case()
    {
        Case opened = _bench.Temperature(0, 90).Single<PutCase>().Case;

        Case joined = Hours(10, 500).Single<PutCase>().Case;

        Assert.Equal((opened.Id, 2), (joined.Id, joined.AlarmIds.Count));
    }

    [Fact]
    public void A_counter_that_begins_anew_counts_from_zero()
    {
        Alarm alarm = Hours(0, 620).Single<PutAlarm>().Alarm;
        _bench.Do((grain, decision) => grain.Handle(decision, new ClearAlarm(alarm.Id, "agent:a")), 60);

        Assert.Empty(Hours(70, 3).OfType<PutAlarm>());
        Assert.Single(Hours(80, 500).OfType<PutAlarm>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Use_adds_up_over_every_time_that_the_counter_begins_anew(int times)
    {
        Alarm alarm = Hours(0, 600).Single<PutAlarm>().Alarm;
        _bench.Do((grain, decision) => grain.Handle(decision, new ClearAlarm(alarm.Id, "agent:a")), 1);
        Hours(2, 650);
        for (int i = 0; i < times; i++)
        {
            Hours(10 + (i * 10), 0);
            _bench.Restart();
            Assert.Empty(Hours(11 + (i * 10), 60).OfType<PutAlarm>());
            Hours(3 + (i * 10), 640);
        }
        double left = 500 - 50 - (60 * times);

        Assert.Empty(Hours(100, 60 + left - 0.5).OfType<PutAlarm>());
        Assert.Single(Hours(101, 60 + left).OfType<PutAlarm>());
    }

    [Fact]
    public void What_a_model_asks_for_later_counts_from_then()
    {
        DeviceBench bench = new(model: """{ "id": "washer", "metrics": { "hours": {"kind": "counter"} } }""");
        Assert.Null(bench.Grain.NextDue());
        bench.Edit(Model);

        bench.WakeUp(10 * Day);

        Assert.Equal(DeviceBench.Start + TimeSpan.FromDays(190), bench.Grain.NextDue());
        bench.Edit("""{ "id": "washer", "metrics": { "hours": {"kind": "counter"} } }""");
        bench.WakeUp(11 * Day);
        Assert.Null(bench.Grain.NextDue());
    }

    private List<Effect> Hours(double second, double hours) =>
        _bench.Send(
            second,
            "telemetry",
            System.Text.Json.JsonSerializer.Serialize(
                new { ts = (DeviceBench.Start + TimeSpan.FromSeconds(second)).UnixMilliseconds, values = new { hours } }
            )
        );

    private List<Effect> WakeUp(double second) => _bench.WakeUp(second);
}
