using OmniIoT.Dialects.HomeAssistant;
using OmniIoT.Dialects.Makers;
using OmniIoT.Dialects.Tests.Makers;

namespace OmniIoT.Dialects.Tests.HomeAssistant;

public sealed class HomeAssistantDeviceTests
{
    private readonly HomeAssistantDevice _device = new("boiler");

    [Theory]
    [InlineData("homeassistant/sensor/boiler/temp/config", true)]
    [InlineData("boiler/sensor/temp/state", true)]
    [InlineData("boiler/", true)]
    [InlineData("boiler2/state", false)]
    [InlineData("home/boiler/state", false)]
    public void It_speaks_below_its_id_and_announces(string topic, bool speaks) => Assert.Equal(speaks, _device.Speaks(topic));

    [Fact]
    public void An_announcement_says_what_there_is_and_which_topics_are_its_own()
    {
        Meaning meaning = _device.Read(
            "homeassistant/sensor/boiler/temp/config",
            """
            {"~":"home/boiler","name":"Water","stat_t":"~/state","val_tpl":"{{ value_json.temperature }}","unit_of_meas":"°C","dev_cla":"temperature","stat_cla":"measurement","dev":{"ids":"b1","mf":"Acme","mdl":"B2","sw":"1.4"}}
            """
        );

        Assert.Equal(
            [
                """twin/reported {"homeassistant":{"entities":{"temp":{"component":"sensor","name":"Water","unit":"°C","deviceClass":"temperature","stateClass":"measurement"}},"device":{"manufacturer":"Acme","model":"B2","sw_version":"1.4"}}}""",
            ],
            meaning.Said()
        );
        Assert.True(_device.Speaks("home/boiler/state"));
        Assert.Equal(
            ["""telemetry {"values":{"temp":61.5}}"""],
            _device.Read("home/boiler/state", """{"temperature":61.5,"pressure":2}""").Said()
        );
    }

    [Theory]
    [InlineData("", "21.5", "21.5")]
    [InlineData("{{ value }}", "ON", "\"ON\"")]
    [InlineData("{{value}}", "7", "7")]
    [InlineData("{{ value_json.a.b }}", """{"a":{"b":2}}""", "2")]
    [InlineData("{{ value_json['a'][1] }}", """{"a":[1,true]}""", "true")]
    [InlineData("{{ value_json.a | float(0) }}", """{"a":2.50}""", "2.50")]
    public void A_template_takes_the_value_out(string template, string payload, string value)
    {
        Announce("sensor", "x", $$"""{"state_topic":"boiler/x","value_template":"{{template}}"}""");

        Assert.Equal([$$$"""telemetry {"values":{"x":{{{value}}}}}"""], _device.Read("boiler/x", payload).Said());
    }

    [Fact]
    public void Sensors_that_share_a_topic_are_one_message_and_what_is_missing_is_left_out()
    {
        Announce("sensor", "a", """{"state_topic":"boiler/all","value_template":"{{ value_json.a }}"}""");
        Announce("sensor", "b", """{"state_topic":"boiler/all","value_template":"{{ value_json.b }}"}""");

        Assert.Equal(["""telemetry {"values":{"a":1,"b":null}}"""], _device.Read("boiler/all", """{"a":1,"b":null}""").Said());
        Assert.Equal(["""telemetry {"values":{"b":2}}"""], _device.Read("boiler/all", """{"b":2}""").Said());
    }

    [Fact]
    public void A_template_that_is_a_program_is_said_and_its_state_is_not_kept()
    {
        Meaning announced = Announce("sensor", "x", """{"state_topic":"x/state","value_template":"{% if value == 'a' %}1{% endif %}"}""");

        Assert.Contains("'x'", announced.Mistake);
        Assert.True(_device.Speaks("x/state"));
        Assert.Empty(_device.Read("x/state", "a").Said());
    }

    [Fact]
    public void One_message_announces_a_whole_device()
    {
        _device.Read(
            "homeassistant/device/boiler/config",
            """
            {"dev":{"ids":["b1"],"name":"Boiler"},"o":{"name":"own"},"~":"home/b","state_topic":"home/b/all","avty_t":"home/b/status",
             "cmps":{"temp":{"p":"sensor","val_tpl":"{{ value_json.t }}"},"pump":{"p":"switch","stat_t":"home/b/pump","cmd_t":"home/b/pump/set"},"gone":{"p":"sensor"}}}
            """
        );

        Assert.Equal(["""telemetry {"values":{"temp":40}}"""], _device.Read("home/b/all", """{"t":40}""").Said());
        Assert.Equal(("home/b/pump/set", "ON"), _device.Ask(null, Meanings.Command("pump", """{"value":true}""")).InWords());
        Assert.Equal(["""twin/reported {"homeassistant":{"available":false}}"""], _device.Read("home/b/status", "offline").Said());
    }

