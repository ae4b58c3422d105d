using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>A grain goes on after a restart, and under another version of its model.</summary>
public sealed class DeviceGrainModelTests
{
    private const string Eco = """
        { "id": "washer", "metrics": { "temperature": {"unit": "Cel"} },
          "rules": [ { "type": "eco", "severity": "minor", "when": "temperature > 40 and reported.mode == 'eco'" } ] }
        """;

    [Fact]
    public void After_a_restart_rules_still_know_the_reported_properties()
    {
        DeviceBench bench = new(model: Eco);
        bench.Send(0, "twin/reported", """{"mode":"eco"}""");

        bench.Restart();

        Assert.Equal("eco", bench.Temperature(10, 50).Single<PutAlarm>().Alarm.Type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_alarm_of_a_rule_that_is_gone_is_over(bool restarts)
    {
        DeviceBench bench = new(model: Eco);
        bench.Send(0, "twin/reported", """{"mode":"eco"}""");
        bench.Temperature(10, 50);

        bench.Edit("""{ "id": "washer", "metrics": { "temperature": {} } }""");
        if (restarts)
            bench.Restart();
        List<Effect> effects = bench.WakeUp(20);

        Assert.NotNull(effects.Single<PutAlarm>().Alarm.ClearedAt);
        Assert.Empty(bench.Grain.State.Facts.Alarms);
        Assert.Empty(bench.WakeUp(30));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_active_alarm_is_as_severe_as_its_rule_says_now_and_so_is_its_case(bool restarts)
    {
        DeviceBench bench = new();
        Alarm raised = bench.Overheat().Single<PutAlarm>().Alarm;

        bench.Edit(
            DeviceBench
                .ModelJson.Replace(
                    "\"severity\": \"major\", \"when\": \"temperature > 80",
                    "\"severity\": \"critical\", \"when\": \"temperature > 82",
                    StringComparison.Ordinal
                )
                .Replace("\"priority\": \"high\"", "\"priority\": \"urgent\"", StringComparison.Ordinal)
        );
        if (restarts)
            bench.Restart();
        List<Effect> effects = bench.WakeUp(40);

        Alarm adopted = effects.Single<PutAlarm>().Alarm;
        Assert.Equal((raised.Id, Severity.Critical, 82), (adopted.Id, adopted.Severity, adopted.Threshold!.Bound));
        Assert.Equal(Health.Critical, bench.Grain.View(_ => true).Health);
        Assert.Equal((raised.CaseId, CasePriority.Urgent), (effects.Single<PutCase>().Case.Id, effects.Single<PutCase>().Case.Priority));
        Assert.Empty(bench.WakeUp(50));
    }

    /// <summary>Another process may know a model before this one does.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_device_whose_model_was_unknown_goes_on_once_it_is_known(bool restarts)
    {
        DeviceBench bench = new(model: Eco);
        bench.Scope.LookInto(Catalog.Empty);
        bench.WakeUp(10);
        if (restarts)
            bench.Restart();

        bench.Edit(Eco);
        if (restarts)
            bench.Restart();
        bench.WakeUp(20);
        bench.Send(30, "twin/reported", """{"mode":"eco"}""");

        Assert.Equal("eco", bench.Temperature(40, 50).Single<PutAlarm>().Alarm.Type);
    }
}
