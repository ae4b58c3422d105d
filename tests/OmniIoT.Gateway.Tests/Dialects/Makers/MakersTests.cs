using System.Text;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

/// <summary>What holds for makers' words of any kind.</summary>
public sealed class MakersTests
{
    private const string Telemetry = "v1/devices/me/telemetry";

    [Theory]
    [InlineData("no json", DeadLetterReason.WrongShape)]
    [InlineData("7", DeadLetterReason.WrongShape)]
    public async Task What_is_not_understood_is_refused_under_its_own_topic(string payload, DeadLetterReason reason)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        Assert.Equal(ReasonCode.PayloadFormatInvalid, await device.SayAsync(Telemetry, payload));

        Ingested message = Assert.Single(host.Ingress.Messages);
        Assert.Equal((Telemetry, payload, reason), (message.Topic, Encoding.UTF8.GetString(message.Payload), message.Refusal!.Reason));
    }

    [Fact]
    public async Task A_message_above_256_KiB_is_too_large()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);

        await device.SayAsync(Telemetry, $$"""{"a":"{{new string('x', 256 * 1024)}}"}""");

        Assert.Equal(DeadLetterReason.TooLarge, Assert.Single(host.Ingress.Messages).Refusal!.Reason);
    }

    [Fact]
    public async Task At_QoS_2_it_is_taken_once()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);

        await device.PublishAsync(Telemetry, """{"a":1}""", qos: 2, identifier: 5);
        await device.ExpectAsync(PacketType.PubRec);
        await device.PublishAsync(Telemetry, """{"a":1}""", qos: 2, identifier: 5, dup: true);
        await device.ExpectAsync(PacketType.PubRec);
        await device.AcknowledgeAsync(PacketType.PubRel, 5);
        await device.ExpectAsync(PacketType.PubComp);

        Assert.Single(host.Ingress.Messages);
    }

    [Fact]
    public async Task A_customers_app_speaks_no_devices_words()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient app = await WireClient.ConnectAsync(
            host,
            V5,
            "app",
            with: packet => packet with { UserName = "customer:ann", Password = "t0ken"u8.ToArray() }
        );

        Assert.Equal(ReasonCode.NotAuthorized, await app.SayAsync(Telemetry, """{"a":1}"""));
        Assert.Equal([ReasonCode.NotAuthorized], await app.SubscribeAsync("v1/devices/me/rpc/request/+"));
    }

    [Fact]
    public async Task What_one_device_is_told_another_does_not_hear()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient other = await WireClient.DeviceAsync(host, V5, "c2", device: "press-8");
        await other.SubscribeAsync("v1/devices/me/rpc/request/+");

        Assert.Equal(0, await host.Downlinks.PublishAsync(MakerClient.Command("blink"), CancellationToken.None));

        await other.ExpectNothingAsync();
    }
}
