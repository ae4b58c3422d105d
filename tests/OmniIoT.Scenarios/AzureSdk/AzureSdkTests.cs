using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.AzureSdk;

/// <summary>A device whose program was written for Azure IoT Hub, with nothing changed but its connection string.</summary>
public sealed class AzureSdkTests : IAsyncLifetime
{
    private const string Commands = $"devices/{AzureHub.Device}/commands";
    private const string Messages = $"devices/{AzureHub.Device}/messages";

    private AzureHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await AzureHub.StartAsync();

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    [Fact]
    public async Task Telemetry_arrives_with_its_properties_and_is_acknowledged()
    {
        await using LineProcess device = await _hub.ConnectAsync(
            """
            { "leaves": true, "telemetry": [
              { "body": { "temperature": 71.5 }, "contentType": "application/json", "contentEncoding": "utf-8", "messageId": "m 1",
                "properties": { "line": "3", "alert": "true", "operator": "Åsa & Co/2" } },
              { "body": { "ts": "2026-11-22T01:33:00Z", "seq": 1, "values": { "temperature": 60 } } },
              { "body": "a,b", "contentType": "text/csv" } ] }
            """
        );

        Assert.Equal(0, await device.ExitAsync("the device"));
        JsonNode twin = await _hub.TwinAsync(found => found["values"]!["operator"] is not null, "values of the device");
        Assert.Equal(
            (71.5, 3, true, "Åsa & Co/2"),
            (
                (double)twin["values"]!["temperature"]!["value"]!,
                (int)twin["values"]!["line"]!["value"]!,
                (bool)twin["values"]!["alert"]!["value"]!,
                (string)twin["values"]!["operator"]!["value"]!
            )
        );
        JsonNode old = await _hub.Api.ReadAsync($"devices/{AzureHub.Device}/telemetry/raw?metric=temperature&to=2026-11-22T02:00:00Z");
        Assert.Equal(60, (int)Assert.Single(old["items"]!.AsArray())!["value"]!);
        JsonNode dead = Assert.Single(await _hub.Api.ListAsync("dead-letters"));
        Assert.Equal($"devices/{AzureHub.Device}/messages/events/%24.ct=text%2Fcsv", (string?)dead["topic"]);
        _hub.Host.HasNoErrors();
    }

