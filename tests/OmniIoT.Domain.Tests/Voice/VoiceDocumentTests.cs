using System.Text.Json;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Tests.Voice;

/// <summary>Surveys and themes, as they are written, and themes as they are found.</summary>
public sealed class VoiceDocumentTests
{
    [Theory]
    [InlineData("""{"on":"case.resolved"}""", "/type")]
    [InlineData("""{"type":"csat"}""", "/on")]
    [InlineData("""{"type":"stars","on":"case.resolved"}""", "/type")]
    [InlineData("""{"type":"csat","on":"case.opened"}""", "/on")]
    [InlineData("""{"type":"csat","on":"case.resolved","delayMinutes":-1}""", "/delayMinutes")]
    [InlineData("""{"type":"csat","on":"case.resolved","channels":"all"}""", "/channels")]
    [InlineData("""{"type":"csat","on":"case.resolved","channels":[]}""", "/channels")]
    [InlineData("""{"type":"csat","on":"case.resolved","followUpBelow":7}""", "/followUpBelow")]
    [InlineData("""{"type":"csat","on":"case.resolved","maxPerDays":1.5}""", "/maxPerDays")]
    [InlineData("""{"type":"csat","on":"case.resolved","question":{"de":"Wie?"}}""", "/question/de")]
    [InlineData("""{"type":"csat","on":"case.resolved","every":1}""", "/every")]
    public void A_wrong_survey_is_refused_with_its_place(string json, string pointer) =>
        Assert.Equal([pointer], Mistakes(SurveyReader.Read("s", Parse(json)).Mistakes));

    [Fact]
    public void What_a_survey_does_not_say_is_the_contracts()
    {
        Survey survey = SurveyReader.Read("s", Parse("""{"type":"nps","on":"conversation.closed","channels":"same"}""")).Value!;

        Assert.Equal(
            (SurveyType.Nps, SurveyOccasion.ConversationClosed, TimeSpan.Zero, 30, true),
            (survey.Type, survey.On, survey.Delay, survey.MaxPerDays, survey.Enabled)
        );
        Assert.Null(survey.Channels);
        Assert.Null(survey.FollowUpBelow);
    }

    [Theory]
    [InlineData("""{}""", "/keywords")]
    [InlineData("""{"keywords":{"en":[]}}""", "/keywords")]
    [InlineData("""{"keywords":{"xx":["a"]}}""", "/keywords/xx")]
    [InlineData("""{"keywords":["a"],"color":"red"}""", "/color")]
    public void A_wrong_theme_is_refused_with_its_place(string json, string pointer) =>
        Assert.Equal([pointer], Mistakes(ThemeReader.Read("t", Parse(json)).Mistakes));

    [Theory]
    [InlineData("The courier was three hours late", "delivery")]
    [InlineData("Kuryerin gecikməsi məni bezdirdi", "delivery")]
    [InlineData("تأخر الساعي كثيرا", "delivery")]
    [InlineData("Առաքիչը ուշացավ", "delivery")]
    [InlineData("پیک خیلی دیر آمد", "delivery")]
    [InlineData("Very loud, and the courier was rude", "delivery,noise")]
    [InlineData("spare parts are missing", "parts")]
    [InlineData("spare me the parts", "")]
    [InlineData("All is well", "")]
    public void Themes_are_found_in_five_languages_whatever_the_form_of_the_words(string text, string themes)
    {
        Themes all = Themes.Of([
            Theme("delivery", """{"en":["courier"],"az":["kuryer"],"ar":["الساعي"],"hy":["առաքիչ"],"fa":["پیک"]}"""),
            Theme("noise", """["loud"]"""),
            Theme("parts", """{"en":["spare parts"]}"""),
        ]);

        Assert.Equal(themes, string.Join(',', all.In(text)));
    }

    private static Theme Theme(string id, string keywords) => ThemeReader.Read(id, Parse($$"""{"keywords":{{keywords}}}""")).Value!;

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static IEnumerable<string> Mistakes(IReadOnlyList<FieldMistake> mistakes) => mistakes.Select(static one => one.Pointer);
}