    [Theory]
    [InlineData("switch", "{}", "relay", """{"value":true}""", "boiler/set", "ON")]
    [InlineData("switch", """{"payload_off":"0"}""", "write", """{"relay":"off"}""", "boiler/set", "0")]
    [InlineData("button", "{}", "relay", "{}", "boiler/set", "PRESS")]
    [InlineData(
        "number",
        """{"command_template":"{\"v\": {{ value }} }"}""",
        "relay",
        """{"value":7.5}""",
        "boiler/set",
        """{"v": 7.5 }"""
    )]
    [InlineData("select", """{"options":["eco","hot"]}""", "set", """{"relay":"eco"}""", "boiler/set", "eco")]
    [InlineData("select", """{"options":["eco","hot"]}""", "set", """{"relay":"cold"}""", null, null)]
    [InlineData(
        "light",
        """{"schema":"json"}""",
        "relay",
        """{"state":"ON","brightness":120}""",
        "boiler/set",
        """{"state":"ON","brightness":120}"""
    )]
    [InlineData("light", """{"brightness_command_topic":"boiler/level"}""", "relay", """{"brightness":120}""", "boiler/level", "120")]
    [InlineData("sensor", "{}", "other", """{"value":1}""", null, null)]
    public void A_command_goes_to_the_entitys_topic(
        string component,
        string more,
        string name,
        string arguments,
        string? topic,
        string? payload
    )
    {
        string members = more.Trim()[1..^1];
        Announce(
            component,
            "relay",
            $$"""{"command_topic":"boiler/set","state_topic":"boiler/state"{{(members.Length == 0 ? "" : "," + members)}}}"""
        );

        Assert.Equal((topic, payload), _device.Ask(null, Meanings.Command(name, arguments)).InWords());
    }

    [Theory]
    [InlineData("""{"value":true}""", "ON", true)]
    [InlineData("""{"value":true}""", "OFF", false)]
    [InlineData("""{"value":"on"}""", "ON", true)]
    public void The_state_that_follows_answers(string arguments, string state, bool isAnswer)
    {
        Announce("switch", "relay", """{"command_topic":"boiler/set","state_topic":"boiler/state"}""");

        string? answer = _device.Read("boiler/state", state).AnswerTo(Meanings.Command("relay", arguments));

        Assert.Equal(isAnswer ? $$"""{"status":"succeeded","result":"{{state}}"}""" : null, answer);
    }

    [Fact]
    public void Objects_of_two_nodes_are_told_apart()
    {
        _device.Read("homeassistant/sensor/one/temp/config", """{"state_topic":"one/state"}""");
        _device.Read("homeassistant/sensor/two/temp/config", """{"state_topic":"two/state"}""");

        Assert.Equal(["""telemetry {"values":{"temp":1}}"""], _device.Read("one/state", "1").Said());
        Assert.Equal(["""telemetry {"values":{"two.temp":2}}"""], _device.Read("two/state", "2").Said());
    }

    [Fact]
    public void An_empty_announcement_takes_the_entity_away()
    {
        Announce("sensor", "x", """{"state_topic":"x/state"}""");

        Meaning meaning = Announce("sensor", "x", "");

        Assert.Equal(["""twin/reported {"homeassistant":{"entities":{"x":null}}}"""], meaning.Said());
        Assert.False(_device.Speaks("x/state"));
    }

    [Fact]
    public void What_is_announced_has_a_bound()
    {
        for (int i = 0; i < HomeAssistantDevice.MaxEntities; i++)
            Assert.Null(Announce("sensor", $"x{i}", """{"state_topic":"all"}""").Mistake);

        Assert.Contains("256", Announce("sensor", "more", """{"state_topic":"all"}""").Mistake);
        Assert.Null(Announce("sensor", "x0", """{"state_topic":"all"}""").Mistake);
        Assert.NotNull(Announce("sensor", "x0", $$"""{"state_topic":"{{new string('t', 2000)}}"}""").Mistake);
        Assert.NotNull(Announce("sensor", "x0", $$"""{"state_topic":"all","value_template":"{{new string(' ', 300)}}"}""").Mistake);
    }

    [Fact]
    public void Who_waits_for_a_listener_is_told_and_topics_that_nobody_announced_are_not_understood()
    {
        Assert.Equal(("homeassistant/status", "online"), _device.Subscribed("homeassistant/status").InWords());
        Assert.NotNull(_device.Read("boiler/x", "1").Mistake);
        Assert.NotNull(_device.Read("homeassistant/sensor/x/state", "1").Mistake);
        Assert.Null(_device.Read("boiler/debug", "[I] started").Mistake);
    }

    private Meaning Announce(string component, string name, string config) =>
        _device.Read($"homeassistant/{component}/{name}/config", config);
}
