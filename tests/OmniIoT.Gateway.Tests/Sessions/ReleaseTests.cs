using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Sessions;

/// <summary>A session that another process takes over.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_session_is_given_up_once_all_that_was_on_its_way_to_it_is_in_storage()
    {
        MemoryStore store = new();
        // Time stands still: what is on its way is waited for as long as the test takes.
        await using GatewayHost host = await GatewayHost.StartAsync(store: store, time: FakeTime.AtNoon());
        await using WireClient watcher = await WireClient.DeviceAsync(host, V5, "watcher", clean: false);
        await watcher.SubscribeAsync("devices/press-7/telemetry", qos: 1);
        await using WireClient speaker = await WireClient.DeviceAsync(host, V5, "speaker");
        host.Ingress.Hold();
        await speaker.PublishAsync("devices/press-7/telemetry", "{}", qos: 1, identifier: 1);
        await host.Ingress.SubmittedAsync(1);

        Task released = host.Downlinks.ReleaseSessionAsync("device:press-7/watcher").AsTask();
        await watcher.ExpectEndAsync(ReasonCode.SessionTakenOver);
        await host.Downlinks.ReleaseSessionAsync("device:press-7/another");
        Assert.False(released.IsCompleted);
        host.Ingress.LetGo();
        await Within.LimitAsync(released);

        Assert.Single(store.AllMessages);
        Assert.Equal(1, host.Sessions.Count);
    }
}
