using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainCaseTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void Resolving_verifies_first_and_healthy_telemetry_resolves()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Case verifying = Resolve(opened, 70);
        Assert.Equal((CaseStatus.Verifying, null), (verifying.Status, verifying.ResolvedAt));

        for (int at = 120; at <= 660; at += 60)
            Assert.Empty(_bench.Temperature(at, 70).OfType<PutCase>());
        List<Effect> effects = _bench.Temperature(671, 70);

        Case resolved = effects.Single<PutCase>().Case;
        Assert.Equal((CaseStatus.Resolved, DeviceBench.Start + TimeSpan.FromSeconds(671)), (resolved.Status, resolved.ResolvedAt));
        Assert.Contains(TimelineKind.CaseResolved, effects.TimelineKinds());
        Assert.Null(_bench.Grain.State.Facts.Case);
    }

    [Fact]
    public void A_repair_of_a_device_whose_clock_is_slow_is_verified_as_soon_as_of_any_other()
    {
        const int Behind = 7200;
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Late(60);
        Resolve(opened, Behind + 70);

        for (int at = 120; at <= 660; at += 60)
            Assert.Empty(Late(at).OfType<PutCase>());
        Assert.Equal(CaseStatus.Resolved, Late(671).Single<PutCase>().Case.Status);

        List<Effect> Late(int measuredAt) =>
            _bench.Send(
                Behind + measuredAt,
                "telemetry",
                $$$"""{"ts":{{{(DeviceBench.Start + TimeSpan.FromSeconds(measuredAt)).UnixMilliseconds}}},"values":{"temperature":70}}"""
            );
    }

    [Fact]
    public void While_the_alarm_is_active_no_time_counts_as_healthy()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Resolve(opened, 40);
        for (int at = 60; at <= 900; at += 60)
            Assert.Empty(_bench.Temperature(at, 85).OfType<PutCase>());
        _bench.Temperature(960, 70);

        for (int at = 1080; at <= 1500; at += 60)
            Assert.Empty(_bench.Temperature(at, 70).OfType<PutCase>());
        Assert.Equal(CaseStatus.Resolved, _bench.Temperature(1560, 70).Single<PutCase>().Case.Status);
    }

    [Fact]
    public void Silence_is_not_health()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Resolve(opened, 70);

        Assert.Empty(_bench.Temperature(1000, 70).OfType<PutCase>());
        Assert.Empty(_bench.Temperature(2000, 70).OfType<PutCase>());
        Assert.Empty(_bench.Temperature(2120, 70).OfType<PutCase>());
        Assert.Empty(_bench.Temperature(2239, 70).OfType<PutCase>());
        Assert.Empty(_bench.Send(2300, "events", """{"type":"info"}""").OfType<PutCase>());

        Assert.Equal(CaseStatus.Resolved, _bench.Temperature(2240, 70).Single<PutCase>().Case.Status);
    }

    [Fact]
    public void An_alarm_that_joins_while_the_repair_is_verified_stops_the_count()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Resolve(opened, 70);

        Case joined = _bench.Send(100, "telemetry", Door(100, "open")).Single<PutCase>().Case;
        Assert.Equal((CaseStatus.Verifying, 2), (joined.Status, joined.AlarmIds.Count));
        for (int at = 120; at <= 900; at += 60)
            Assert.Empty(_bench.Temperature(at, 70).OfType<PutCase>());
        _bench.Send(960, "telemetry", Door(960, "closed"));
        for (int at = 1020; at < 1560; at += 60)
            Assert.Empty(_bench.Temperature(at, 70).OfType<PutCase>());

        Assert.Equal(CaseStatus.Resolved, _bench.Temperature(1560, 70).Single<PutCase>().Case.Status);
    }

    [Fact]
    public void A_relapse_with_a_remedy_reopens_at_once_and_the_remedy_goes_all_the_same()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Resolve(opened, 70);

        List<Effect> effects = _bench.Temperature(100, 101);

        Case reopened = effects.Single<PutCase>().Case;
        Assert.Equal((opened.Id, CaseStatus.Open, 1), (reopened.Id, reopened.Status, reopened.ReopenedCount));
        Assert.Equal("slow-spin", effects.Single<PutCommand>().Command.Name);
        Assert.Equal(reopened.Id, effects.Single<PutAlarm>().Alarm.CaseId);
        for (int at = 110; at <= 300; at += 10)
            Assert.DoesNotContain(_bench.Temperature(at, 101).OfType<PutCase>(), put => put.Case.ReopenedCount > 1);
    }

    [Fact]
    public void A_relapse_reopens_the_same_case()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Resolve(opened, 70);

        List<Effect> effects = _bench.Overheat(100);

        Case reopened = effects.Single<PutCase>().Case;
        Assert.Equal((opened.Id, CaseStatus.Open, 1), (reopened.Id, reopened.Status, reopened.ReopenedCount));
        Assert.Contains(TimelineKind.CaseReopened, effects.TimelineKinds());
    }

    [Fact]
    public void After_it_is_resolved_new_trouble_is_a_new_case()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Resolve(opened, 60);
        for (int at = 180; at <= 700; at += 120)
            _bench.Temperature(at, 70);

        Case second = _bench.Overheat(800).Single<PutCase>().Case;

        Assert.NotEqual(opened.Id, second.Id);
    }

    [Fact]
    public void A_stale_version_is_rejected_and_changes_nothing()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        Reply<Case> reply = _bench.Grain.Handle(_bench.Decision, new ResolveCase(opened.Id, "done", "agent:a", opened.Version - 1), opened);

        Assert.Equal(RejectionKind.Stale, reply.Rejection?.Kind);
        Assert.Empty(_bench.Decision.Effects);
    }

    [Fact]
    public void A_second_case_for_the_same_device_is_rejected()
    {
        _bench.Overheat();

        Reply<Case> reply = _bench.Grain.Handle(
            _bench.Decision,
            new OpenCase("ann", "w1", "More", CasePriority.Low, "support", CaseOpener.Agent, "agent:a")
        );

        Assert.Equal("DeviceHasUnresolvedCase", reply.Rejection?.Code);
    }

    [Theory]
    [InlineData(CaseStatus.Resolved)]
    [InlineData(CaseStatus.Verifying)]
    [InlineData(CaseStatus.Closed)]
    public void A_status_that_only_a_resolution_gives_cannot_be_set(CaseStatus status)
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        Reply<Case> reply = _bench.Grain.Handle(
            _bench.Decision,
            new ChangeCase
            {
                CaseId = opened.Id,
                Actor = "agent:a",
                Status = status,
                Priority = null,
                Queue = null,
                Assignee = null,
                Title = null,
                ExpectedVersion = null,
            },
            opened
        )!;

        Assert.Equal(RejectionKind.Conflict, reply.Rejection?.Kind);
    }

    [Fact]
    public void A_more_pressing_alarm_raises_the_case_that_it_joins_and_brings_its_due_times_forward()
    {
        Case low = _bench
            .Do(
                (grain, decision) =>
                    grain.Handle(decision, new OpenCase(null, "w1", "It is loud", CasePriority.Low, "support", CaseOpener.Agent, "agent:a"))
            )
            .Single<PutCase>()
            .Case;

        List<Effect> effects = _bench.Overheat(3600);
        List<Effect> warning = _bench.Send(3700, "telemetry", Door(3700, "open"));

        Case raised = effects.Single<PutCase>().Case;
        Assert.Equal((low.Id, CasePriority.High), (raised.Id, raised.Priority));
        Assert.Equal(CaseSlaTargets.For(CasePriority.High).Start(DeviceBench.Start + TimeSpan.FromHours(1)), raised.Sla);
        Assert.Contains(effects.OfType<AppendTimeline>(), told => told.Entry.Text == "priority: low → high");
        Assert.Equal((CasePriority.High, raised.Sla), (warning.Single<PutCase>().Case.Priority, warning.Single<PutCase>().Case.Sla));
    }

    [Fact]
    public void A_critical_alarm_without_a_case_of_its_own_makes_the_case_that_it_joins_urgent()
    {
        _bench.Edit(
            DeviceBench.ModelJson.Replace(
                "\"severity\": \"warning\", \"when\": \"door",
                "\"severity\": \"critical\", \"when\": \"door",
                StringComparison.Ordinal
            )
        );
        _bench.Do((grain, decision) => grain.AdoptModel(decision));
        _bench.Overheat();

        Assert.Equal(CasePriority.Urgent, _bench.Send(100, "telemetry", Door(100, "open")).Single<PutCase>().Case.Priority);
    }

    [Fact]
    public void A_repair_that_is_being_verified_can_be_closed_by_hand()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Case verifying = Resolve(opened, 40);

        List<Effect> effects = _bench.Do(
            (grain, decision) =>
                grain.Handle(
                    decision,
                    new ChangeCase
                    {
                        CaseId = opened.Id,
                        Actor = "agent:a",
                        Status = CaseStatus.Closed,
                        Priority = null,
                        Queue = null,
                        Assignee = null,
                        Title = null,
                        ExpectedVersion = null,
                    },
                    verifying
                ),
            50
        );

        Case closed = effects.Single<PutCase>().Case;
        Assert.Equal((CaseStatus.Closed, _bench.Decision.Moment.Now), (closed.Status, closed.ResolvedAt));
        Assert.Null(_bench.Grain.State.Facts.Case);
    }

    [Fact]
    public void Trouble_that_is_there_again_after_silence_is_a_relapse()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Resolve(opened, 40);

        List<Effect> effects = _bench.Temperature(1000, 85);

        Case reopened = effects.Single<PutCase>().Case;
        Assert.Equal((opened.Id, CaseStatus.Open, 1), (reopened.Id, reopened.Status, reopened.ReopenedCount));
        TimelineEntry told = effects
            .OfType<AppendTimeline>()
            .Select(effect => effect.Entry)
            .Single(entry => entry.Kind == TimelineKind.CaseReopened);
        Assert.Contains("overheat is back after silence", told.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Health_after_silence_is_no_relapse_and_counts_from_then_on()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Resolve(opened, 40);

        Assert.Empty(_bench.Temperature(1000, 70).OfType<PutCase>());
        for (int at = 1120; at < 1600; at += 120)
            Assert.Empty(_bench.Temperature(at, 70).OfType<PutCase>());

        Assert.Equal(CaseStatus.Resolved, _bench.Temperature(1600, 70).Single<PutCase>().Case.Status);
    }

    [Fact]
    public void While_a_case_is_pending_its_clock_stands()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        Case pending = Set(opened, CaseStatus.Pending, null, 600);
        Case urgent = Set(pending, null, CasePriority.Urgent, 1200);
        Case goesOn = Set(urgent, CaseStatus.Open, null, 4200);
        Case again = Set(goesOn, CaseStatus.Pending, null, 5000);
        Case low = Set(again, CaseStatus.Open, CasePriority.Low, 5100);

        Assert.Equal(
            (DeviceBench.Start + TimeSpan.FromSeconds(600), opened.Sla.ResolutionDueAt),
            (pending.Sla.PausedAt, pending.Sla.ResolutionDueAt)
        );
        Assert.Equal(
            (null, CaseSlaTargets.For(CasePriority.Urgent).Start(opened.FirstSymptomAt).ResolutionDueAt + TimeSpan.FromHours(1)),
            (goesOn.Sla.PausedAt, goesOn.Sla.ResolutionDueAt)
        );
        Assert.Equal(
            CaseSlaTargets.For(CasePriority.Low).Start(opened.FirstSymptomAt).ResolutionDueAt + TimeSpan.FromSeconds(3700),
            low.Sla.ResolutionDueAt
        );
    }

    [Fact]
    public void Resolving_a_pending_case_ends_its_pause()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Case pending = Set(opened, CaseStatus.Pending, null, 600);

        Case verifying = Resolve(pending, 1200);

        Assert.Equal(
            (null, opened.Sla.ResolutionDueAt + TimeSpan.FromMinutes(10)),
            (verifying.Sla.PausedAt, verifying.Sla.ResolutionDueAt)
        );
    }

    private Case Set(Case @case, CaseStatus? status, CasePriority? priority, double atSeconds) =>
        _bench
            .Do(
                (grain, decision) =>
                    grain.Handle(
                        decision,
                        new ChangeCase
                        {
                            CaseId = @case.Id,
                            Actor = "agent:a",
                            Status = status,
                            Priority = priority,
                            Queue = null,
                            Assignee = null,
                            Title = null,
                            ExpectedVersion = null,
                        },
                        @case
                    ),
                atSeconds
            )
            .Single<PutCase>()
            .Case;

    private static string Door(double second, string state) =>
        $$$"""{"ts":{{{(DeviceBench.Start + TimeSpan.FromSeconds(second)).UnixMilliseconds}}},"values":{"door":"{{{state}}}"}}""";

    private Case Resolve(Case @case, double atSeconds)
    {
        List<Effect> effects = _bench.Do(
            (grain, decision) => grain.Handle(decision, new ResolveCase(@case.Id, "descaled", "agent:a", null), @case),
            atSeconds
        );
        return effects.Single<PutCase>().Case;
    }
}
