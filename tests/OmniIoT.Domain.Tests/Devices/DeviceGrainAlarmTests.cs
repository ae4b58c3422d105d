using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainAlarmTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void A_device_that_is_worked_on_raises_alarms_that_open_no_case_and_tell_nobody_until_the_work_is_done()
    {
        _bench.Do(
            (grain, decision) =>
                grain.Replace(decision, new RegisterDevice("washer", "ann", null, "Washer 1", Maintenance: true), DeviceBench.Alone)
        );

        List<Effect> meanwhile = _bench.Overheat();
        List<Effect> afterwards = _bench.Do(
            (grain, decision) => grain.Replace(decision, new RegisterDevice("washer", "ann", null, "Washer 1"), DeviceBench.Alone),
            60
        );

        Assert.Null(meanwhile.Single<PutAlarm>().Alarm.CaseId);
        Assert.Empty(meanwhile.OfType<PutCase>());
        Assert.Empty(meanwhile.OfType<Tell>());
        Assert.Equal(afterwards.Single<PutCase>().Case.Id, afterwards.Single<PutAlarm>().Alarm.CaseId);
    }

    [Fact]
    public void An_alarm_has_the_owner_told_in_words_that_are_ready_unless_it_is_old_news()
    {
        NoticeDue due = Assert.IsType<NoticeDue>(_bench.Overheat().Single<Tell>().Letter.Content);
        _bench.Temperature(60, 70);
        _bench.Send(
            2000,
            "telemetry",
            $$$"""{"ts":{{{(DeviceBench.Start + TimeSpan.FromSeconds(61)).UnixMilliseconds}}},"values":{"temperature":85}}"""
        );
        List<Effect> late = _bench.Send(
            2001,
            "telemetry",
            $$$"""{"ts":{{{(DeviceBench.Start + TimeSpan.FromSeconds(95)).UnixMilliseconds}}},"values":{"temperature":85}}"""
        );

        Assert.Equal(("ann", "w1", "overheat", "Your Washer is hot."), (due.CustomerId, due.DeviceId, due.AlarmType, due.Text));
        Assert.Contains(TimelineKind.AlarmRaised, late.TimelineKinds());
        Assert.Empty(late.OfType<Tell>());
    }

    [Fact]
    public void A_rule_that_held_long_enough_raises_an_alarm_opens_a_case_and_tells_the_customer_in_one_decision()
    {
        List<Effect> effects = _bench.Overheat();

        Alarm alarm = effects.OfType<PutAlarm>().Last().Alarm;
        Case opened = effects.Single<PutCase>().Case;
        Assert.Equal(
            ("overheat", AlarmState.Active, DeviceBench.Start, DeviceBench.Start + TimeSpan.FromSeconds(30)),
            (alarm.Type, alarm.State, alarm.FirstSymptomAt, alarm.RaisedAt)
        );
        Assert.Equal(85, alarm.Value);
        Assert.Equal(new AlarmThreshold("temperature", ">", 80), alarm.Threshold);
        Assert.Equal(
            (alarm.CaseId, "Washer 1 runs hot", CaseStatus.Open, CasePriority.High),
            (opened.Id, opened.Title, opened.Status, opened.Priority)
        );
        Assert.Equal(DeviceBench.Start, opened.FirstSymptomAt);
        Assert.Equal(
            [TimelineKind.AlarmRaised, TimelineKind.CaseOpened],
            effects.OfType<AppendTimeline>().Select(entry => entry.Entry).OrderBy(entry => (entry.At, entry.Id)).Select(entry => entry.Kind)
        );
        Assert.All(effects.OfType<AppendTimeline>(), entry => Assert.Equal("ann", entry.Entry.CustomerId));
        NoticeDue due = Assert.IsType<NoticeDue>(effects.Single<Tell>().Letter.Content);
        Assert.Equal(("ann", alarm.Id, opened.Id), (due.CustomerId, due.AlarmId, due.CaseId));
    }

    [Fact]
    public void A_message_without_a_time_does_not_make_late_what_was_measured_before_it()
    {
        _bench.Send(0, "twin/reported", """{"firmware":"1.2"}""");

        _bench.Temperature(-3600, 85);
        _bench.Send(1, "twin/reported", """{"firmware":"1.3"}""");
        List<Effect> effects = _bench.Temperature(-3570, 85);

        Assert.Equal(DeviceBench.Start - TimeSpan.FromSeconds(3570), effects.OfType<PutAlarm>().Last().Alarm.RaisedAt);
    }

    [Fact]
    public void More_hot_messages_raise_no_second_alarm_and_no_second_case()
    {
        _bench.Overheat();

        Assert.Empty(_bench.Temperature(40, 90));
        Assert.Empty(_bench.Temperature(50, 95));
    }

    [Fact]
    public void A_later_alarm_of_another_type_joins_the_unresolved_case()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        List<Effect> effects = _bench.Send(40, "telemetry", """{"values":{"door":"open"}}""");

        Case joined = effects.Single<PutCase>().Case;
        Assert.Equal((opened.Id, 2, opened.Version + 1), (joined.Id, joined.AlarmIds.Count, joined.Version));
        Assert.Equal(opened.Id, effects.OfType<PutAlarm>().Last().Alarm.CaseId);
    }

    [Fact]
    public void A_rule_without_a_case_opens_none()
    {
        List<Effect> effects = _bench.Send(0, "telemetry", """{"values":{"door":"open"}}""");

        Assert.Empty(effects.OfType<PutCase>());
        Assert.Null(effects.Single<PutAlarm>().Alarm.CaseId);
    }

    [Fact]
    public void The_clear_condition_clears_the_alarm_in_device_time()
    {
        _bench.Overheat();

        List<Effect> effects = _bench.Temperature(60, 70);

        Alarm cleared = effects.Single<PutAlarm>().Alarm;
        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(60), cleared.ClearedAt);
        Assert.Equal([TimelineKind.AlarmCleared], effects.TimelineKinds());
        Assert.Empty(_bench.Grain.State.Facts.Alarms);
    }

    [Fact]
    public void A_duration_goes_on_over_a_restart()
    {
        _bench.Temperature(0, 85);
        _bench.Temperature(20, 85);
        _bench.Restart();

        List<Effect> effects = _bench.Temperature(30, 85);

        Assert.Equal(DeviceBench.Start, effects.OfType<PutAlarm>().First().Alarm.FirstSymptomAt);
    }

    [Fact]
    public void Readings_that_come_behind_a_twin_report_are_not_late()
    {
        _bench.Send(40, "twin/reported", """{"firmware":"1.2"}""");

        Assert.Contains(TimelineKind.AlarmRaised, _bench.Overheat().TimelineKinds());
    }

    [Fact]
    public void A_re_sent_message_with_a_number_has_no_effect()
    {
        _bench.Temperature(0, 20, seq: 7);
        _bench.Decision.Telemetry.Clear();

        Assert.Empty(_bench.Temperature(0, 20, seq: 7));
        Assert.True(_bench.Decision.Telemetry.IsEmpty);
    }

    [Fact]
    public void Trouble_in_late_data_opens_a_case_but_bothers_nobody()
    {
        List<Effect> effects = [];
        for (int at = 0; at <= 30; at += 10)
        {
            long ts = (DeviceBench.Start + TimeSpan.FromSeconds(at)).UnixMilliseconds;
            effects.AddRange(_bench.Send(16 * 60 + at, "telemetry", $$$"""{"ts":{{{ts}}},"values":{"temperature":85}}"""));
        }

        Assert.Single(effects.OfType<PutCase>());
        Assert.DoesNotContain(TimelineKind.MessageSent, effects.TimelineKinds());
        Assert.Empty(effects.OfType<Enqueue>());
    }

    [Fact]
    public void A_clock_that_is_ahead_is_judged_at_arrival_and_stored_as_sent()
    {
        long ahead = (DeviceBench.Start + TimeSpan.FromHours(1)).UnixMilliseconds;
        _bench.Send(0, "telemetry", $$$"""{"ts":{{{ahead}}},"values":{"temperature":20}}""");

        _bench.Temperature(5, 21);

        Assert.Equal(DeviceBench.Start + TimeSpan.FromSeconds(5), _bench.Grain.State.DeviceTime);
        List<Instant> stored = [];
        TelemetryBlockReader.Read(
            _bench.Decision.Telemetry.Take(),
            static (_, _) => { },
            (int _, Instant at, long? _, in MetricValue _) => stored.Add(at)
        );
        Assert.Equal([new Instant(ahead), DeviceBench.Start + TimeSpan.FromSeconds(5)], stored);
    }

    [Fact]
    public void A_time_more_than_a_day_ahead_is_refused_and_its_neighbours_count()
    {
        long absurd = (DeviceBench.Start + TimeSpan.FromHours(25)).UnixMilliseconds;
        string wrong = $$$"""{"ts":{{{absurd}}},"values":{"temperature":99}}""";

        Refusal? alone = _bench.TrySend(0, "telemetry", wrong);
        Assert.Equal(DeadLetterReason.Future, alone?.Reason);
        Assert.Null(_bench.Grain.State.LastSeenAt);
        Assert.True(_bench.Decision.Telemetry.IsEmpty);
        Refusal? refusal = _bench.TrySend(1, "telemetry", $$$"""[{{{wrong}}},{"seq":7,"values":{"temperature":20}},{{{wrong}}}]""");

        Assert.Equal(
            [(DeadLetterReason.Future, wrong), (DeadLetterReason.Future, wrong)],
            refusal!.Parts.Select(part => (part.Reason, Encoding.UTF8.GetString(part.Payload)))
        );
        Assert.NotNull(_bench.Grain.State.LastSeenAt);
        Assert.False(_bench.Decision.Telemetry.IsEmpty);
    }

    [Fact]
    public void Silence_raises_its_alarm_by_the_timer_and_the_next_message_clears_it()
    {
        _bench.Temperature(0, 20);
        Assert.Equal(DeviceBench.Start + TimeSpan.FromMinutes(15), _bench.Grain.NextDue());

        List<Effect> raised = _bench.WakeUp(15 * 60);
        Assert.Equal("silent", raised.Single<PutAlarm>().Alarm.Type);

        List<Effect> cleared = _bench.Temperature(16 * 60, 20);
        Assert.NotNull(cleared.Single<PutAlarm>().Alarm.ClearedAt);
    }

    [Fact]
    public void A_device_that_nobody_owns_writes_on_no_timeline_but_has_its_case()
    {
        DeviceBench orphan = new(customerId: null);

        List<Effect> effects = orphan.Overheat();

        Assert.Null(effects.Single<PutCase>().Case.CustomerId);
        Assert.All(effects.OfType<AppendTimeline>(), entry => Assert.Null(entry.Entry.CustomerId));
    }

    [Fact]
    public void An_unknown_topic_below_the_root_is_refused_with_its_reason()
    {
        Assert.Equal(DeadLetterReason.WrongShape, _bench.TrySend(0, "telemetri", "{}")?.Reason);
    }
}
