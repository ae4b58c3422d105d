using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Sparkplug;

/// <summary>What a node built with the npm package <c>sparkplug-client</c> finds here.</summary>
[Collection(nameof(SparkplugHost))]
public sealed class NpmNodeTests(SparkplugHost host)
{
    private const string Births = """
        {
          "node": { "metrics": [
            { "name": "Node Control/Rebirth", "type": "Boolean", "value": false },
            { "name": "Supply/Voltage", "type": "Float", "value": 230.5, "properties": { "engUnit": { "type": "String", "value": "V" } } },
            { "name": "int8", "type": "Int8", "value": -8 }, { "name": "int16", "type": "Int16", "value": -1600 },
            { "name": "int32", "type": "Int32", "value": -320000 }, { "name": "int64", "type": "Int64", "value": -64000000000 },
            { "name": "uint8", "type": "UInt8", "value": 200 }, { "name": "uint16", "type": "UInt16", "value": 60000 },
            { "name": "uint32", "type": "UInt32", "value": 4000000000 }, { "name": "uint64", "type": "UInt64", "value": 5000000000 },
            { "name": "double", "type": "Double", "value": 0.1 }, { "name": "boolean", "type": "Boolean", "value": true },
            { "name": "string", "type": "String", "value": "naïve" }, { "name": "text", "type": "Text", "value": "long" },
            { "name": "time", "type": "DateTime", "value": 1764000000000 }, { "name": "uuid", "type": "UUID", "value": "00000000-0000-4000-8000-000000000001" },
            { "name": "table", "type": "DataSet", "value": { "numOfColumns": 1, "columns": ["a"], "types": ["String"], "rows": [["x"]] } },
            { "name": "unknown yet", "type": "Double", "value": null } ] },
          "devices": { "press": { "metrics": [
            { "name": "Temperature", "alias": 1, "type": "Double", "value": 20.5 },
            { "name": "Setpoint", "alias": 2, "type": "Int16", "value": 40 },
            { "name": "Properties/Serial", "type": "String", "value": "P-77" } ] } }
        }
        """;

    [Fact]
    public async Task Births_become_twins_and_a_device_that_nobody_registered_becomes_one_of_the_nodes_owner()
    {
        await host.Api.PutAsync("customers/ann", """{ "name": "Ann" }""");
        (string id, string secret) = await host.AddNodeAsync("ann");
        await using NpmNode node = await StartAsync(id, secret);

        JsonNode press = await host.TwinSeenAsync(id + ":press", twin => twin["values"]!["Temperature"] is not null, "birth of the device");
        JsonNode twin = await host.TwinAsync(id);

        Assert.True((bool)twin["connected"]! && (bool)press["connected"]!);
        Assert.Equal(
            [-8, -1600, -320000, -64000000000, 200, 60000, 4000000000, 5000000000, 0.1, 230.5, 1764000000000],
            new[] { "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "double", "Supply/Voltage", "time" }.Select(
                name => (double)Value(twin, name)!
            )
        );
        Assert.Equal(
            ("naïve", "long", "00000000-0000-4000-8000-000000000001", true),
            ((string?)Value(twin, "string"), (string?)Value(twin, "text"), (string?)Value(twin, "uuid"), (bool)Value(twin, "boolean")!)
        );
        Assert.DoesNotContain(
            twin["values"]!.AsObject(),
            value => value.Key is "bdSeq" or "Node Control/Rebirth" or "table" or "unknown yet"
        );
        Assert.Equal("V", (string?)twin["reported"]!["units"]!["Supply/Voltage"]);
        Assert.Equal(
            ("plant", "press", "P-77"),
            (
                (string?)press["reported"]!["sparkplug"]!["group"],
                (string?)press["reported"]!["sparkplug"]!["device"],
                (string?)press["reported"]!["properties"]!["Serial"]
            )
        );
        JsonNode device = await host.Api.ReadAsync($"devices/{id}:press");
        Assert.Equal(("sparkplug", "ann", "press"), ((string?)device["model"], (string?)device["customerId"], (string?)device["name"]));
        JsonNode letter = Assert.Single(await host.DeadLettersAsync(id));
        Assert.Contains("'table': notScalar", (string?)letter["detail"]);
    }

