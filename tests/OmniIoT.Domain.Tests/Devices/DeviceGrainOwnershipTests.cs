using System.Text.Json.Nodes;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>A device that changes hands, or is removed: whose case takes which alarms.</summary>
public sealed class DeviceGrainOwnershipTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void What_is_still_wrong_is_a_case_of_the_new_owner()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;

        List<Effect> effects = Give("bea");

        Case opened = effects.Single<PutCase>().Case;
        Assert.NotEqual(before.Id, opened.Id);
        Assert.Equal(("bea", _bench.Decision.Moment.Now), (opened.CustomerId, opened.FirstSymptomAt));
        Alarm passed = effects.Single<PutAlarm>().Alarm;
        Assert.Equal((opened.Id, "bea"), (passed.CaseId, passed.CustomerId));
    }

    [Fact]
    public void The_former_owners_case_takes_no_alarm_of_the_new_one_and_shows_on_no_timeline_of_theirs()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        List<Effect> effects = Give("bea", 70);

        effects.AddRange(_bench.Overheat(100));
        effects.AddRange(_bench.Temperature(200, 70));
        effects.AddRange(_bench.Send(210, "telemetry", """{"door":"open"}"""));

        Assert.DoesNotContain(effects.OfType<PutCase>(), put => put.Case.Id == before.Id);
        Assert.DoesNotContain(Told(effects, "bea"), entry => entry.Refs.CaseId == before.Id);
        Assert.Equal(TimelineKind.DeviceUnlinked, Assert.Single(Told(effects, "ann")).Kind);
    }

    [Fact]
    public void People_go_on_with_the_former_owners_case_and_telemetry_of_the_new_one_does_not_verify_it()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Give("bea", 70);

        List<Effect> effects = _bench.Do(
            (grain, decision) => grain.Handle(decision, new ResolveCase(before.Id, "refunded", "agent:a", null), before),
            80
        );
        Case resolved = effects.Single<PutCase>().Case;
        List<Effect> reopened = _bench.Do((grain, decision) => grain.Handle(decision, Reopen(resolved), resolved), 90);
        List<Effect> later = _bench.Overheat(100);

        Assert.Equal((CaseStatus.Resolved, "ann"), (resolved.Status, resolved.CustomerId));
        Assert.Equal("ann", Assert.Single(reopened.OfType<AppendTimeline>()).Entry.CustomerId);
        Assert.Equal("bea", later.Single<PutCase>().Case.CustomerId);
    }

    [Fact]
    public void A_snapshot_that_still_holds_the_former_owners_case_lets_no_alarm_join_it()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        DeviceFacts facts = _bench.Grain.State.Facts;
        _bench.Grain.State.Facts = facts with { Registration = facts.Registration with { CustomerId = "bea" } };
        _bench.Restart();

        Case opened = _bench.Overheat(100).Single<PutCase>().Case;

        Assert.NotEqual(before.Id, opened.Id);
        Assert.Equal("bea", opened.CustomerId);
    }

    [Fact]
    public void A_repair_that_was_being_verified_counts_as_done_when_the_device_changes_hands()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        _bench.Do((grain, decision) => grain.Handle(decision, new ResolveCase(before.Id, "descaled", "agent:a", null), before), 70);

        List<Effect> effects = Give("bea", 80);

        Assert.Equal((before.Id, CaseStatus.Resolved), (effects.Single<PutCase>().Case.Id, effects.Single<PutCase>().Case.Status));
        Assert.Contains(Told(effects, "ann"), entry => entry.Kind == TimelineKind.CaseResolved);
    }

    [Fact]
    public void Nobodys_case_becomes_the_new_owners()
    {
        DeviceBench bench = new(customerId: null);
        Case nobodys = bench.Overheat().Single<PutCase>().Case;

        List<Effect> effects = bench.Do((grain, decision) => grain.Replace(decision, For("bea"), DeviceBench.Alone), 40);

        Case passed = effects.Single<PutCase>().Case;
        Assert.Equal((nobodys.Id, "bea", nobodys.Version + 1), (passed.Id, passed.CustomerId, passed.Version));
        Assert.Equal((nobodys.Id, "bea"), (effects.Single<PutAlarm>().Alarm.CaseId, effects.Single<PutAlarm>().Alarm.CustomerId));
    }

    [Fact]
    public void A_device_that_comes_back_takes_its_owners_open_case_up_again()
    {
        Case before = _bench.Overheat().Single<PutCase>().Case;
        _bench.Temperature(60, 70);
        Give("bea", 70);
        _bench.Do((grain, decision) => grain.Replace(decision, For("ann"), new RegistrationSurroundings("Ann", [before])), 80);

        Case joined = _bench.Overheat(100).Single<PutCase>().Case;

        Assert.Equal((before.Id, 2), (joined.Id, joined.AlarmIds.Count));
    }

    [Fact]
    public void What_was_asked_for_the_former_owner_ends_and_is_told_to_them()
    {
        _bench.Do((grain, decision) => grain.Handle(decision, new SendCommand("restart", null, null, "agent:a")), 10);
        _bench.Do(
            (grain, decision) => grain.Handle(decision, new SendDeviceMessage("hello", new Dictionary<string, string>(), null, "agent:a")),
            10
        );

        List<Effect> effects = Give("bea", 20);

        Assert.Equal(CommandStatus.Expired, effects.Single<PutCommand>().Command.Status);
        Assert.Equal(DeviceMessageStatus.Expired, effects.Single<PutDeviceMessage>().Message.Status);
        Assert.Contains(Told(effects, "ann"), entry => entry.Kind == TimelineKind.CommandCompleted);
        Assert.Empty(_bench.Grain.State.Facts.Commands);
        Assert.Empty(_bench.Grain.State.Facts.Messages);
    }

    [Fact]
    public void What_was_asked_of_nobodys_device_goes_on()
    {
        DeviceBench bench = new(customerId: null);
        bench.Do((grain, decision) => grain.Handle(decision, new SendCommand("restart", null, null, "agent:a")), 10);

        bench.Do((grain, decision) => grain.Replace(decision, For("bea"), DeviceBench.Alone), 20);

        Assert.Single(bench.Grain.State.Facts.Commands);
    }

    [Fact]
    public void A_new_owner_does_not_find_the_former_ones_name_in_the_devices_properties()
    {
        _bench.Do((grain, decision) => grain.Handle(decision, new PatchDesired(Json("""{"greeting":"Hello Ann","mode":"eco"}"""))), 10);

        Give("bea", 20);

        Assert.Equal("""{"mode":"eco"}""", _bench.Grain.State.Facts.Desired.ToJsonString());
    }

    [Fact]
    public void A_device_of_an_erased_owner_forgets_their_name_wherever_it_stands()
    {
        _bench.Do(
            (grain, decision) =>
                grain.Replace(decision, For("ann") with { Name = "ANN's washer" }, new RegistrationSurroundings("Ann", [])),
            10
        );
        _bench.Do(
            (grain, decision) =>
                grain.Handle(decision, new PatchDesired(Json("""{"screen":{"line":"Hello Ann!","mode":"eco"},"channel":4}"""))),
            10
        );
        _bench.Send(10, "twin/reported", """{"owner":["Ann"],"plan":"annual"}""");

        List<Effect> effects = _bench.Do((grain, decision) => grain.Disown(decision, new DisownDevice(["ann@example.com"])), 20);

        Assert.Null(effects.Single<PutDevice>().Device.Name);
        Assert.Equal("""{"screen":{"mode":"eco"},"channel":4}""", _bench.Grain.State.Facts.Desired.ToJsonString());
        Assert.Equal("""{"plan":"annual"}""", _bench.Grain.State.Facts.Reported.ToJsonString());
        Assert.True(effects.Single<Enqueue>().Downlink.Retain);
    }

    [Fact]
    public void A_case_opened_for_another_customer_takes_no_alarm_of_the_owners_device()
    {
        List<Effect> opened = _bench.Do(
            (grain, decision) =>
                grain.Handle(decision, new OpenCase("bea", "w1", "It is loud", CasePriority.Low, "support", CaseOpener.Agent, "agent:a")),
            0
        );

        Case own = _bench.Overheat().Single<PutCase>().Case;

        Assert.Equal("bea", opened.Single<PutCase>().Case.CustomerId);
        Assert.Equal(("ann", 1), (own.CustomerId, own.AlarmIds.Count));
    }

    [Fact]
    public void Changing_a_case_that_the_device_does_not_hold_leaves_the_one_that_it_holds()
    {
        Case held = _bench.Overheat().Single<PutCase>().Case;
        Case left = held with { Id = "left", Number = 77, AlarmIds = [] };

        _bench.Do(
            (grain, decision) =>
                grain.Handle(
                    decision,
                    new ChangeCase
                    {
                        CaseId = "left",
                        Actor = "agent:a",
                        Status = null,
                        Priority = CasePriority.Low,
                        Queue = null,
                        Assignee = null,
                        Title = null,
                        ExpectedVersion = null,
                    },
                    left
                ),
            40
        );

        Assert.Equal(held.Id, _bench.Grain.State.Facts.Case?.Id);
    }

    private List<Effect> Give(string customerId, double atSeconds = 40) =>
        _bench.Do((grain, decision) => grain.Replace(decision, For(customerId), DeviceBench.Alone), atSeconds);

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private static RegisterDevice For(string customerId) => new("washer", customerId, null, "Washer 1");

    private static ChangeCase Reopen(Case resolved) =>
        new()
        {
            CaseId = resolved.Id,
            Actor = "agent:a",
            Status = CaseStatus.Open,
            Priority = null,
            Queue = null,
            Assignee = null,
            Title = null,
            ExpectedVersion = null,
        };

    private static List<TimelineEntry> Told(IEnumerable<Effect> effects, string customerId) =>
        [.. effects.OfType<AppendTimeline>().Select(effect => effect.Entry).Where(entry => entry.CustomerId == customerId)];
}
