using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>Readings that come late: alarms are what they would be had all come in time.</summary>
public sealed class DeviceGrainLateTests
{
    private const string Hot = """
        { "id": "washer", "name": "Washer", "metrics": { "temperature": {"unit": "Cel"} }, "commands": { "slow-spin": {} },
          "rules": [
            { "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "Hot" },
              "notify": { "text": "Your {{model.name}} is hot." } } ] }
        """;

    private const double StaleSeconds = 16 * 60;

    private readonly DeviceBench _bench = new(model: Hot);

    [Fact]
    public void An_alarm_that_was_over_before_it_was_known_is_told_with_its_own_times()
    {
        _bench.Temperature(60, 20);

        List<Effect> effects = Late(arrivesAt: 61, measuredAt: 30, 95);

        Alarm alarm = effects.Single<PutAlarm>().Alarm;
        Assert.Equal((At(30), At(60), 95), (alarm.RaisedAt, alarm.ClearedAt, alarm.Value));
        Assert.Equal(
            [(TimelineKind.AlarmRaised, At(30)), (TimelineKind.AlarmCleared, At(60))],
            effects.OfType<AppendTimeline>().Select(put => (put.Entry.Kind, put.Entry.At)).Where(entry => entry.Kind != "case.opened")
        );
        Assert.Equal(alarm.CaseId, effects.Single<PutCase>().Case.Id);
        Assert.Empty(_bench.Grain.State.Facts.Alarms);
        Assert.IsType<NoticeDue>(effects.Single<Tell>().Letter.Content);
    }

    [Fact]
    public void One_that_is_old_news_tells_nobody()
    {
        _bench.Temperature(60, 20);

        List<Effect> effects = Late(arrivesAt: StaleSeconds + 60, measuredAt: 30, 95);

        Assert.Equal(At(30), effects.Single<PutAlarm>().Alarm.RaisedAt);
        Assert.Empty(effects.OfType<Tell>());
    }

    [Fact]
    public void A_held_duration_that_ended_long_ago_raises_nothing_opens_nothing_and_tells_nobody()
    {
        DeviceBench bench = new(model: Hot.Replace("> 80", "> 80 for 10m", StringComparison.Ordinal));
        bench.Temperature(7200, 85);

        Assert.Empty(Late(bench, arrivesAt: 7201, measuredAt: 0, 90));
    }

