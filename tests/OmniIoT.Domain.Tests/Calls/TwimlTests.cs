using System.Xml.Linq;
using OmniIoT.Domain.Calls;

namespace OmniIoT.Domain.Tests.Calls;

public sealed class TwimlTests
{
    [Theory]
    [InlineData("<Hangup/> & \"more\"", "<Hangup/> & \"more\"")]
    [InlineData("a\u0000b\u0001c", "abc")]
    [InlineData("👩‍🔧 گفتگو", "👩‍🔧 گفتگو")]
    public void Whatever_is_said_is_well_formed(string text, string heard)
    {
        XElement response = XElement.Parse(Twiml.Of([CallAct.Say(text)], "en", 1));

        Assert.Equal("Say", Assert.Single(response.Elements()).Name);
        Assert.Equal(heard, response.Value);
    }

    [Fact]
    public void Half_a_character_is_left_out() =>
        Assert.Equal("ab", XElement.Parse(Twiml.Of([CallAct.Say($"a{(char)0xD800}b")], "en", 1)).Value);

    [Fact]
    public void What_is_said_before_a_question_can_be_interrupted_and_silence_goes_on()
    {
        CallAct gather = new(CallActKind.Gather)
        {
            Digits = 1,
            Speech = true,
            Hints = ["person"],
        };

        XElement[] parts = [.. XElement.Parse(Twiml.Of([CallAct.Say("Welcome"), gather], "az", 4)).Elements()];

        Assert.Equal(["Gather", "Redirect"], parts.Select(part => part.Name.LocalName));
        Assert.Equal(
            ("dtmf speech", "1", "voice?turn=4", "az-AZ", "person"),
            (Of(parts[0], "input"), Of(parts[0], "numDigits"), Of(parts[0], "action"), Of(parts[0], "language"), Of(parts[0], "hints"))
        );
        Assert.Equal("Welcome", parts[0].Element("Say")!.Value);
        Assert.Equal("voice?turn=4&silent=true", parts[1].Value);
    }

    [Theory]
    [InlineData("en", "en-US")]
    [InlineData("ar", "ar-AE")]
    [InlineData("hy", "hy-AM")]
    [InlineData("fa", "fa-IR")]
    public void Each_language_is_spoken_as_itself(string locale, string language) =>
        Assert.Equal(language, Of(XElement.Parse(Twiml.Of([CallAct.Say("x")], locale, 1)).Element("Say")!, "language"));

    [Fact]
    public void Who_waits_hears_music_or_nothing_as_the_flow_says()
    {
        CallAct queue = new(CallActKind.Queue) { Queue = "washers" };

        Assert.NotNull(XElement.Parse(Twiml.Waiting(queue, "2", "en")).Element("Play"));
        Assert.Equal("https://x.example/a.mp3", Play(queue with { Music = "https://x.example/a.mp3" })!.Value);
        Assert.Null(Play(queue with { IsSilent = true }));
        Assert.Equal("washers", XElement.Parse(Twiml.Of([queue], "en", 2)).Element("Enqueue")!.Value);
    }

    [Fact]
    public void A_recording_is_transcribed_and_the_end_is_said()
    {
        XElement response = XElement.Parse(
            Twiml.Of([new CallAct(CallActKind.Voicemail), new CallAct(CallActKind.Callback), new CallAct(CallActKind.Hangup)], "en", 3)
        );

        Assert.Equal(["Record", "Hangup"], response.Elements().Select(part => part.Name.LocalName));
        Assert.Equal(
            ("voice?turn=3", "voice/status"),
            (Of(response.Element("Record")!, "action"), Of(response.Element("Record")!, "transcribeCallback"))
        );
    }

    private static XElement? Play(CallAct queue) => XElement.Parse(Twiml.Waiting(queue, "", "en")).Element("Play");

    private static string? Of(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