    [Fact]
    public async Task The_twin_is_read_reported_to_and_told_of_changes()
    {
        await _hub.Api.PatchAsync(
            $"devices/{AzureHub.Device}/twin/desired",
            """{ "interval": 30, "mode": { "eco": true, "night": false } }"""
        );
        await using LineProcess device = await _hub.ConnectAsync(
            """
            { "twin": true, "report": [ { "firmware": "1.2", "net": { "ip": "10.0.0.7", "rssi": -60 } }, { "net": { "rssi": null } }, { "$nope": 1 } ] }
            """
        );

        JsonNode twin = await device.ToldAsync("twin");
        await device.SaidAsync("ready");
        await _hub.Api.PatchAsync(
            $"devices/{AzureHub.Device}/twin/desired",
            """{ "interval": 60, "mode": { "eco": true, "night": null } }"""
        );
        JsonNode change = await device.ToldAsync("desired");

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{ "interval": 30, "mode": { "eco": true, "night": false }, "$version": 1 }"""),
                twin["desired"]
            ),
            twin.ToJsonString()
        );
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse("""{ "interval": 60, "mode": { "night": null }, "$version": 2 }"""), change),
            change.ToJsonString()
        );
        Assert.Equal(2, device.Lines.Count(line => line == "reported"));
        Assert.Contains("begins with $", (string?)await device.ToldAsync("refused"), StringComparison.Ordinal);
        JsonNode stored = await _hub.Api.ReadAsync($"devices/{AzureHub.Device}/twin");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "firmware": "1.2", "net": { "ip": "10.0.0.7" } }"""), stored["reported"]));
        Assert.True((bool)stored["connected"]!);
    }

    [Fact]
    public async Task A_command_is_a_direct_method_and_its_result_is_the_commands()
    {
        await using LineProcess device = await _hub.ConnectAsync(
            """
            { "methods": { "restart": { "status": 200, "result": { "uptime": 0 } }, "slow-spin": { "status": 501, "result": "no motor" } } }
            """
        );
        await device.SaidAsync("ready");

        string restart = (string)(await _hub.Api.PostAsync(Commands, """{ "name": "restart", "arguments": { "delay": 2 } }"""))["id"]!;
        string spin = (string)(await _hub.Api.PostAsync(Commands, """{ "name": "slow-spin" }"""))["id"]!;

        JsonNode succeeded = await _hub.Api.SeenAsync(
            $"{Commands}/{restart}",
            command => (string?)command["status"] == "succeeded",
            "success of the command"
        );
        JsonNode failed = await _hub.Api.SeenAsync(
            $"{Commands}/{spin}",
            command => (string?)command["status"] == "failed",
            "failure of the command"
        );
        Assert.Equal("""{"name":"restart","arguments":{"delay":2}}""", (await device.ToldAsync("method")).ToJsonString());
        Assert.Equal(0, (int)succeeded["result"]!["uptime"]!);
        Assert.All(["sentAt", "deliveredAt", "completedAt"], step => Assert.NotNull(succeeded[step]));
        Assert.Equal(("The device answered with status 501.", "no motor"), ((string?)failed["error"], (string?)failed["result"]));
    }

    [Fact]
    public async Task A_message_waits_for_the_device_and_is_delivered_once()
    {
        await using (LineProcess first = await _hub.ConnectAsync("""{ "messages": true, "leaves": true }"""))
            Assert.Equal(0, await first.ExitAsync("the device"));

        string text = (string)
            (await _hub.Api.PostAsync(Messages, """{ "payload": "hello ü", "properties": { "level": "a/b & c" } }"""))["id"]!;
        string json = (string)(await _hub.Api.PostAsync(Messages, """{ "payload": { "door": "open" } }"""))["id"]!;
        await using LineProcess device = await _hub.ConnectAsync("""{ "messages": true }""");

        IReadOnlyList<string> told = await device.SeenAsync(
            2,
            line => line.StartsWith("message ", StringComparison.Ordinal),
            "two messages"
        );
        await _hub.Api.SeenAsync($"{Messages}/{json}", message => (string?)message["status"] == "delivered", "delivery of the message");
        JsonNode first1 = JsonNode.Parse(told[0]["message ".Length..])!;
        JsonNode second = JsonNode.Parse(told[1]["message ".Length..])!;
        Assert.Equal(
            (text, "hello ü", "a/b & c"),
            ((string?)first1["id"], (string?)first1["body"], (string?)first1["properties"]!["level"])
        );
        Assert.Equal(
            (json, """{"door":"open"}""", "application/json"),
            ((string?)second["id"], (string?)second["body"], (string?)second["type"])
        );
        Assert.Equal(2, device.Lines.Count(line => line.StartsWith("message ", StringComparison.Ordinal)));
        _hub.Host.HasNoErrors();
    }

    [Fact]
    public async Task A_command_that_waits_is_called_once_the_new_application_listens()
    {
        const string plan =
            """{ "telemetry": [ { "body": { "temperature": 20 } } ], "methods": { "restart": { "status": 200, "result": {} } } }""";
        await using (LineProcess first = await _hub.ConnectAsync(plan))
        {
            await first.SaidAsync("ready");
            Assert.Equal(0, await first.StopAsync("the device"));
        }
        await _hub.TwinAsync(twin => !(bool)twin["connected"]!, "device that is away");
        string id = (string)(await _hub.Api.PostAsync(Commands, """{ "name": "restart" }"""))["id"]!;

        await using LineProcess device = await _hub.ConnectAsync(plan);

        await _hub.Api.SeenAsync($"{Commands}/{id}", command => (string?)command["status"] == "succeeded", "success of the command");
        Assert.Single(device.Lines, line => line.StartsWith("method ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_certificate_signs_its_device_in_and_no_other()
    {
        await using LineProcess device = await _hub.ConnectByCertificateAsync(
            AzureHub.Device,
            """{ "telemetry": [ { "body": { "temperature": 20 } } ], "leaves": true }"""
        );
        Assert.Equal(0, await device.ExitAsync("the device"));

        await using LineProcess other = await _hub.ConnectByCertificateAsync("press-8", "{}");
        Assert.Contains("Not authorized", (string?)(await other.ToldAsync("connect failed"))["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t8=")]
    [InlineData("c2hvcnQ=")]
    public async Task A_wrong_key_is_refused(string key)
    {
        await using LineProcess device = await _hub.ConnectAsync(connectionString: _hub.ConnectionString(key));

        Assert.Contains("Not authorized", (string?)(await device.ToldAsync("connect failed"))["message"], StringComparison.Ordinal);
        await Awaited.Seen(
            () => Task.FromResult(_hub.Host.Output.Contains("wrong key", StringComparison.Ordinal) ? this : null),
            "word of a wrong key in the log"
        );
    }

    [Fact]
    public async Task The_secret_in_plain_base64_and_its_text_encoded_once_more_are_the_same_key()
    {
        string plain = _hub.Secret.Replace('-', '+').Replace('_', '/') + "=";
        string again = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_hub.Secret));

        foreach (string key in (string[])[plain, again])
        {
            await using LineProcess device = await _hub.ConnectAsync("""{ "leaves": true }""", _hub.ConnectionString(key));
            Assert.Equal(0, await device.ExitAsync("the device"));
        }
    }

    [Fact]
    public async Task A_device_that_takes_the_host_for_the_gateway_of_its_hub_connects()
    {
        await using LineProcess device = await _hub.ConnectAsync(
            """{ "leaves": true }""",
            _hub.ConnectionStringOfGateway("fleet.azure-devices.example")
        );

        Assert.Equal(0, await device.ExitAsync("the device"));
    }

    [Fact]
    public async Task The_old_secret_ends_with_its_connection_and_the_new_one_signs_in()
    {
        await using LineProcess device = await _hub.ConnectAsync();
        await device.SaidAsync("ready");

        string old = _hub.ConnectionString();
        string secret = (string)(await _hub.Api.PostAsync($"devices/{AzureHub.Device}/secret"))["secret"]!;
        await _hub.TwinAsync(twin => !(bool)twin["connected"]!, "device that is disconnected");
        await using LineProcess next = await _hub.ConnectAsync("""{ "leaves": true }""", _hub.ConnectionString(secret));

        Assert.Equal(0, await next.ExitAsync("the device"));
        await using LineProcess last = await _hub.ConnectAsync(connectionString: old);
        Assert.Contains("Not authorized", (string?)(await last.ToldAsync("connect failed"))["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_of_the_host_the_device_comes_back_by_itself_and_nothing_is_lost()
    {
        await using LineProcess device = await _hub.ConnectAsync(
            """{ "messages": true, "twin": true, "methods": { "restart": { "status": 200, "result": {} } } }"""
        );
        await device.SaidAsync("ready");

        await _hub.RestartAsync();
        string command = (string)(await _hub.Api.PostAsync(Commands, """{ "name": "restart" }"""))["id"]!;
        await _hub.Api.PostAsync(Messages, """{ "payload": "welcome back" }""");

        Assert.Equal("welcome back", (string?)(await device.ToldAsync("message"))["body"]);
        await _hub.Api.SeenAsync($"{Commands}/{command}", found => (string?)found["status"] == "succeeded", "success of the command");
        await _hub.TwinAsync(twin => (bool)twin["connected"]!, "device that is connected");
        await _hub.Api.PatchAsync($"devices/{AzureHub.Device}/twin/desired", """{ "interval": 5 }""");
        Assert.Equal(5, (int)(await device.ToldAsync("desired"))["interval"]!);
        _hub.Host.HasNoErrors();
    }
}
