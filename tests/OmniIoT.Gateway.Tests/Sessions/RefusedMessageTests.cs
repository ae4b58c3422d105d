using System.Text;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Sessions;

/// <summary>A QoS 2 message that goes to the dead letters goes there once, whether or not its client hears of it.</summary>
public sealed class RefusedMessageTests
{
    private const string Telemetry = "devices/press-7/telemetry";

    [Fact]
    public async Task A_refusal_that_was_not_heard_is_told_again_and_has_no_second_effect()
    {
        await using GatewayHost host = await StartAsync();
        await using WireClient device = await SayAsync(host, "nonsense");
        await using WireClient back = await WireClient.DeviceAsync(host, V5, clean: false);

        await back.PublishAsync(Telemetry, "nonsense", qos: 2, identifier: 2, dup: true);

        Assert.Equal(ReasonCode.PayloadFormatInvalid, (await back.ExpectAsync(PacketType.PubRec)).Reason);
        Assert.Single(host.Ingress.Messages);
    }

    [Fact]
    public async Task A_refusal_is_known_after_a_crash_at_any_moment_behind_its_commit()
    {
        MemoryStore store = new();
        await using GatewayHost before = await StartAsync(store);
        await using WireClient device = await SayAsync(before, "nonsense");
        await using GatewayHost after = await StartAsync(store.Copy());
        await using WireClient back = await WireClient.DeviceAsync(after, V5, clean: false);

        await back.PublishAsync(Telemetry, "nonsense", qos: 2, identifier: 2, dup: true);

        Assert.Equal(ReasonCode.PayloadFormatInvalid, (await back.ExpectAsync(PacketType.PubRec)).Reason);
        Assert.Empty(after.Ingress.Messages);
    }

    [Theory, InlineData("{}", true), InlineData("nonsense", false)]
    public async Task Another_message_takes_the_packet_identifier_of_a_refused_one_also_after_a_crash(string payload, bool isRepeated)
    {
        MemoryStore store = new();
        await using GatewayHost before = await StartAsync(store);
        await using WireClient device = await SayAsync(before, "nonsense");
        await using GatewayHost after = await StartAsync(store.Copy());
        await using WireClient back = await WireClient.DeviceAsync(after, V5, clean: false);

        // What was sent for the first time before the crash, and got lost, bears the flag as well.
        await back.PublishAsync(Telemetry, payload, qos: 2, identifier: 2, dup: isRepeated);

        await back.ExpectAsync(PacketType.PubRec);
        Assert.Equal(payload, Encoding.UTF8.GetString(Assert.Single(after.Ingress.Messages).Payload));
    }

    [Fact]
    public async Task Refusals_are_kept_as_long_only_as_a_client_may_not_have_heard_them()
    {
        MemoryStore store = new();
        await using GatewayHost host = await StartAsync(store, new MqttGatewayOptions { ReceiveMaximum = 3 });
        await using WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);

        for (ushort identifier = 1; identifier <= 10; identifier++)
        {
            await device.PublishAsync(Telemetry, "nonsense", qos: 2, identifier);
            Assert.Equal(identifier, (await device.ExpectAsync(PacketType.PubRec)).Identifier);
        }

        // Those three, and the one that came when there were four.
        Assert.Equal(4, store.ReceivedCount);
    }

    private static async Task<GatewayHost> StartAsync(MemoryStore? store = null, MqttGatewayOptions? options = null)
    {
        GatewayHost host = await GatewayHost.StartAsync(options, store);
        host.Ingress.Judge = message => message.Payload.Length > 3 ? MessageOutcome.PayloadInvalid : MessageOutcome.Accepted;
        return host;
    }

    private static async Task<WireClient> SayAsync(GatewayHost host, string payload)
    {
        WireClient device = await WireClient.DeviceAsync(host, V5, clean: false);
        await device.PublishAsync(Telemetry, payload, qos: 2, identifier: 2);
        await device.ExpectAsync(PacketType.PubRec);
        return device;
    }
}