    [Fact]
    public async Task Data_becomes_telemetry_by_name_by_alias_compressed_and_late()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using NpmNode node = await StartAsync(id, secret);

        ulong now = HandMadeNode.NowMilliseconds + 1000;
        await node.CallAsync(
            "publishDeviceData",
            "press",
            $$"""{ "metrics": [{ "alias": 1, "type": "Double", "value": 21.5, "timestamp": {{now}} }] }"""
        );
        await node.CallAsync(
            "publishDeviceData",
            "press",
            $$"""{ "metrics": [{ "name": "Temperature", "type": "Double", "value": 22.5, "timestamp": {{now + 1}} }] }""",
            "GZIP"
        );
        await node.CallAsync(
            "publishDeviceData",
            "press",
            """{ "metrics": [{ "name": "Temperature", "type": "Double", "value": 3.5, "timestamp": 1764000000000, "isHistorical": true }] }"""
        );
        await node.CallAsync(
            "publishDeviceData",
            "press",
            $$"""{ "metrics": [{ "name": "Temperature", "type": "Double", "value": 23.5, "timestamp": {{now + 2}} }] }""",
            "DEFLATE"
        );
        await node.CallAsync("publishNodeData", payload: """{ "metrics": [{ "name": "int8", "type": "Int8", "value": -9 }] }""");

