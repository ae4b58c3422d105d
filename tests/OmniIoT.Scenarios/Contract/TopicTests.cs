using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class TopicTests(ContractHost host)
{
    [Fact]
    public async Task Nobody_publishes_or_subscribes_outside_the_own_root()
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());
        string secret = await NewSecretAsync(device.Id);
        await using ContractClient modern = await host.ConnectAsync(device.Id, secret);

        Assert.Equal(ReasonCode.NotAuthorized, await modern.PublishAsync("devices/other/telemetry", "{}"));
        Assert.Equal(ReasonCode.NotAuthorized, await modern.SubscribeAsync("devices/other/#"));
        Assert.Equal(ReasonCode.NotAuthorized, await modern.SubscribeAsync("#"));
        Assert.Equal(ReasonCode.GrantedQos1, await modern.SubscribeAsync($"devices/{device.Id}/#"));
        await using ContractClient old = await host.ConnectAsync(device.Id, secret, ProtocolVersion.V311);
        Assert.Equal(ReasonCode.UnspecifiedError, await old.SubscribeAsync("devices/other/#"));
        await old.PublishUnconfirmedAsync("devices/other/telemetry", "{}");
        await old.LostAsync();
    }

    [Theory]
    [InlineData(ProtocolVersion.V5)]
    [InlineData(ProtocolVersion.V311)]
    public async Task A_wrong_secret_is_refused(ProtocolVersion version)
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());

        await Assert.ThrowsAsync<MqttClientException>(() => host.ConnectAsync(device.Id, "wrong", version));
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_its_connections()
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());

        string secret = await NewSecretAsync(device.Id);

        await device.LostAsync();
        await using ContractClient again = await host.ConnectAsync(device.Id, secret);
        Assert.Equal(200, (await host.GetAsync("devices/" + device.Id)).Status);
        await host.DeleteAsync("devices/" + device.Id);
        await again.LostAsync();
        await Assert.ThrowsAsync<MqttClientException>(() => host.ConnectAsync(device.Id, secret));
    }

    [Fact]
    public async Task A_device_holds_several_connections_and_is_connected_until_the_last_ends()
    {
        await using ContractClient first = await host.AddDeviceAsync(await host.AddModelAsync());
        string secret = await NewSecretAsync(first.Id);
        ContractClient second = await host.ConnectAsync(first.Id, secret);
        ContractClient third = await host.ConnectAsync(first.Id, secret);

        await second.DisposeAsync();
        Assert.Equal(ReasonCode.Success, await third.PublishAsync($"devices/{first.Id}/telemetry", """{"temperature":1}"""));
        Assert.True((bool)(await host.GetAsync($"devices/{first.Id}/twin"))["connected"]!);
        await third.DisposeAsync();

        await host.SeenAsync($"devices/{first.Id}/twin", twin => !(bool)twin["connected"]!, "twin without a connection");
    }

    [Fact]
    public async Task Desired_properties_are_retained_with_their_version()
    {
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync());
        string path = $"devices/{device.Id}/twin/desired";
        await host.PatchAsync(path, """{"a":1,"b":{"c":2}}""");
        Answer second = await host.PatchAsync(path, """{"a":null,"b":{"d":3}}""");
        Assert.Equal((200, 2), (second.Status, (int)second["version"]!));

        await device.SubscribeAsync($"devices/{device.Id}/twin/desired");
        while ((int)(await device.ReceiveAsync("second version of the desired properties")).Payload["version"]! < 2)
        {
            // The first may still have been on its way down.
        }
        await device.SubscribeAsync($"devices/{device.Id}/twin/desired");
        (_, JsonNode? retained, bool isRetained) = await device.ReceiveAsync("retained desired properties");
        while (!isRetained)
        {
            // Who subscribes while a change is handed over may get it twice: retained, and as it comes.
            (_, retained, isRetained) = await device.ReceiveAsync("retained desired properties");
        }
        Assert.Equal("""{"version":2,"desired":{"b":{"c":2,"d":3}}}""", retained.ToJsonString());
        await host.PatchAsync(path, """{"a":5}""");

        Assert.Equal(3, (int)(await device.ReceiveAsync("changed desired properties")).Payload["version"]!);
        Assert.Equal(412, (await host.PatchAsync(path, "{}", "\"1\"")).Status);
        Assert.Equal(422, (await host.PatchAsync(path, "[]")).Status);
    }

    [Fact]
    public async Task A_command_is_delivered_answered_or_expires()
    {
        await using ContractClient device = await host.AddDeviceAsync(
            await host.AddModelAsync(""" "metrics": {}, "commands": { "restart": {} } """)
        );
        string path = $"devices/{device.Id}/commands";
        string expiring = (string)(await host.PostAsync(path, """{"name":"restart","timeoutSeconds":0.2}"""))["id"]!;
        await host.SeenAsync($"{path}/{expiring}", command => (string?)command["status"] == "expired", "expired command");
        Answer queued = await host.PostAsync(path, """{"name":"restart","arguments":{"mode":"full"}}""");
        Assert.Equal((201, "queued"), (queued.Status, (string?)queued["status"]));
        string id = (string)queued["id"]!;

        await device.SubscribeAsync($"devices/{device.Id}/commands/+/request");
        (string topic, JsonNode? request, _) = await device.ReceiveAsync("command that waited");
        Assert.Equal($"devices/{device.Id}/commands/{id}/request", topic);
        Assert.Equal(["name", "arguments", "expiresAt"], request.AsObject().Select(member => member.Key));
        await host.SeenAsync($"{path}/{id}", command => (string?)command["status"] == "delivered", "delivered command");
        await device.PublishAsync($"devices/{device.Id}/commands/{id}/response", """{"status":"succeeded","result":{"uptime":0}}""");
        await device.PublishAsync($"devices/{device.Id}/commands/{id}/response", """{"status":"failed","error":"late"}""");

        Answer listed = await host.GetAsync(path);
        Assert.Equal(["succeeded", "expired"], listed.Items.Select(command => (string)command!["status"]!));
        Assert.Equal("""{"uptime":0}""", listed.Items[0]!["result"]!.ToJsonString());
        Answer unknown = await host.PostAsync(path, """{"name":"dance"}""");
        Assert.Equal((422, "/name"), (unknown.Status, Assert.Single(unknown.Pointers)));
    }

    private async Task<string> NewSecretAsync(string device) => (string)(await host.PostAsync($"devices/{device}/secret"))["secret"]!;
}
