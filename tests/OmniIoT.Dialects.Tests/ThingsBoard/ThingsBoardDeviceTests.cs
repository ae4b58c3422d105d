using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Makers;
using OmniIoT.Dialects.Tests.Makers;
using OmniIoT.Dialects.ThingsBoard;

namespace OmniIoT.Dialects.Tests.ThingsBoard;

public sealed class ThingsBoardDeviceTests
{
    private readonly ThingsBoardDevice _device = new("press-7");

    [Theory]
    [InlineData("v1/devices/me/telemetry", true)]
    [InlineData("v1/devices/me/rpc/request/", true)]
    [InlineData("v1/devices/press-8/telemetry", false)]
    [InlineData("v1/devices/me", false)]
    [InlineData("v1/", false)]
    public void It_speaks_of_itself_only(string topic, bool speaks) => Assert.Equal(speaks, _device.Speaks(topic));

    [Theory]
    [InlineData("""{"temperature":42.2,"enabled":false}""", """telemetry {"values":{"temperature":42.2,"enabled":false}}""")]
    [InlineData(
        """{"ts":1451649600512,"values":{"temperature":42.2}}""",
        """telemetry {"ts":1451649600512,"values":{"temperature":42.2}}"""
    )]
    [InlineData(
        """{"someNested":{"someNumber":42,"someArray":[1,2]}}""",
        """telemetry {"values":{"someNested.someNumber":42,"someNested.someArray.0":1,"someNested.someArray.1":2}}"""
    )]
    public void Telemetry_is_telemetry(string payload, string said) =>
        Assert.Equal([said], _device.Read("v1/devices/me/telemetry", payload).Said());

    [Fact]
    public void Each_element_of_an_array_is_a_message() =>
        Assert.Equal(
            ["""telemetry {"ts":1,"values":{"a":1}}""", """telemetry {"values":{"b":2}}"""],
            _device.Read("v1/devices/me/telemetry", """[{"ts":1,"values":{"a":1}},{"b":2}]""").Said()
        );

    [Theory]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("no json")]
    [InlineData("""{"a":1,"a":2}""")]
    public void What_is_no_telemetry_is_refused(string payload) =>
        Assert.ThrowsAny<JsonException>(() => _device.Read("v1/devices/me/telemetry", payload));

    [Fact]
    public void Client_attributes_are_reported_as_they_are() =>
        Assert.Equal(
            ["""twin/reported {"firmware":"1.2","net":{"ip":"10.0.0.7"}}"""],
            _device.Read("v1/devices/me/attributes", """{"firmware":"1.2","net":{"ip":"10.0.0.7"}}""").Said()
        );

    [Theory]
    [InlineData("""{"clientKeys":"firmware,none","sharedKeys":"speed"}""", """{"client":{"firmware":"1.2"},"shared":{"speed":3}}""")]
    [InlineData("""{"sharedKeys":"speed"}""", """{"shared":{"speed":3}}""")]
    [InlineData("{}", """{"client":{"firmware":"1.2","serial":"x"},"shared":{"speed":3,"mode":"eco"}}""")]
    public void Attributes_that_it_asks_for_are_its_twin(string wanted, string answer)
    {
        JsonObject desired = new() { ["speed"] = 3, ["mode"] = "eco" };
        JsonObject reported = new() { ["firmware"] = "1.2", ["serial"] = "x" };

        Said reply = _device.Read("v1/devices/me/attributes/request/5", wanted).Question!.Reply(desired, reported);

        Assert.Equal(("v1/devices/me/attributes/response/5", answer), reply.InWords());
    }

    [Fact]
    public void A_change_of_desired_properties_is_one_of_shared_attributes() =>
        Assert.Equal(
            ("v1/devices/me/attributes", """{"speed":4,"deleted":["mode"]}"""),
            _device.Tell(new JsonObject { ["speed"] = 4, ["mode"] = null }).InWords()
        );

    [Fact]
    public void A_command_is_an_RPC_with_a_whole_number_and_is_answered_by_it()
    {
        OpenCommand command = Meanings.Command("setGpio", """{"pin":23,"value":1}""");

        (string topic, string payload) = _device.Ask(null, command).InWords();

        Assert.Equal(
            ($"v1/devices/me/rpc/request/{command.Number}", """{"method":"setGpio","params":{"pin":23,"value":1}}"""),
            (topic, payload)
        );
        string response = topic.Replace("request", "response", StringComparison.Ordinal);
        Assert.Equal("""{"status":"succeeded","result":{"ok":true}}""", _device.Read(response, """{"ok":true}""").AnswerTo(command));
        Assert.Equal("""{"status":"succeeded","result":21.5}""", _device.Read(response, "21.5").AnswerTo(command));
        Assert.Equal("""{"status":"succeeded"}""", _device.Read(response, "").AnswerTo(command));
        Assert.Equal(
            """{"status":"failed","result":{"error":"no such pin"},"error":"no such pin"}""",
            _device.Read(response, """{"error":"no such pin"}""").AnswerTo(command)
        );
        Assert.Null(_device.Read("v1/devices/me/rpc/response/1", "{}").AnswerTo(command));
    }

    [Theory]
    [InlineData("v1/devices/me/rpc/request/1")]
    [InlineData("v1/devices/me/rpc/response/x")]
    [InlineData("v1/devices/me/claim")]
    public void What_is_not_served_is_not_understood(string topic) => Assert.NotNull(_device.Read(topic, "{}").Mistake);
}
