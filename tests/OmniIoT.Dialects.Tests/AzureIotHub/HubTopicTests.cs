using System.Text;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

public sealed class HubTopicTests
{
    [Theory]
    [InlineData("devices/press-7/messages/events/", "press-7", "")]
    [InlineData("devices/press-7/messages/events", "press-7", "")]
    [InlineData("devices/press-7/messages/events/a=1&%24.ct=application%2Fjson", "press-7", "a=1&%24.ct=application%2Fjson")]
    [InlineData("devices/press-7/messages/events/a=1/", "press-7", "a=1")]
    public void Telemetry(string topic, string deviceId, string properties)
    {
        HubTopic parsed = Parse(topic);

        Assert.Equal(HubTopicKind.Events, parsed.Kind);
        Assert.Equal((deviceId, properties), (Text(parsed.DeviceId), Text(parsed.Properties)));
    }

    [Theory]
    [InlineData("devices/press-7/messages/devicebound/#")]
    [InlineData("devices/press-7/messages/devicebound/%24.mid=1")]
    public void Messages_down(string topic) =>
        Assert.Equal((HubTopicKind.DeviceBound, "press-7"), (Parse(topic).Kind, Text(Parse(topic).DeviceId)));

    [Theory]
    [InlineData("$iothub/twin/GET/?$rid=1", HubTopicKind.TwinGet, "1")]
    [InlineData("$iothub/twin/GET/?%24rid=a%3A1", HubTopicKind.TwinGet, "a%3A1")]
    [InlineData("$iothub/twin/PATCH/properties/reported/?$rid=17&$version=4", HubTopicKind.TwinReported, "17")]
    [InlineData("$iothub/twin/PATCH/properties/reported/?$version=4&$rid=17", HubTopicKind.TwinReported, "17")]
    public void Requests_about_the_twin(string topic, HubTopicKind kind, string requestId) =>
        Assert.Equal((kind, requestId), (Parse(topic).Kind, Text(Parse(topic).RequestId)));

    [Fact]
    public void The_result_of_a_method()
    {
        HubTopic parsed = Parse("$iothub/methods/res/404/?$rid=0198-a");

        Assert.Equal((HubTopicKind.MethodResult, 404, "0198-a"), (parsed.Kind, parsed.Status, Text(parsed.RequestId)));
    }

    [Theory]
    [InlineData("$iothub/twin/GET/")]
    [InlineData("$iothub/twin/GET/?$rid=")]
    [InlineData("$iothub/twin/PATCH/properties/reported/?rid=1")]
    [InlineData("$iothub/methods/res/ok/?$rid=1")]
    [InlineData("$iothub/methods/res/2000000000/?$rid=1")]
    [InlineData("$iothub/methods/res/200")]
    [InlineData("$iothub/methods/POST/#")]
    [InlineData("$iothub/")]
    public void Other_words_of_the_hub_are_known_as_such(string topic) => Assert.Equal(HubTopicKind.OtherOfHub, Parse(topic).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("devices/press-7/telemetry")]
    [InlineData("devices/press-7/messages/0198-a")]
    [InlineData("devices/press-7/messages/eventsx/")]
    [InlineData("devices//messages/events/")]
    [InlineData("devices/press-7/messages/#")]
    [InlineData("devices/press-7/#")]
    [InlineData("$iothub")]
    [InlineData("$iothubs/twin/GET/?$rid=1")]
    public void What_is_not_the_hubs_is_unknown(string topic) => Assert.Equal(HubTopicKind.Unknown, Parse(topic).Kind);

    [Fact]
    public void Answers_say_the_request_id_again()
    {
        Assert.Equal("$iothub/twin/res/200/?$rid=a%3A1", HubTopics.TwinResult(200, "a%3A1"));
        Assert.Equal("$iothub/twin/res/204/?$rid=17&$version=5", HubTopics.TwinResult(204, "17", 5));
        Assert.Equal("$iothub/methods/POST/restart/?$rid=0198-a", HubTopics.Method("restart", "0198-a"));
        Assert.Equal("$iothub/twin/PATCH/properties/desired/?$version=3", HubTopics.DesiredChange(3));
    }

    private static HubTopic Parse(string topic) => HubTopic.Parse(Encoding.UTF8.GetBytes(topic));

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
