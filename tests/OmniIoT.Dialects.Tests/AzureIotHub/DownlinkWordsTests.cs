using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

public sealed class DownlinkWordsTests
{
    [Fact]
    public void A_message_carries_its_properties_in_the_topic_and_text_as_it_is()
    {
        CloudToDeviceMessage message = CloudToDeviceMessage.From(
            "press-7",
            """{"id":"m1","payload":"hello ü","properties":{"level":"a/b&c"},"expiresAt":"2026-11-24T10:00:00.000Z"}"""u8
        );

        Assert.Equal("hello ü", Encoding.UTF8.GetString(message.Payload));
        Assert.Equal(
            "devices/press-7/messages/devicebound/%24.mid=m1&%24.to=%2Fdevices%2Fpress-7%2Fmessages%2Fdevicebound&%24.exp=2026-11-24T10%3A00%3A00.000Z&level=a%2Fb%26c",
            message.Topic
        );
    }

    [Fact]
    public void A_message_of_json_says_that_it_is()
    {
        CloudToDeviceMessage message = CloudToDeviceMessage.From(
            "press-7",
            """{"id":"m1","payload":{"a":[1,null]},"properties":{},"expiresAt":"x"}"""u8
        );

        Assert.Equal("""{"a":[1,null]}""", Encoding.UTF8.GetString(message.Payload));
        Assert.EndsWith("&%24.ct=application%2Fjson&%24.ce=utf-8", message.Topic, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_is_a_method_of_its_name()
    {
        MethodRequest method = MethodRequest.From("0198-a", """{"name":"slow-spin","arguments":{"rpm":400},"expiresAt":"x"}"""u8)!;

        Assert.Equal(
            ("$iothub/methods/POST/slow-spin/?$rid=0198-a", """{"rpm":400}"""),
            (method.Topic, Encoding.UTF8.GetString(method.Payload))
        );
    }

    [Theory]
    [InlineData(200, """{"done":1}""", """{"status":"succeeded","result":{"done":1}}""")]
    [InlineData(299, "", """{"status":"succeeded"}""")]
    [InlineData(200, "null", """{"status":"succeeded","result":null}""")]
    [InlineData(200, "fine", """{"status":"succeeded","result":"fine"}""")]
    [InlineData(
        404,
        "\"no such method\"",
        """{"status":"failed","error":"The device answered with status 404.","result":"no such method"}"""
    )]
    [InlineData(100, "", """{"status":"failed","error":"The device answered with status 100."}""")]
    public void A_methods_result_is_a_commands_response(int status, string body, string response) =>
        Assert.Equal(response, Encoding.UTF8.GetString(MethodResult.ToResponse(status, Encoding.UTF8.GetBytes(body)).Span));

    [Fact]
    public void A_twin_has_versions_beside_its_properties()
    {
        JsonObject desired = new() { ["speed"] = 3, ["$version"] = "mine" };

        string twin = Encoding.UTF8.GetString(TwinDocument.Of(desired, 4, new JsonObject { ["firmware"] = "1.2" }, 7));

        Assert.Equal("""{"desired":{"speed":3,"$version":4},"reported":{"firmware":"1.2","$version":7}}""", twin);
        Assert.Equal("mine", (string?)desired["$version"]);
    }

    [Fact]
    public void A_change_has_the_version_that_it_makes() =>
        Assert.Equal(
            """{"speed":null,"mode":"eco","$version":5}""",
            Encoding.UTF8.GetString(TwinDocument.DesiredChange(new JsonObject { ["speed"] = null, ["mode"] = "eco" }, 5))
        );
}
