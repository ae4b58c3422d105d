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
        List<Effect> effects = bench.Do((grain, scope) => grain.WakeUp(scope), 20);

        Assert.NotNull(effects.Single<PutAlarm>().Alarm.ClearedAt);
        Assert.Empty(bench.Grain.State.Facts.Alarms);
        Assert.Empty(bench.Do((grain, scope) => grain.WakeUp(scope), 30));
    }
}
