using System.Text.Json;
using OmniIoT.Dialects.Shelly;
using OmniIoT.Dialects.Tests.Makers;

namespace OmniIoT.Dialects.Tests.Shelly;

public sealed class ShellyDeviceTests
{
    private const string Id = "shellyplus1pm-a8032ab12345";

    private readonly ShellyDevice _device = new(Id);

    [Theory]
    [InlineData(Id + "/online", true)]
    [InlineData(Id + "/rpc", true)]
    [InlineData(Id + "/command", true)]
    [InlineData(Id + "/command/switch:0", true)]
    [InlineData(Id + "/status/switch:0", true)]
    [InlineData(Id + "/events/rpc", true)]
    [InlineData(Id + "/omniiot/rpc", true)]
    [InlineData(Id, false)]
    [InlineData(Id + "/other", false)]
    [InlineData("shellyplus1pm-other/status/switch:0", false)]
    [InlineData("shellies/rpc", false)]
    public void It_speaks_of_itself_only(string topic, bool speaks) => Assert.Equal(speaks, _device.Speaks(topic));

    [Fact]
    public void A_status_is_telemetry_of_its_component() =>
        Assert.Equal(
            [
                """telemetry {"values":{"switch.0.source":"MQTT","switch.0.output":true,"switch.0.apower":8.9,"switch.0.aenergy.total":6.532,"switch.0.aenergy.by_minute.0":45.1,"switch.0.temperature.tC":35.1,"switch.0.timer_started_at":null}}""",
            ],
            _device
                .Read(
                    Id + "/status/switch:0",
                    """{"id":0,"source":"MQTT","output":true,"apower":8.9,"aenergy":{"total":6.532,"by_minute":[45.1]},"temperature":{"tC":35.1},"timer_started_at":null}"""
                )
                .Said()
        );

    [Theory]
    [InlineData("NotifyStatus")]
    [InlineData("NotifyFullStatus")]
    public void A_notification_of_status_is_telemetry_of_its_time(string method) =>
        Assert.Equal(
            ["""telemetry {"ts":1631266595440,"values":{"switch.0.output":true,"sys.uptime":42}}"""],
            _device
                .Read(
                    Id + "/events/rpc",
                    $$$"""{"src":"{{{Id}}}","dst":"{{{Id}}}/events","method":"{{{method}}}","params":{"ts":1631266595.44,"switch:0":{"id":0,"output":true},"sys":{"uptime":42} } }"""
                )
                .Said()
        );

    [Fact]
    public void Without_a_clock_it_is_of_its_arrival() =>
        Assert.Equal(
            ["""telemetry {"values":{"switch.0.output":true}}"""],
            _device.Read(Id + "/events/rpc", """{"method":"NotifyStatus","params":{"ts":null,"switch:0":{"output":true}}}""").Said()
        );

    [Fact]
    public void An_event_is_an_event_of_its_component() =>
        Assert.Equal(
            ["""events {"type":"single_push","ts":1631266595430,"code":"input:0"}""", """events {"type":"btn_up","ts":1631266595440}"""],
            _device
                .Read(
                    Id + "/events/rpc",
                    """{"method":"NotifyEvent","params":{"ts":1631266595.44,"events":[{"component":"input:0","id":0,"event":"single_push","ts":1631266595.43},{"event":"btn_up"}]}}"""
                )
                .Said()
        );

    [Fact]
    public void Being_online_adds_nothing() => Assert.Empty(_device.Read(Id + "/online", "true").Said());

    [Fact]
    public void A_command_is_a_request_and_is_answered_by_its_id()
    {
        (string topic, string payload) = _device.Ask(null, Meanings.Command("Switch.Set", """{"id":0,"on":true}""")).InWords();

        Assert.Equal(
            (Id + "/rpc", $$$"""{"id":"c1","src":"{{{Id}}}/omniiot","method":"Switch.Set","params":{"id":0,"on":true}}"""),
            (topic, payload)
        );
        Assert.Equal(
            """{"status":"succeeded","result":{"was_on":false}}""",
            Answer("""{"id":"c1","src":"x","dst":"y","result":{"was_on":false}}""")
        );
        Assert.Equal(
            """{"status":"failed","error":"No handler for Switch.Fly"}""",
            Answer("""{"id":"c1","error":{"code":404,"message":"No handler for Switch.Fly"}}""")
        );
        Assert.Null(Answer("""{"id":"c2","result":{}}"""));
    }

    [Theory]
    [InlineData("/rpc", "{}")]
    [InlineData("/debug/log", "{}")]
    [InlineData("/events/rpc", """{"method":"NotifyStatus"}""")]
    [InlineData("/events/rpc", """{"method":"Other","params":{}}""")]
    [InlineData("/events/rpc", """{"method":"NotifyEvent","params":{}}""")]
    [InlineData("/omniiot/rpc", """{"id":7,"result":{}}""")]
    public void What_it_should_not_say_is_not_understood(string below, string payload) =>
        Assert.NotNull(_device.Read(Id + below, payload).Mistake);

    [Fact]
    public void What_is_no_JSON_is_refused() => Assert.ThrowsAny<JsonException>(() => _device.Read(Id + "/status/switch:0", "no json"));

    private string? Answer(string payload) => _device.Read(Id + "/omniiot/rpc", payload).AnswerTo(Meanings.Command("Switch.Set"));
}
