using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

public sealed class HubEventTests
{
    [Theory]
    [InlineData("", """{"temperature":1}""", """{"temperature":1}""")]
    [InlineData("line=3&alert=true&name=left", """{"temperature":1}""", """{"temperature":1,"line":3,"alert":true,"name":"left"}""")]
    [InlineData("line=3", "{}", """{"line":3}""")]
    [InlineData("line=3", """{ "line" : 4 }""", """{"line":4}""")]
    [InlineData("line=3", """{"values":{"line":4},"seq":1}""", """{"values":{"line":4},"seq":1}""")]
    [InlineData("line=3", """{"seq":1,"values":{}}""", """{"seq":1,"values":{"line":3}}""")]
    [InlineData("line=3", """[{"a":1},{"ts":5,"values":{"b":2}}]""", """[{"a":1,"line":3},{"ts":5,"values":{"b":2,"line":3}}]""")]
    [InlineData("line=3", """{"values":7}""", """{"values":7,"line":3}""")]
    [InlineData("%24.ctime=2026-11-24T10%3A00%3A00Z", """{"a":1}""", """{"ts":"2026-11-24T10:00:00Z","values":{"a":1}}""")]
    [InlineData(
        "iothub-creation-time-utc=2026-11-24T10%3A00%3A00Z",
        """{"values":{"a":1}}""",
        """{"values":{"a":1},"ts":"2026-11-24T10:00:00Z"}"""
    )]
    [InlineData("%24.ctime=2026-11-24T10%3A00%3A00Z", """{"ts":5,"values":{"a":1}}""", """{"ts":5,"values":{"a":1}}""")]
    [InlineData("%24.ctime=2026-11-24T10%3A00%3A00Z&x=1", """[{"a":1}]""", """[{"ts":"2026-11-24T10:00:00Z","values":{"a":1,"x":1}}]""")]
    [InlineData("%24.mid=1&%24.cid=2&%24.uid=3&%24.ct=application%2Fjson&%24.ce=utf-8", """{"a":1}""", """{"a":1}""")]
    public void Properties_and_time_of_creation_come_into_the_body(string properties, string body, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Complete(properties, body))), Complete(properties, body));

    [Theory]
    [InlineData("007", "\"007\"")]
    [InlineData("-1.5e3", "-1.5e3")]
    [InlineData("NaN", "\"NaN\"")]
    [InlineData("1 ", "\"1 \"")]
    [InlineData("1,2", "\"1,2\"")]
    [InlineData("True", "\"True\"")]
    [InlineData("", "\"\"")]
    [InlineData("12345678901234567890", "\"12345678901234567890\"")]
    [InlineData(
        "say \"hi\"\\",
        """
            "say \"hi\"\\"
            """
    )]
    public void A_property_is_a_number_or_a_boolean_only_where_it_is_plainly_one(string value, string json) =>
        Assert.Equal($$"""{"p":{{json}}}""", Complete("p=" + Uri.EscapeDataString(value), "{}"));

    [Fact]
    public void A_property_without_a_value_adds_nothing() => Assert.Equal("{}", Complete("alone", "{}"));

    [Theory]
    [InlineData("no json")]
    [InlineData("7")]
    [InlineData("[1]")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1} x""")]
    [InlineData("""{"ts":1,"values":7}""")]
    [InlineData("")]
    public void What_is_no_telemetry_is_left_as_it_is_for_its_reader_to_refuse(string body) =>
        Assert.Equal(body, Complete("line=3&%24.ctime=x", body));

    [Theory]
    [InlineData("", true)]
    [InlineData("%24.ct=application%2Fjson&%24.ce=utf-8", true)]
    [InlineData("%24.ct=application%2Fjson%3Bcharset%3Dutf-8&%24.ce=UTF-8", true)]
    [InlineData("%24.ct=application%2Fsenml%2Bjson", true)]
    [InlineData("%24.ct=text%2Fplain", false)]
    [InlineData("%24.ct=application%2Fjson&%24.ce=utf-16", false)]
    [InlineData("%24.ce=gzip", false)]
    public void Content_type_and_encoding_are_heeded(string properties, bool isJson) =>
        Assert.Equal(isJson, HubEvent.Read(Encoding.UTF8.GetBytes(properties)).IsJson);

    [Fact]
    public void A_mark_of_the_hub_is_a_property() =>
        Assert.Equal(
            """{"a":1,"iothub-MessageType":"Will"}""",
            Encoding.UTF8.GetString(HubEvent.Read([], new(PropertyBag.MessageType, PropertyBag.Will)).Complete("""{"a":1}"""u8))
        );

    private static string Complete(string properties, string body) =>
        Encoding.UTF8.GetString(HubEvent.Read(Encoding.UTF8.GetBytes(properties)).Complete(Encoding.UTF8.GetBytes(body)));
}