    [Fact]
    public void A_standing_alarm_began_earlier_and_is_the_same_one()
    {
        Alarm told = _bench.Temperature(60, 95).Single<PutAlarm>().Alarm;

        List<Effect> effects = Late(arrivesAt: 61, measuredAt: 30, 90);

        Assert.Equal(told with { RaisedAt = At(30), FirstSymptomAt = At(30) }, effects.Single<PutAlarm>().Alarm);
        Assert.Equal(effects.Single<PutAlarm>().Alarm, Assert.Single(_bench.Grain.State.Facts.Alarms));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_alarm_that_ended_earlier_is_the_same_one_and_who_has_seen_it_stays_on_record(bool acknowledged)
    {
        Alarm told = _bench.Temperature(0, 95).Single<PutAlarm>().Alarm;
        told = _bench.Temperature(60, 20).Single<PutAlarm>().Alarm;
        if (acknowledged)
        {
            AcknowledgeAlarm request = new(told.Id, "agent:eve");
            told = _bench.Do((grain, decision) => grain.Handle(decision, request, told)).Single<PutAlarm>().Alarm;
        }

        List<Effect> effects = Late(arrivesAt: 61, measuredAt: 30, 20);

        Assert.Equal(told with { ClearedAt = At(30) }, effects.Single<PutAlarm>().Alarm);
        Assert.Empty(effects.OfType<AppendTimeline>());
    }

    [Fact]
    public void A_late_reading_parts_one_alarm_in_two()
    {
        string first = _bench.Temperature(0, 95).Single<PutAlarm>().Alarm.Id;
        _bench.Temperature(60, 95);

        List<Effect> effects = Late(arrivesAt: 61, measuredAt: 30, 20);

        Assert.Equal(
            [(At(0), At(30)), (At(60), null)],
            effects.OfType<PutAlarm>().Select(put => (put.Alarm.RaisedAt, put.Alarm.ClearedAt)).Distinct()
        );
        Assert.NotEqual(first, Assert.Single(_bench.Grain.State.Facts.Alarms).Id);
    }

    [Fact]
    public void One_that_never_was_ends_where_it_began_and_says_why()
    {
        DeviceBench bench = new(model: Hot.Replace("> 80", "> 80 for 30s", StringComparison.Ordinal));
        bench.Temperature(0, 85);
        Alarm told = bench.Temperature(30, 85).Single<PutAlarm>().Alarm;

        List<Effect> effects = Late(bench, arrivesAt: 31, measuredAt: 15, 20);

        Assert.Equal(told with { ClearedAt = told.RaisedAt }, effects.Single<PutAlarm>().Alarm);
        Assert.Equal("Late readings show that it never was so", effects.Single<AppendTimeline>().Entry.Text);
        Assert.Empty(bench.Grain.State.Facts.Alarms);
    }

    [Fact]
    public void One_that_was_told_to_be_over_goes_on()
    {
        DeviceBench bench = new(model: Hot.Replace("> 80\"", "> 80\", \"clear\": \"temperature < 75 for 30s\"", StringComparison.Ordinal));
        Alarm told = bench.Temperature(0, 85).Single<PutAlarm>().Alarm;
        bench.Temperature(30, 70);
        Assert.NotNull(bench.Temperature(60, 70).Single<PutAlarm>().Alarm.ClearedAt);

        List<Effect> effects = Late(bench, arrivesAt: 61, measuredAt: 45, 78);

        Assert.Equal((told.Id, null), (effects.Single<PutAlarm>().Alarm.Id, effects.Single<PutAlarm>().Alarm.ClearedAt));
        Assert.Equal(told.Id, Assert.Single(bench.Grain.State.Facts.Alarms).Id);
        Assert.Empty(effects.OfType<PutCase>());
        Assert.Equal(At(90), bench.Temperature(90, 70).Single<PutAlarm>().Alarm.ClearedAt);
    }

    [Fact]
    public void No_remedy_is_tried_for_what_is_over_and_no_case_opens_for_what_was_short()
    {
        DeviceBench bench = new(
            model: Hot.Replace(
                "\"case\"",
                """ "remedy": { "command": "slow-spin", "waitSeconds": 120 }, "case" """,
                StringComparison.Ordinal
            )
        );
        bench.Temperature(60, 20);

        List<Effect> effects = Late(bench, arrivesAt: 61, measuredAt: 30, 95);

        Assert.NotNull(effects.Single<PutAlarm>().Alarm.ClearedAt);
        Assert.Empty(effects.OfType<PutCase>());
        Assert.Empty(bench.Grain.State.Facts.Commands);
    }

    [Fact]
    public void What_was_over_before_the_repair_is_no_relapse()
    {
        Case opened = _bench.Temperature(0, 95).Single<PutCase>().Case;
        _bench.Temperature(60, 20);
        _bench.Temperature(100, 20);
        _bench.Do((grain, decision) => grain.Handle(decision, new ResolveCase(opened.Id, "fixed", "agent:eve", null), opened), 120);

        List<Effect> effects = Late(arrivesAt: 130, measuredAt: 80, 95);

        Assert.Equal((At(80), At(100)), (effects.Single<PutAlarm>().Alarm.RaisedAt, effects.Single<PutAlarm>().Alarm.ClearedAt));
        Assert.Equal(CaseStatus.Verifying, effects.Single<PutCase>().Case.Status);
    }

    private List<Effect> Late(double arrivesAt, double measuredAt, double celsius) => Late(_bench, arrivesAt, measuredAt, celsius);

    private static List<Effect> Late(DeviceBench bench, double arrivesAt, double measuredAt, double celsius) =>
        bench.Send(arrivesAt, "telemetry", $$$"""{"ts":{{{At(measuredAt).UnixMilliseconds}}},"values":{"temperature":{{{celsius}}}}}""");

    private static Instant At(double second) => DeviceBench.Start + TimeSpan.FromSeconds(second);
}
