using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

public sealed class ThingsBoardTests
{
    [Fact]
    public async Task Telemetry_is_acknowledged_once_it_is_durable()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V311);
        host.Ingress.Hold();

        await device.PublishAsync(
            "v1/devices/me/telemetry",
            """[{"ts":1,"values":{"a":{"b":1}}},{"ts":2,"values":{"a":{"b":2}}}]""",
            qos: 1,
            identifier: 7
        );
        await host.Ingress.SubmittedAsync(1);
        await device.ExpectNothingAsync();
        host.Ingress.LetGo();

        Assert.Equal(7, (await device.ExpectAsync(PacketType.PubAck)).Identifier);
        Assert.Equal(
            ["""devices/press-7/telemetry {"ts":1,"values":{"a.b":1}}""", """devices/press-7/telemetry {"ts":2,"values":{"a.b":2}}"""],
            host.Ingress.Said()
        );
    }

    [Fact]
    public async Task A_device_may_sign_in_with_its_secret_as_access_token()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        host.Credentials.Set(EntityId.Device("press-7"), "only-its-own");
        await using WireClient device = await WireClient.ConnectAsync(
            host,
            V311,
            "any",
            with: packet => packet with { UserName = "only-its-own", Password = null }
        );

        await device.SayAsync("v1/devices/me/telemetry", """{"a":1}""");

        Assert.Equal(["""devices/press-7/telemetry {"values":{"a":1}}"""], host.Ingress.Said());
    }

    [Fact]
    public async Task A_command_is_an_RPC_and_its_answer_the_commands_response()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await device.SubscribeAsync("v1/devices/me/rpc/request/+", qos: 1);

        Assert.Equal(1, await host.Downlinks.PublishAsync(MakerClient.Command("blink", """{"times":3}"""), CancellationToken.None));
        Received request = await device.ReceivePublishAsync();
        await device.AcknowledgeAsync(PacketType.PubAck, request.Identifier);
        string response = request.Topic.Replace("request", "response", StringComparison.Ordinal);
        Assert.Equal(ReasonCode.Success, await device.SayAsync(response, """{"done":true}"""));
        Assert.Equal(ReasonCode.Success, await device.SayAsync(response, """{"done":true}"""));

        Assert.Equal(("""{"method":"blink","params":{"times":3}}""", 1), (request.Payload, request.Qos));
        Assert.Equal(["""devices/press-7/commands/c1/response {"status":"succeeded","result":{"done":true}}"""], host.Ingress.Said());
    }

    [Fact]
    public async Task A_command_that_is_handed_over_again_is_said_once()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await device.SubscribeAsync("v1/devices/me/rpc/request/+");

        Assert.Equal(1, await host.Downlinks.PublishAsync(MakerClient.Command("blink"), CancellationToken.None));
        Assert.Equal(1, await host.Downlinks.PublishAsync(MakerClient.Command("blink"), CancellationToken.None));

        await device.ReceivePublishAsync();
        await device.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_command_without_a_listener_is_nobodys()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await device.SubscribeAsync("v1/devices/me/attributes");

        Assert.Equal(0, await host.Downlinks.PublishAsync(MakerClient.Command("blink"), CancellationToken.None));
    }

    [Fact]
    public async Task Attributes_are_asked_for_and_told_of()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await WireClient.DeviceAsync(host, V5);
        await device.SubscribeAsync("v1/devices/me/attributes");
        await device.SubscribeAsync("v1/devices/me/attributes/response/+");

        await device.PublishAsync("v1/devices/me/attributes/request/1", """{"sharedKeys":"speed"}""", qos: 1, identifier: 4);
        Packet[] answers = [await device.ReceiveAsync(), await device.ReceiveAsync()];
        Downlink desired = new()
        {
            Id = "d",
            Target = EntityId.Device("press-7"),
            Topic = "devices/press-7/twin/desired",
            Payload = """{"version":5,"desired":{"speed":4}}"""u8.ToArray(),
            Retain = true,
            Reference = "desired:5",
            CreatedAt = new(0),
            ExpiresAt = null,
            Change = """{"speed":4}"""u8.ToArray(),
        };
        await host.Downlinks.PublishAsync(desired, CancellationToken.None);
        Received change = await device.ReceivePublishAsync();

        Assert.Contains(answers, answer => answer.Type == PacketType.PubAck && answer.Identifier == 4);
        Received answer = answers.Single(packet => packet.Type == PacketType.Publish).AsPublish();
        Assert.Equal(("v1/devices/me/attributes/response/1", """{"shared":{"speed":3}}"""), (answer.Topic, answer.Payload));
        Assert.Equal(("v1/devices/me/attributes", """{"speed":4}"""), (change.Topic, change.Payload));
    }
}
