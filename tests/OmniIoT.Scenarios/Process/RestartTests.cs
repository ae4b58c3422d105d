using OmniIoT.Scenarios.Durability;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>What a stop and a start leave as it was.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task SIGTERM_in_mid_traffic_ends_cleanly_and_keeps_every_acknowledged_message()
    {
        const int Count = 1500;
        await using FloodedHost flooded = await FloodedHost.StartAsync(devices: 4);
        await using Flood flood = Flood.Start(flooded.Plan(Count));

        await flood.ReachedAsync(Count);
        Assert.Equal(0, await flooded.Host.StopAsync());
        flooded.Host.HasNoErrors();
        Assert.True(flood.Acknowledged < 4 * Count, "The flood was over before the stop.");
        await flooded.RestartAsync();
        ILookup<string, int> record = await flood.DoneAsync();

        await flooded.AssertStoredOnceAsync(record, Count);
        await flooded.AssertAlarmsRaisedOnceAsync(Count);
        flooded.Host.HasNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_persistent_session_gets_after_a_restart_what_was_queued_before_it(bool killed)
    {
        using TemporaryDirectory directory = new();
        string secret;
        await using (HostProcess before = await HostProcess.StartAsync(directory.Path))
        {
            await before.Api.PutAsync("models/valve", """{ "name": "Valve", "commands": { "close": { "timeoutSeconds": 600 } } }""");
            secret = (string)(await before.Api.PutAsync("devices/valve-1", """{ "model": "valve" }"""))["secret"]!;
            MosquittoClient valve = new(before.MqttPort, "valve-1", secret);
            await using (MosquittoSubscription present = await valve.SubscribeAsync("devices/valve-1/#", "valve-session"))
                await present.StopAsync();
            await before.Api.PostAsync("devices/valve-1/commands", """{ "name": "close" }""");
            await before.Api.PatchAsync("devices/valve-1/twin/desired", """{ "flow": 3 }""");
            Assert.Empty(before.Errors);
            if (killed)
                await before.KillAsync();
            else
                Assert.Equal(0, await before.StopAsync());
        }

        await using HostProcess after = await HostProcess.StartAsync(directory.Path);
        await using MosquittoSubscription back = await new MosquittoClient(after.MqttPort, "valve-1", secret).SubscribeAsync(
            "devices/valve-1/#",
            "valve-session"
        );

        await back.ReceivedAsync(2, "everything that was queued");
        await after.Api.SeenAsync(
            "devices/valve-1/commands",
            list => (string?)list["items"]![0]!["status"] == "delivered",
            "delivery of the command"
        );
        Assert.Single(back.Messages, message => message.Topic.EndsWith("/request", StringComparison.Ordinal));
        // Perhaps twice: once queued, and once because it is retained.
        Assert.All(back.Messages.Where(message => message.Topic.EndsWith("/desired", StringComparison.Ordinal)), IsFlowOfThree);
        Assert.Contains(back.Messages, message => message.Topic.EndsWith("/desired", StringComparison.Ordinal));
        Assert.Empty(after.Errors);

        static void IsFlowOfThree(MosquittoMessage message) => Assert.Equal(3, (int)message.Payload["desired"]!["flow"]!);
    }
}
