using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Hosting;
using static OmniIoT.Scenarios.Sparkplug.HandMadeNode;

namespace OmniIoT.Scenarios.Sparkplug;

/// <summary>What the host makes of nodes that do what they should not, or seldom do.</summary>
[Collection(nameof(SparkplugHost))]
public sealed class NodeRulesTests(SparkplugHost host)
{
    [Fact]
    public async Task A_lost_message_asks_for_a_rebirth_and_until_then_no_alias_is_believed()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        await node.BirthAsync(0, Number("speed", 1, alias: 5));
        node.Sequence++;

        Assert.Equal(ReasonCode.Success, await node.SayAsync("NDATA", null, Number("speed", 2)));
        await node.AskedForRebirthAsync();
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SayAsync("NDATA", null, Number(null, 3, alias: 5)));
        Assert.Equal(ReasonCode.Success, await node.SayAsync("NDATA", null, Number("speed", 4)));
        Assert.Equal(4, await SpeedAsync(node.Id));
        await node.BirthAsync(0, Number("speed", 5, alias: 6));
        Assert.Equal(ReasonCode.Success, await node.SayAsync("NDATA", null, Number(null, 6, alias: 6)));

        Assert.Equal(6, await SpeedAsync(node.Id));
        node.WasAskedNothing(); // One request, however many messages came meanwhile.
    }

    [Fact]
    public async Task The_sequence_goes_on_with_0_after_255()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        await node.BirthAsync();

        for (int i = 0; i < 300; i++)
            await node.SayAsync("NDATA", null, Number("speed", i));

        Assert.Equal(299, await SpeedAsync(node.Id));
        node.WasAskedNothing();
    }

    [Fact]
    public async Task An_alias_that_no_birth_explains_asks_for_a_rebirth_and_goes_to_the_dead_letters()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        await node.BirthAsync(0, Number("speed", 1, alias: 5));

        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SayAsync("NDATA", null, Number("speed", 2), Number(null, 3, alias: 77)));

        await node.AskedForRebirthAsync();
        Assert.Equal(2, await SpeedAsync(node.Id));
        JsonNode letter = Assert.Single(await host.DeadLettersAsync(node.Id));
        Assert.Equal(("wrongShape", $"spBv1.0/plant/NDATA/{node.Id}"), ((string?)letter["reason"], (string?)letter["topic"]));
        Assert.Contains("alias 77", (string?)letter["detail"]);
    }

    [Fact]
    public async Task Who_speaks_without_a_birth_is_asked_for_one()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();

        await node.SayAsync("NDATA", null, Number("speed", 2));

        await node.AskedForRebirthAsync();
        Assert.Equal(2, await SpeedAsync(node.Id));
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SayAsync("DDATA", "nobody", Number("speed", 2)));
    }

    [Fact]
    public async Task A_death_counts_for_the_birth_that_has_its_number()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        await node.BirthAsync(birthDeathSequence: 8);
        await node.SayAsync("DBIRTH", "d", Number("speed", 1));

        await node.DeathAsync(birthDeathSequence: 7);
        Assert.True(await IsConnectedAsync(node.Id) && await IsConnectedAsync(node.Id + ":d"));
        await node.DeathAsync(birthDeathSequence: 8);
        await host.TwinSeenAsync(node.Id + ":d", twin => !(bool)twin["connected"]!, "death of the device");
        await host.TwinSeenAsync(node.Id, twin => !(bool)twin["connected"]!, "death of the node");
        await node.BirthAsync(birthDeathSequence: 9);

        await host.TwinSeenAsync(node.Id, twin => (bool)twin["connected"]!, "new birth");
    }

    [Fact]
    public async Task Births_that_are_repeated_change_nothing()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        for (int i = 0; i < 3; i++)
        {
            await node.BirthAsync(0, Number("speed", i));
            await node.SayAsync("DBIRTH", "d", Number("speed", i));
            await node.SayAsync("DBIRTH", "d", Number("speed", i));
        }

        Assert.Equal(2, (await host.Api.ListAsync($"devices?q={node.Id}")).Count);
        Assert.True(await IsConnectedAsync(node.Id + ":d"));
        node.WasAskedNothing();
    }

    [Fact]
    public async Task What_is_no_payload_goes_to_the_dead_letters_with_the_reason()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        await node.BirthAsync();

        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SendAsync("NDATA", null, [0x12, 0xFF, 0x01]));
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SendAsync("NCMD", null, new SparkplugPayload()));
        Assert.Equal(ReasonCode.QuotaExceeded, await node.SendAsync("NDATA", null, Bomb()));

        IReadOnlyList<JsonNode> letters = await host.DeadLettersAsync(node.Id);
        Assert.Equal(["tooLarge", "wrongShape", "wrongShape"], letters.Select(letter => (string?)letter["reason"]));
        Assert.Contains("once it is inflated", (string?)letters[0]["detail"]);
        Assert.Contains("Protocol Buffers", (string?)letters[2]["detail"]);
    }

    [Fact]
    public async Task A_metric_that_cannot_be_kept_takes_no_other_with_it()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        SparkplugMetric table = new()
        {
            Name = "table",
            DataType = MetricDataType.DataSet,
            Value = WireValue.Of(WireField.DataSet, new byte[] { 0x08, 0x00 }),
        };
        SparkplugMetric tomorrow = Number("later", 1) with { Timestamp = NowMilliseconds + (ulong)TimeSpan.FromDays(2).TotalMilliseconds };

        await node.BirthAsync(0, table, tomorrow, Number("endless", double.PositiveInfinity), Number("speed", 7));

        Assert.Equal(7, await SpeedAsync(node.Id));
        Assert.Equal(["future", "wrongShape"], (await host.DeadLettersAsync(node.Id)).Select(letter => (string?)letter["reason"]).Order());
        await node.SayAsync("NDATA", null, table);
        Assert.Equal(2, (await host.DeadLettersAsync(node.Id)).Count); // The birth has told of it.
    }

    [Fact]
    public async Task A_birth_of_hundreds_of_metrics_is_kept_as_far_as_a_device_can_hold_them()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();

        await node.BirthAsync(0, [.. Enumerable.Range(0, 300).Select(i => Number($"metric {i}", i))]);

        JsonNode twin = await host.TwinAsync(node.Id);
        Assert.Equal(256, twin["values"]!.AsObject().Count);
        Assert.Single(await host.DeadLettersAsync(node.Id));
    }

    [Fact]
    public async Task A_device_that_is_registered_for_itself_is_taken_by_the_first_node_of_its_owner()
    {
        await host.Api.PutAsync("customers/bea", """{ "name": "Bea" }""");
        string pump = host.NewId("pump-");
        await host.AddDeviceAsync(pump, "bea");
        await using HandMadeNode stranger = await host.ConnectNodeAsync();
        await using HandMadeNode first = await host.ConnectNodeAsync("bea");
        await using HandMadeNode second = await host.ConnectNodeAsync("bea");
        foreach (HandMadeNode node in new[] { stranger, first, second })
        {
            await node.BirthAsync();
            await node.SayAsync("DBIRTH", pump, Number("speed", node == first ? 5 : 1));
        }

        Assert.Equal(5, await SpeedAsync(pump));
        Assert.Equal((1, 1), (await SpeedAsync($"{stranger.Id}:{pump}"), await SpeedAsync($"{second.Id}:{pump}")));
        Assert.Equal("gateway", (string?)(await host.Api.ReadAsync("devices/" + pump))["model"]);
    }

    [Fact]
    public async Task A_device_is_registered_with_the_model_that_its_birth_names_and_an_id_that_is_allowed()
    {
        await using HandMadeNode node = await host.ConnectNodeAsync();
        SparkplugMetric model = new()
        {
            Name = "Properties/Model",
            DataType = MetricDataType.String,
            Value = WireValue.Of(WireField.String, "gateway"u8.ToArray()),
        };
        await node.BirthAsync();
        await node.SayAsync("DBIRTH", "Pumpe Süd", model, Number("speed", 3));
        await node.SayAsync("DBIRTH", "Pumpe-S-d", Number("speed", 4));

        Assert.Equal("gateway", (string?)(await host.Api.ReadAsync($"devices/{node.Id}:Pumpe-S-d"))["model"]);
        Assert.Equal(3, await SpeedAsync($"{node.Id}:Pumpe-S-d"));
        Assert.Equal(3, (await host.Api.ListAsync($"devices?q={node.Id}")).Count); // Two names, two devices.
    }

    [Fact]
    public async Task Without_automatic_registration_an_unknown_device_goes_to_the_dead_letters()
    {
        await using HostProcess strict = await HostProcess.StartAsync(null, "--OmniIoT:Sparkplug:AutoRegister=false");
        await strict.Api.PutAsync("models/gateway", """{ "name": "Gateway" }""");
        string secret = (string)(await strict.Api.PutAsync("devices/n1", """{ "model": "gateway" }"""))["secret"]!;
        await strict.Api.PutAsync("devices/n1:known", """{ "model": "gateway" }""");
        await using HandMadeNode node = await HandMadeNode.ConnectAsync(strict.MqttPort, "n1", secret);
        await node.BirthAsync();

        Assert.Equal(ReasonCode.Success, await node.SayAsync("DBIRTH", "known", Number("speed", 1)));
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await node.SayAsync("DBIRTH", "unknown", Number("speed", 1)));

        Assert.Equal(2, (await strict.Api.ListAsync("devices")).Count);
        Assert.Contains("'unknown'", (string?)Assert.Single(await strict.Api.ListAsync("dead-letters"))["detail"]);
        Assert.Empty(strict.Errors);
    }

    [Fact]
    public async Task A_node_that_invents_devices_gets_no_more_of_them_by_connecting_again()
    {
        await using HostProcess small = await HostProcess.StartAsync(null, "--OmniIoT:Sparkplug:DevicesPerNode=2");
        await small.Api.PutAsync("models/gateway", """{ "name": "Gateway" }""");
        string secret = (string)(await small.Api.PutAsync("devices/n1", """{ "model": "gateway" }"""))["secret"]!;
        List<ReasonCode> answers = [];
        for (int connection = 0; connection < 3; connection++)
        {
            await using HandMadeNode node = await HandMadeNode.ConnectAsync(small.MqttPort, "n1", secret);
            await node.BirthAsync();
            answers.Add(await node.SayAsync("DBIRTH", $"d{connection}", Number("speed", 1)));
        }

        Assert.Equal([ReasonCode.Success, ReasonCode.Success, ReasonCode.PayloadFormatInvalid], answers);
        Assert.Equal(3, (await small.Api.ListAsync("devices")).Count);
        Assert.Empty(small.Errors);
    }

    [Fact]
    public async Task A_rule_reads_a_metric_whose_name_has_slashes_and_silence_is_noticed_after_a_death()
    {
        string model = host.NewId("pump-model-");
        await host.Api.PutAsync(
            "models/" + model,
            """{ "name": "Pump", "rules": [{ "type": "hot", "severity": "major", "when": "`Inputs/Oil temperature` > 80" }, { "type": "silent", "severity": "warning", "when": "silent for 1s" }], "metrics": { "Inputs/Oil temperature": { "unit": "Cel" } } }"""
        );
        await using HandMadeNode node = await host.ConnectNodeAsync();
        SparkplugMetric named = new()
        {
            Name = "model",
            DataType = MetricDataType.String,
            Value = WireValue.Of(WireField.String, Encoding.UTF8.GetBytes(model)),
        };
        await node.BirthAsync();
        await node.SayAsync("DBIRTH", "pump", named, Number("Inputs/Oil temperature", 90));
        await node.SayAsync("DDEATH", "pump");

        await host.Api.SeenAsync(
            $"alarms?deviceId={node.Id}:pump",
            list => list["items"]!.AsArray().Count == 2,
            "alarms of heat and of silence"
        );
    }

    [Theory]
    [InlineData("spBv1.0/STATE/omniiot")]
    [InlineData("spBv1.0/STATE/+")]
    [InlineData("STATE/omniiot")]
    public async Task The_host_says_that_it_is_online_and_before_it_goes_that_it_is_not(string filter)
    {
        await using HostProcess own = await HostProcess.StartAsync();
        await own.Api.PutAsync("models/gateway", """{ "name": "Gateway" }""");
        string secret = (string)(await own.Api.PutAsync("devices/n1", """{ "model": "gateway" }"""))["secret"]!;
        await using HandMadeNode node = await HandMadeNode.ConnectAsync(own.MqttPort, "n1", secret);

        Assert.Equal(ReasonCode.GrantedQos1, await node.SubscribeAsync(filter));
        ReceivedMessage online = await node.ReceiveAsync("state of the host");
        Task<int> stopping = own.StopAsync();
        ReceivedMessage offline = await node.ReceiveAsync("state of the host at its end");

        Assert.Equal((true, false), (online.Retain, offline.Retain));
        Assert.Equal((true, false), (IsOnline(online), IsOnline(offline)));
        Assert.Equal(0, await stopping);
        Assert.Empty(own.Errors);
    }

    private static bool IsOnline(ReceivedMessage state)
    {
        string text = Encoding.UTF8.GetString(state.Payload.Span);
        return text == "ONLINE" || (text != "OFFLINE" && (bool)JsonNode.Parse(text)!["online"]!);
    }

    private async Task<double> SpeedAsync(string device) => (double)(await host.TwinAsync(device))["values"]!["speed"]!["value"]!;

    private async Task<bool> IsConnectedAsync(string device) => (bool)(await host.TwinAsync(device))["connected"]!;

    /// <summary>A compressed payload of a few kilobytes that is 8 MiB inside.</summary>
    private static byte[] Bomb()
    {
        using MemoryStream body = new();
        using (ZLibStream deflate = new(body, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(new byte[8 * 1024 * 1024]);
        byte[] uuid = Encoding.UTF8.GetBytes("SPBV1.0_COMPRESSED");
        List<byte> payload = [0x22, (byte)uuid.Length, .. uuid, 0x2A];
        for (long length = body.Length; ; length >>= 7)
        {
            payload.Add((byte)(length < 0x80 ? length : length | 0x80));
            if (length < 0x80)
                break;
        }
        return [.. payload, .. body.ToArray()];
    }
}
