using System.Text.Json;
using OmniIoT.Dialects.Makers;
using OmniIoT.Dialects.Tasmota;
using OmniIoT.Dialects.Tests.Makers;

namespace OmniIoT.Dialects.Tests.Tasmota;

public sealed class TasmotaDeviceTests
{
    private readonly TasmotaDevice _device = new("plug-1");

    [Theory]
    [InlineData("tele/plug-1/SENSOR", true)]
    [InlineData("stat/plug-1/RESULT", true)]
    [InlineData("cmnd/plug-1/", true)]
    [InlineData("tasmota/discovery/600194ABCDEF/config", true)]
    [InlineData("tele/plug-2/SENSOR", false)]
    [InlineData("tele/plug-11/SENSOR", false)]
    [InlineData("cmnd/tasmotas/", false)]
    [InlineData("tele/", false)]
    [InlineData("", false)]
    public void It_speaks_of_itself_only(string topic, bool speaks) => Assert.Equal(speaks, _device.Speaks(topic));

    [Theory]
    [InlineData(
        "tele/plug-1/SENSOR",
        """{"Time":"2026-02-24T22:20:38","ENERGY":{"Total":3.185,"Power":[12,0]},"TempUnit":"C"}""",
        """telemetry {"ts":1771971638000,"values":{"ENERGY.Total":3.185,"ENERGY.Power.0":12,"ENERGY.Power.1":0,"TempUnit":"C"}}"""
    )]
    [InlineData(
        "tele/plug-1/STATE",
        """{"Time":"2026-02-24T22:20:38","UptimeSec":611,"POWER":"OFF","Wifi":{"RSSI":44}}""",
        """telemetry {"ts":1771971638000,"values":{"UptimeSec":611,"POWER":"OFF","Wifi.RSSI":44}}"""
    )]
    [InlineData("stat/plug-1/RESULT", """{"POWER":"ON"}""", """telemetry {"values":{"POWER":"ON"}}""")]
    [InlineData("stat/plug-1/POWER", "ON", """telemetry {"values":{"POWER":"ON"}}""")]
    [InlineData(
        "tele/plug-1/INFO1",
        """{"Info1":{"Module":"Sonoff Basic","Version":"13.4.0(tasmota)"}}""",
        """twin/reported {"tasmota":{"Info1":{"Module":"Sonoff Basic","Version":"13.4.0(tasmota)"}}}"""
    )]
    [InlineData(
        "stat/plug-1/STATUS5",
        """{"StatusNET":{"Hostname":"plug-1"}}""",
        """twin/reported {"tasmota":{"StatusNET":{"Hostname":"plug-1"}}}"""
    )]
    [InlineData(
        "tasmota/discovery/600194ABCDEF/config",
        """{"ip":"10.0.0.7","t":"plug-1","sw":"13.4.0"}""",
        """twin/reported {"tasmota":{"ip":"10.0.0.7","t":"plug-1","sw":"13.4.0"}}"""
    )]
    [InlineData(
        "tasmota/discovery/600194ABCDEF/sensors",
        """{"sn":{"Time":"2026-02-24T22:20:38","AM2301":{"Temperature":21.5}},"ver":1}""",
        """telemetry {"ts":1771971638000,"values":{"AM2301.Temperature":21.5}}"""
    )]
    [InlineData(
        "tele/plug-1/STATE",
        """{"Time":"2026-02-25T02:20:38+04:00","POWER":"OFF"}""",
        """telemetry {"ts":1771971638000,"values":{"POWER":"OFF"}}"""
    )]
    [InlineData("tele/plug-1/STATE", """{"Time":"1970-01-01T00:00:09","POWER":"OFF"}""", """telemetry {"values":{"POWER":"OFF"}}""")]
    [InlineData("tele/plug-1/STATE", """{"Time":"soon","POWER":"OFF"}""", """telemetry {"values":{"POWER":"OFF"}}""")]
    public void What_it_says_is_measured_or_reported(string topic, string payload, string said) =>
        Assert.Equal([said], _device.Read(topic, payload).Said());

    [Theory]
    [InlineData("tele/plug-1/LWT", "Online")]
    [InlineData("tele/plug-1/LWT", "Offline")]
    [InlineData("stat/plug-1/RESULT", """{"Command":"Unknown"}""")]
    public void Some_of_it_adds_nothing(string topic, string payload)
    {
        Meaning meaning = _device.Read(topic, payload);

        Assert.Null(meaning.Mistake);
        Assert.Empty(meaning.Said());
    }

    [Theory]
    [InlineData("tele/plug-1/SENSOR", "no json")]
    [InlineData("tele/plug-1/SENSOR", """{"AM2301":{"Temperature":nan}}""")]
    [InlineData("stat/plug-1/RESULT", """{"POWER":""")]
    public void What_is_no_JSON_is_refused(string topic, string payload) =>
        Assert.ThrowsAny<JsonException>(() => _device.Read(topic, payload));

    [Theory]
    [InlineData("cmnd/plug-1/POWER", "ON")]
    [InlineData("tasmota/discovery/600194ABCDEF/config", """{"t":"plug-2"}""")]
    public void What_is_not_its_own_is_not_understood(string topic, string payload) => Assert.NotNull(_device.Read(topic, payload).Mistake);

    [Theory]
    [InlineData("Power", "{}", "")]
    [InlineData("Power1", """{"value":"ON"}""", "ON")]
    [InlineData("Dimmer", """{"value":40}""", "40")]
    [InlineData("TelePeriod", """{"value":true}""", "true")]
    [InlineData("Backlog", """{"a":1,"b":2}""", """{"a":1,"b":2}""")]
    public void A_command_is_its_own(string name, string arguments, string payload) =>
        Assert.Equal(($"cmnd/plug-1/{name}", payload), _device.Ask(null, Meanings.Command(name, arguments)).InWords());

    [Theory]
    [InlineData("Power", "stat/plug-1/RESULT", """{"POWER":"ON"}""", true)]
    [InlineData("Power1", "stat/plug-1/RESULT", """{"POWER":"ON"}""", true)]
    [InlineData("POWER", "stat/plug-1/RESULT", """{"POWER1":"ON"}""", true)]
    [InlineData("Power2", "stat/plug-1/RESULT", """{"POWER1":"ON"}""", false)]
    [InlineData("Dimmer", "stat/plug-1/RESULT", """{"POWER":"ON","Dimmer":40}""", true)]
    [InlineData("Status", "stat/plug-1/STATUS5", """{"StatusNET":{}}""", true)]
    [InlineData("Restart", "stat/plug-1/RESULT", """{"Restart":"Restarting"}""", true)]
    [InlineData("Restart", "stat/plug-1/RESULT", """{"POWER":"ON"}""", false)]
    public void An_answer_bears_the_commands_name(string command, string topic, string payload, bool isAnswer)
    {
        string? answer = _device.Read(topic, payload).AnswerTo(Meanings.Command(command));

        Assert.Equal(isAnswer ? $$"""{"status":"succeeded","result":{{payload}}}""" : null, answer);
    }

    [Fact]
    public void A_command_that_it_does_not_know_has_failed() =>
        Assert.Equal(
            """{"status":"failed","result":{"Command":"Unknown"},"error":"The device answers \u0027Unknown\u0027."}""",
            _device.Read("stat/plug-1/RESULT", """{"Command":"Unknown"}""").AnswerTo(Meanings.Command("Fly"))
        );
}
