using System.Text.Json;
using OmniIoT.Dialects.Makers;
using OmniIoT.Dialects.OwnTracks;
using OmniIoT.Dialects.Tests.Makers;

namespace OmniIoT.Dialects.Tests.OwnTracks;

public sealed class OwnTracksPhoneTests
{
    private const string Topic = "owntracks/jane/phone";

    private readonly OwnTracksPhone _phone = new("jane");

    [Theory]
    [InlineData("owntracks/jane/phone", true)]
    [InlineData("owntracks/jane/phone/event", true)]
    [InlineData("owntracks/+/+", true)]
    [InlineData("owntracks/+/+/info", true)]
    [InlineData("owntracks/john/phone", false)]
    [InlineData("owntracks/janet/phone", false)]
    [InlineData("owntracks/", false)]
    public void It_speaks_of_itself_only(string topic, bool speaks) => Assert.Equal(speaks, _phone.Speaks(topic));

    [Fact]
    public void A_position_is_a_location_and_the_rest_is_measured() =>
        Assert.Equal(
            [
                """location {"ts":1376715317000,"lat":40.41,"lon":49.86,"accuracy":75}""",
                """telemetry {"ts":1376715317000,"values":{"batt":80,"vel":54,"conn":"w","t":"u"}}""",
            ],
            _phone
                .Read(
                    Topic,
                    """{"_type":"location","lat":40.41,"lon":49.86,"acc":75,"tst":1376715317,"batt":80,"vel":54,"conn":"w","t":"u","tid":"JA","inregions":["Home"]}"""
                )
                .Said()
        );

    [Theory]
    [InlineData(
        """{"_type":"transition","event":"enter","desc":"Home","tst":1427634603,"wtst":1425042603,"lat":12.34,"lon":44.5,"acc":130}""",
        """events {"type":"enter","ts":1427634603000,"code":"Home"}"""
    )]
    [InlineData(
        """{"_type":"waypoint","desc":"Home","lat":1.5,"lon":2.5,"rad":100}""",
        """twin/reported {"owntracks":{"waypoint":{"_type":"waypoint","desc":"Home","lat":1.5,"lon":2.5,"rad":100}}}"""
    )]
    [InlineData(
        """{"_type":"waypoints","waypoints":[]}""",
        """twin/reported {"owntracks":{"waypoints":{"_type":"waypoints","waypoints":[]}}}"""
    )]
    [InlineData("""{"_type":"steps","tst":1376715317,"steps":4711}""", """telemetry {"values":{"steps":4711}}""")]
    public void Other_messages_are_events_reports_and_metrics(string payload, string said) =>
        Assert.Equal([said], _phone.Read(Topic, payload).Said());

    [Theory]
    [InlineData("""{"_type":"lwt","tst":1376715317}""")]
    [InlineData("""{"_type":"card","name":"Jane","face":"aGk="}""")]
    [InlineData("""{"_type":"configuration","password":"secret"}""")]
    [InlineData("")]
    public void Some_of_it_adds_nothing(string payload)
    {
        Assert.Null(_phone.Read(Topic, payload).Mistake);
        Assert.Empty(_phone.Read(Topic, payload).Said());
    }

    [Theory]
    [InlineData("""{"_type":"encrypted","data":"x"}""")]
    [InlineData("""{"_type":"unheard"}""")]
    [InlineData("{}")]
    public void What_it_should_not_say_is_not_understood(string payload) => Assert.NotNull(_phone.Read(Topic, payload).Mistake);

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    public void What_is_no_JSON_is_refused(string payload) => Assert.ThrowsAny<JsonException>(() => _phone.Read(Topic, payload));

    [Fact]
    public void A_command_goes_to_the_phone_that_it_said_it_is()
    {
        OpenCommand command = Meanings.Command("reportLocation");
        Assert.Null(_phone.Ask(null, command));

        _phone.Subscribed("owntracks/+/+");
        Assert.Null(_phone.Ask(null, command));
        _phone.Subscribed(Topic + "/cmd");

        Assert.Equal((Topic + "/cmd", """{"_type":"cmd","action":"reportLocation"}"""), _phone.Ask(null, command).InWords());
        Assert.Equal(
            """{"status":"succeeded","result":{"lat":1,"lon":2}}""",
            _phone.Read(Topic, """{"_type":"location","lat":1,"lon":2,"t":"r"}""").AnswerTo(command)
        );
        Assert.Null(_phone.Read(Topic, """{"_type":"location","lat":1,"lon":2,"t":"u"}""").AnswerTo(command));
    }

    [Theory]
    [InlineData("waypoints", """{"_type":"waypoints","waypoints":[]}""")]
    [InlineData("status", """{"_type":"status","iOS":{}}""")]
    [InlineData("dump", """{"_type":"configuration"}""")]
    public void Other_commands_are_answered_by_what_they_ask_for(string name, string payload) =>
        Assert.NotNull(_phone.Read(Topic, payload).AnswerTo(Meanings.Command(name)));
}
