using System.Text.Json;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Systems;

public sealed class WebhookReaderTests
{
    [Fact]
    public void A_webhook_is_read_as_it_was_written()
    {
        Webhook webhook = Read("""{"url":"https://shop.example/hook","events":["case.*","message"],"secret":"s3cret"}""").Value!;

        Assert.Equal(
            ("shop", "https://shop.example/hook", "s3cret", "case.*,message"),
            (webhook.Id, webhook.Url, (string?)webhook.Secret, string.Join(',', webhook.Events))
        );
    }

    [Theory]
    [InlineData("""{"secret":"s"}""", "/url", "is required")]
    [InlineData("""{"url":"https://a.example"}""", "/secret", "is required")]
    [InlineData("""{"url":"https://a.example","secret":{"set":true}}""", "/secret", "must be a text of 1 to 500 characters")]
    [InlineData("""{"url":"ftp://a.example","secret":"s"}""", "/url", "must be an address that begins with http:// or https://")]
    [InlineData("""{"url":"/hook","secret":"s"}""", "/url", "must be an address that begins with http:// or https://")]
    [InlineData("""{"url":"https://me:pw@a.example","secret":"s"}""", "/url", "must not have a name or password in it")]
    [InlineData(
        """{"url":"http://10.0.0.7/","secret":"s"}""",
        "/url",
        "must not lie in a private network, unless the setting OmniIoT:Webhooks:AllowPrivate is true"
    )]
    public void What_is_wrong_is_said_with_its_place(string json, string pointer, string message) =>
        Assert.Contains(new FieldMistake(pointer, message), Read(json).Mistakes);

    [Theory]
    [InlineData("case.opend", "case.opened")]
    [InlineData("cases.*", "case.*")]
    [InlineData("mesage", "message")]
    public void An_unknown_event_is_refused_with_the_nearest(string name, string nearest)
    {
        FieldMistake mistake = Assert.Single(Read($$"""{"url":"https://a.example","secret":"s","events":["{{name}}"]}""").Mistakes);

        Assert.Equal("/events", mistake.Pointer);
        Assert.StartsWith($"'{name}' is not known here; the nearest is {nearest},", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_member_is_refused_with_the_nearest()
    {
        FieldMistake mistake = Assert.Single(Read("""{"url":"https://a.example","secret":"s","event":[]}""").Mistakes);

        Assert.StartsWith("is not known here; the nearest is events", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_address_is_taken_where_that_is_allowed()
    {
        using JsonDocument document = JsonDocument.Parse("""{"url":"http://127.0.0.1:9/","secret":"s"}""");

        Assert.True(WebhookReader.Read("shop", document.RootElement, allowsPrivate: true).Accepted);
    }

    [Fact]
    public void No_names_mean_all_kinds_and_a_pattern_those_that_begin_alike()
    {
        Assert.Equal(EventNames.Kinds, EventNames.KindsOf([]));
        Assert.Equal(
            [
                TimelineKind.CaseOpened,
                TimelineKind.CaseUpdated,
                TimelineKind.CaseVerifying,
                TimelineKind.CaseResolved,
                TimelineKind.CaseReopened,
            ],
            EventNames.KindsOf(["case.*"])
        );
    }

    private static DocumentReading<Webhook> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return WebhookReader.Read("shop", document.RootElement, allowsPrivate: false);
    }
}