        await host.TwinSeenAsync(id, twin => (double?)Value(twin, "int8") == -9, "data of the node");
        Assert.Equal(23.5, (double)Value(await host.TwinAsync(id + ":press"), "Temperature")!);
        JsonNode raw = await host.Api.ReadAsync($"devices/{id}:press/telemetry/raw?metric=Temperature");
        Assert.Equal([3.5, 20.5, 21.5, 22.5, 23.5], raw["items"]!.AsArray().Select(item => (double)item!["value"]!));
    }

    [Fact]
    public async Task A_device_that_dies_is_not_connected_until_it_is_born_again()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using NpmNode node = await StartAsync(id, secret);
        await ConnectedAsync(id + ":press", true);

        await node.CallAsync("publishDeviceDeath", "press", "{}");
        await ConnectedAsync(id + ":press", false);
        Assert.True((bool)(await host.TwinAsync(id))["connected"]!);

        await node.CallAsync("publishDeviceBirth", "press", """{ "metrics": [{ "name": "Temperature", "type": "Double", "value": 1 }] }""");
        await ConnectedAsync(id + ":press", true);
    }

    [Fact]
    public async Task A_node_that_is_killed_takes_its_devices_with_it()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using NpmNode node = await StartAsync(id, secret);
        await ConnectedAsync(id + ":press", true);

        await node.KillAsync();

        await ConnectedAsync(id, false);
        await ConnectedAsync(id + ":press", false);
    }

    [Fact]
    public async Task Commands_reach_node_and_device_and_succeed_once_their_values_are_reported()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using NpmNode node = await StartAsync(id, secret, applies: true);
        await ConnectedAsync(id + ":press", true);

        await host.Api.PostAsync($"devices/{id}:press/commands", """{ "name": "write", "arguments": { "Setpoint": -5 } }""");
        JsonNode toDevice = await node.SeenAsync("dcmd");
        await host.Api.PostAsync(
            $"devices/{id}/commands",
            """{ "name": "write", "arguments": { "Supply/Voltage": 229.5, "string": "new" } }"""
        );
        JsonNode toNode = await node.SeenAsync("ncmd");

        Assert.Equal(
            ("press", "Setpoint", -5, "Int16"),
            (
                (string?)toDevice["device"],
                (string?)toDevice["metrics"]![0]!["name"],
                (int)toDevice["metrics"]![0]!["value"]!,
                (string?)toDevice["metrics"]![0]!["type"]
            )
        );
        Assert.Equal(
            [("Supply/Voltage", "Float"), ("string", "String")],
            toNode["metrics"]!.AsArray().Select(metric => ((string?)metric!["name"], (string?)metric["type"]))
        );
        Assert.Equal("""{"Setpoint":-5}""", (await CommandAsync(id + ":press", "succeeded"))["result"]!.ToJsonString());
        await CommandAsync(id, "succeeded");
    }

    [Fact]
    public async Task A_rebirth_can_be_commanded_and_what_cannot_be_said_fails_with_the_reason()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using NpmNode node = await StartAsync(id, secret);
        await ConnectedAsync(id + ":press", true);

        await host.Api.PostAsync($"devices/{id}:press/commands", """{ "name": "rebirth" }""");
        await node.SeenAsync("births", 2);
        await CommandAsync(id + ":press", "succeeded");
        await host.Api.PostAsync($"devices/{id}:press/commands", """{ "name": "write", "arguments": { "Setpoint": 70000 } }""");
        Assert.Contains("Int16", (string?)(await CommandAsync(id + ":press", "failed"))["error"]);
        await host.Api.PostAsync($"devices/{id}/commands", """{ "name": "calibrate" }""");
        Assert.Contains("'calibrate'", (string?)(await CommandAsync(id, "failed"))["error"]);
    }

    [Fact]
    public async Task A_command_waits_for_a_node_that_is_away()
    {
        (string id, string secret) = await host.AddNodeAsync();
        await using (NpmNode before = await StartAsync(id, secret))
        {
            await ConnectedAsync(id + ":press", true);
            await before.KillAsync();
        }
        await ConnectedAsync(id + ":press", false);
        await host.Api.PostAsync($"devices/{id}:press/commands", """{ "name": "write", "arguments": { "Setpoint": 7 } }""");
        await CommandAsync(id + ":press", "queued");

        await using NpmNode back = await StartAsync(id, secret, applies: true);

        await back.SeenAsync("dcmd");
        await CommandAsync(id + ":press", "succeeded");
    }

    [Fact]
    public async Task After_a_restart_of_the_host_a_node_that_speaks_is_asked_for_its_births()
    {
        using TemporaryDirectory directory = new();
        string port = $"--OmniIoT:Mqtt:Port={FreePort.Find()}";
        await using HostProcess before = await HostProcess.StartAsync(directory.Path, port);
        await before.Api.PutAsync("models/gateway", """{ "name": "Gateway" }""");
        string secret = (string)(await before.Api.PutAsync("devices/n1", """{ "model": "gateway" }"""))["secret"]!;
        await using NpmNode node = await NpmNode.StartAsync(before.MqttPort, "n1", secret, Births, birthsOnce: true);
        await SparkplugHost.TwinSeenAsync(before.Api, "n1:press", twin => (bool)twin["connected"]!, "birth of the device");
        Assert.Equal(0, await before.StopAsync());
        Assert.Empty(before.Errors);

        await using HostProcess after = await HostProcess.StartAsync(directory.Path, port);
        await node.SeenAsync("back");
        await node.CallAsync("publishDeviceData", "press", """{ "metrics": [{ "name": "Temperature", "type": "Double", "value": 99 }] }""");
        await node.SeenAsync("births", 2);

        await SparkplugHost.TwinSeenAsync(after.Api, "n1:press", twin => (bool)twin["connected"]!, "second birth of the device");
        JsonNode raw = await after.Api.ReadAsync("devices/n1:press/telemetry/raw?metric=Temperature");
        // What explains itself is not lost for want of a birth.
        Assert.Contains(raw["items"]!.AsArray(), item => (double)item!["value"]! == 99);
        Assert.Empty(after.Errors);
    }

    private Task<NpmNode> StartAsync(string id, string secret, bool applies = false) =>
        NpmNode.StartAsync(host.Process.MqttPort, id, secret, Births, applies);

    private Task<JsonNode> ConnectedAsync(string device, bool isConnected) =>
        host.TwinSeenAsync(device, twin => (bool)twin["connected"]! == isConnected, $"{device} with connected = {isConnected}");

    private async Task<JsonNode> CommandAsync(string device, string status)
    {
        JsonNode list = await host.Api.SeenAsync(
            $"devices/{device}/commands",
            list => (string?)list["items"]![0]!["status"] == status,
            $"newest command of {device} that {status}"
        );
        return list["items"]![0]!;
    }

    private static JsonNode? Value(JsonNode twin, string metric) => twin["values"]![metric]?["value"];
}
