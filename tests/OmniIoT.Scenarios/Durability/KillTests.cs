namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL in mid-flood, again and again, judged by a third party's own record of its acknowledgements.</summary>
public sealed class KillTests
{
    private const int Kills = 4;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_by_kills_in_mid_flood()
    {
        const int Count = 1500;
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 6);
        await using Flood flood = Flood.Start(flooded.Plan(Count));

        await KillInMidFloodAsync(flooded, flood, 6 * Count);
        ILookup<string, int> record = await flood.DoneAsync();

        await flooded.AssertStoredOnceAsync(record, Count);
        await flooded.AssertAlarmsRaisedOnceAsync(Count);
        flooded.Host.HasNoErrors();
    }

    [Fact]
    public async Task A_message_of_QoS_2_has_its_effect_exactly_once_though_nothing_in_it_tells_it_from_a_repetition()
    {
        const int Count = 600;
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 3);
        await using Flood flood = Flood.Start(flooded.Plan(Count) with { Qos = 2, Topic = "events" });

        await KillInMidFloodAsync(flooded, flood, 3 * Count);
        await flood.DoneAsync();

        await flooded.AssertDeadLettersOnceAsync(Count);
        flooded.Host.HasNoErrors();
    }

    private static async Task KillInMidFloodAsync(FloodedHost flooded, Flood flood, int total)
    {
        for (int kill = 1; kill <= Kills; kill++)
        {
            await flood.ReachedAsync(total * kill / (Kills + 2));
            flooded.Host.HasNoErrors();
            await flooded.Host.KillAsync();
            Assert.True(flood.Acknowledged < total, "The flood was over before the kill.");
            await flooded.RestartAsync();
        }
    }
}
