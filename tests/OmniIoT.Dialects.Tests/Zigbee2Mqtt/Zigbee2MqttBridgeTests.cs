using System.Text.Json;
using OmniIoT.Dialects.Makers;
using OmniIoT.Dialects.Tests.Makers;
using OmniIoT.Dialects.Zigbee2Mqtt;

namespace OmniIoT.Dialects.Tests.Zigbee2Mqtt;

public sealed class Zigbee2MqttBridgeTests
{
    private readonly Zigbee2MqttBridge _bridge = new("bridge-1");

    [Fact]
    public void It_speaks_below_the_default_base_topic() =>
        Assert.Equal(
            (true, true, false),
            (_bridge.Speaks("zigbee2mqtt/"), _bridge.Speaks("zigbee2mqtt/lamp/set"), _bridge.Speaks("zigbee2mqtt2/lamp"))
        );

    [Theory]
    [InlineData(
        "sensor",
        """{"temperature":27.34,"humidity":44.72}""",
        """sensor: telemetry {"values":{"temperature":27.34,"humidity":44.72}}"""
    )]
    [InlineData(
        "kitchen/lamp",
        """{"state":"ON","color":{"x":0.3,"y":0.4},"update":null}""",
        """kitchen/lamp: telemetry {"values":{"state":"ON","color.x":0.3,"color.y":0.4,"update":null}}"""
    )]
    [InlineData("button", """{"action":"single"}""", """button: telemetry {"values":{"action":"single"}}""")]
    [InlineData(
        "bridge/info",
        """{"version":"1.40.0","commit":"abc","coordinator":{"type":"zStack"},"config":{"mqtt":{"password":"x"}}}""",
        """twin/reported {"zigbee2mqtt":{"version":"1.40.0","commit":"abc","coordinator":{"type":"zStack"}}}"""
    )]
    [InlineData(
        "bridge/devices",
        """[{"type":"Coordinator","friendly_name":"Coordinator"},{"type":"Router","friendly_name":"lamp","ieee_address":"0x01","definition":{"exposes":[]}}]""",
        """lamp: twin/reported {"zigbee":{"ieee_address":"0x01","type":"Router"}}"""
    )]
    [InlineData(
        "bridge/event",
        """{"type":"device_joined","data":{"friendly_name":"lamp","ieee_address":"0x01"}}""",
        """events {"type":"device_joined","code":"lamp"}"""
    )]
    public void What_it_says_is_its_own_or_of_a_device_behind_it(string below, string payload, string said) =>
        Assert.Equal([said], Read(below, payload).Said());

    [Theory]
    [InlineData("bridge/state", """{"state":"online"}""")]
    [InlineData("bridge/logging", """{"level":"info","message":"x"}""")]
    [InlineData("bridge/groups", "[]")]
    [InlineData("bridge/health", "{}")]
    public void Its_own_affairs_add_nothing(string below, string payload)
    {
        Assert.Null(Read(below, payload).Mistake);
        Assert.Empty(Read(below, payload).Said());
    }

    [Theory]
    [InlineData("lamp/availability", """{"state":"online"}""", true)]
    [InlineData("lamp/availability", """{"state":"offline"}""", false)]
    [InlineData("lamp/availability", "offline", false)]
    [InlineData("bridge/event", """{"type":"device_leave","data":{"friendly_name":"lamp"}}""", false)]
    public void A_device_comes_and_goes(string below, string payload, bool isThere) =>
        Assert.Equal([new ChildSeen("lamp", isThere)], Read(below, payload).Children);

    [Theory]
    [InlineData("lamp", "12")]
    [InlineData("lamp", "")]
    public void What_is_no_state_is_refused(string below, string payload) => Assert.ThrowsAny<JsonException>(() => Read(below, payload));

    [Fact]
    public void An_empty_availability_is_not_there() =>
        Assert.Equal([new ChildSeen("lamp", false)], Read("lamp/availability", "").Children);

