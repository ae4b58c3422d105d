using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Sessions;

/// <summary>Wills of sessions that are kept, over the gateway's end.</summary>
public sealed class StoredWillTests
{
    private static readonly WillMessage Gone = new("w", "gone"u8.ToArray()) { Qos = QualityOfService.AtLeastOnce, Retain = true };

    [Theory, InlineData(0u), InlineData(60u)]
    [Statement("MQTT-3.1.2-8", V5)]
    public async Task A_will_is_published_after_a_crash_when_its_client_does_not_come_back(uint delay)
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        MemoryStore store = new();
        MemoryStore atCrash = await CrashAsync(store, time, delay);
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: atCrash, time: time);
        await using WireClient watcher = await WireClient.ConnectAsync(restarted, V5, "watcher");
        await watcher.SubscribeAsync("w", qos: 1);

        time.Advance(TimeSpan.FromSeconds(Math.Max(delay, 10)) - TimeSpan.FromMilliseconds(1));
        await restarted.BeatAsync();
        await watcher.ExpectNothingAsync();
        time.Advance(TimeSpan.FromMilliseconds(1));
        await restarted.BeatAsync();
        Received will = await watcher.ReceivePublishAsync();

        Assert.Equal(("gone", "text/plain"), (will.Payload, will.Properties.ContentType));
        Assert.Null(Assert.Single(atCrash.AllSessions).Will);
    }

    [Fact]
    [Statement("MQTT-3.1.3-9", V5)]
    public async Task A_client_that_is_back_after_a_crash_keeps_its_will_from_being_published()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        MemoryStore atCrash = await CrashAsync(new MemoryStore(), time, delay: 0);
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: atCrash, time: time);
        await using WireClient watcher = await WireClient.ConnectAsync(restarted, V5, "watcher");
        await watcher.SubscribeAsync("w", qos: 1);

        await using WireClient back = await WireClient.ConnectAsync(restarted, V5, "c", clean: false);
        time.Advance(TimeSpan.FromSeconds(30));
        await restarted.BeatAsync();

        await watcher.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_stop_defers_the_will_of_a_kept_session_and_publishes_that_of_another()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        MemoryStore store = new();
        GatewayHost host = await GatewayHost.LaboratoryAsync(store: store, time: time);
        await using WireClient kept = await WireClient.ConnectAsync(
            host,
            V5,
            "kept",
            clean: false,
            with: packet => packet with { Will = Gone }
        );
        await using WireClient other = await WireClient.ConnectAsync(
            host,
            V311,
            "other",
            with: packet => packet with { Will = Gone with { Topic = "o" } }
        );
        Task stopped = host.DisposeAsync().AsTask();
        await kept.ExpectEndAsync(ReasonCode.ServerShuttingDown);
        await other.ExpectClosedAsync();
        await kept.DisposeAsync();
        await other.DisposeAsync();
        await stopped;

        Assert.Equal(["o"], (await store.RetainedAsync(CancellationToken.None)).Select(message => message.Topic));
        Assert.NotNull(Assert.Single(store.AllSessions).Will!.DueAt);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-10", V311), Statement("MQTT-3.1.2-10", V5), Statement("MQTT-3.1.2-12", V311), Statement("MQTT-3.1.2-7", V5)]
    public async Task A_goodbye_removes_the_will_from_the_stored_session(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            version,
            "c",
            clean: false,
            with: packet => packet with { Will = Gone }
        );
        Assert.NotNull(Assert.Single(host.Store.AllSessions).Will);

        await client.DisconnectAsync();
        await client.ExpectClosedAsync();

        Assert.Null(Assert.Single(host.Store.AllSessions).Will);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-12", V311), Statement("MQTT-3.1.2-16", V311), Statement("MQTT-3.1.2-14", V5)]
    public async Task Without_a_will_nothing_is_published_and_a_will_that_is_not_retained_is_not(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient watcher = await WireClient.ConnectAsync(host, version, "watcher");
        await watcher.SubscribeAsync("#");
        (await WireClient.ConnectAsync(host, version, "none")).Break();
        (await WireClient.ConnectAsync(host, version, "c", with: packet => packet with { Will = Gone with { Retain = false } })).Break();

        Assert.Equal("gone", (await watcher.ReceivePublishAsync()).Payload);
        await Poll.UntilAsync(() => host.Sessions.Count == 1, "both sessions' end");
        await watcher.SubscribeAsync("w");

        await watcher.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.3-10", V5), Statement("MQTT-3.3.2-18", V5)]
    public async Task A_will_bears_its_properties_in_the_order_they_were_sent()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");
        await watcher.SubscribeAsync("w");
        WireClient client = await WireClient.OpenAsync(host, V5);
        await client.SendRawAsync(
            "10 ( s:MQTT 05 06 0000 ( ) s:c ( 26 s:k s:1 08 s:re 18 00000000 01 01 26 s:a s:2 03 s:text 26 s:k s:1 ) s:w s:bye )"
        );
        await client.ExpectAsync(PacketType.ConnAck);

        client.Break();
        Packet will = await watcher.ExpectAsync(PacketType.Publish);

        Assert.Equal(
            new WireCase(
                "",
                V5,
                Sender.Server,
                "s:w ( 26 s:k s:1 08 s:re 01 01 26 s:a s:2 03 s:text 26 s:k s:1 ) r:bye",
                null,
                null
            ).Bytes(),
            will.Body
        );
    }

    [Fact]
    [Statement("MQTT-3.1.2-8", V5), Statement("MQTT-3.1.3-9", V5)]
    public async Task A_new_connection_of_the_client_in_time_ends_a_delayed_will_even_with_a_clean_start()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient watcher = await WireClient.ConnectAsync(host, V5, "watcher");
        await watcher.SubscribeAsync("w");
        WillMessage will = Gone with { Properties = new PacketProperties { WillDelayIntervalSeconds = 3 } };
        (await WireClient.ConnectAsync(host, V5, "c", clean: false, with: packet => packet with { Will = will })).Break();
        await Poll.UntilAsync(() => host.Store.AllSessions is [{ DisconnectedAt: not null }], "the broken connection noticed");

        await using WireClient clean = await WireClient.ConnectAsync(host, V5, "c");
        time.Advance(TimeSpan.FromSeconds(10));
        await host.BeatAsync();

        await watcher.ExpectNothingAsync();
    }

    // What storage held at the moment of a crash, with the client connected.
    private static async Task<MemoryStore> CrashAsync(MemoryStore store, FakeTimeProvider time, uint delay)
    {
        WillMessage will = Gone with
        {
            Properties = new PacketProperties { WillDelayIntervalSeconds = delay, ContentType = "text/plain" },
        };
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(store: store, time: time);
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            V5,
            "c",
            clean: false,
            with: packet => packet with { Will = will }
        );
        return store.Copy();
    }
}