    [Theory]
    [InlineData("write", "zigbee2mqtt/lamp/set")]
    [InlineData("set", "zigbee2mqtt/lamp/set")]
    [InlineData("get", "zigbee2mqtt/lamp/get")]
    [InlineData("rebirth", null)]
    public void A_command_to_a_device_is_set_or_get(string name, string? topic) =>
        Assert.Equal(topic, _bridge.Ask("lamp", Meanings.Command(name))?.Topic);

    [Fact]
    public void A_command_to_the_bridge_is_a_request_and_is_answered_by_its_transaction()
    {
        OpenCommand command = Meanings.Command("device.remove", """{"id":"lamp"}""");

        Assert.Equal(
            ("zigbee2mqtt/bridge/request/device/remove", """{"id":"lamp","transaction":"c1"}"""),
            _bridge.Ask(null, command).InWords()
        );
        Assert.Equal(
            """{"status":"succeeded","result":{"id":"lamp"}}""",
            Read("bridge/response/device/remove", """{"data":{"id":"lamp"},"status":"ok","transaction":"c1"}""").AnswerTo(command)
        );
        Assert.Equal(
            """{"status":"failed","result":{},"error":"no such device"}""",
            Read("bridge/response/device/remove", """{"data":{},"status":"error","error":"no such device","transaction":"c1"}""")
                .AnswerTo(command)
        );
        Assert.Null(Read("bridge/response/device/remove", """{"data":{},"status":"ok"}""").AnswerTo(command));
    }

    [Theory]
    [InlineData("write", """{"state":"ON"}""", """{"state":"ON","linkquality":9}""", """{"state":"ON"}""")]
    [InlineData("write", """{"state":"on","brightness":20}""", """{"state":"ON","brightness":20}""", """{"state":"ON","brightness":20}""")]
    [InlineData("write", """{"state":"TOGGLE"}""", """{"state":"OFF"}""", """{"state":"OFF"}""")]
    [InlineData("write", """{"color":{"hex":"#ff0000"}}""", """{"color":{"x":0.7,"y":0.3}}""", """{"color":{"x":0.7,"y":0.3}}""")]
    [InlineData("get", """{"state":""}""", """{"state":"OFF"}""", """{"state":"OFF"}""")]
    [InlineData("write", """{"state":"ON"}""", """{"state":"OFF"}""", null)]
    [InlineData("write", """{"state":"ON","brightness":20}""", """{"state":"ON"}""", null)]
    [InlineData("write", "{}", """{"state":"ON"}""", null)]
    public void A_command_has_succeeded_once_all_is_as_it_was_asked_for(string name, string arguments, string state, string? result) =>
        Assert.Equal(
            result is null ? null : $$"""{"status":"succeeded","result":{{result}}}""",
            Read("lamp", state).AnswerTo(Meanings.Command(name, arguments))
        );

    [Theory]
    [InlineData("""{"level":"error","message":"z2m: Publish 'set' 'state' to 'lamp' failed: 'Error: timeout'"}""", true)]
    [InlineData("""{"level":"error","message":"z2m: Publish 'set' 'brightness' to 'lamp' failed: 'Error: timeout'"}""", false)]
    [InlineData("""{"level":"info","message":"z2m: Publish 'set' 'state' to 'lamp' failed: 'Error: timeout'"}""", false)]
    [InlineData("""{"level":"error","message":"z2m: something else"}""", false)]
    public void A_publish_that_failed_fails_its_command(string entry, bool hasFailed)
    {
        string? answer = Read("bridge/logging", entry).AnswerTo(Meanings.Command("write", """{"state":"ON"}"""));

        Assert.Equal(hasFailed, answer?.StartsWith("""{"status":"failed","error":""", StringComparison.Ordinal) == true);
    }

    private Meaning Read(string below, string payload) => _bridge.Read("zigbee2mqtt/" + below, payload);
}
