using System.Text.Json;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Tests.Answers;

/// <summary>Articles and bots are taken whole or not at all, with every mistake at its place.</summary>
public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("""{"body":"b"}""", "/title")]
    [InlineData("""{"title":"t"}""", "/body")]
    [InlineData("""{"title":{"de":"t"},"body":"b"}""", "/title/de")]
    [InlineData("""{"title":{},"body":"b"}""", "/title")]
    [InlineData("""{"title":"t","body":"b","status":"lost"}""", "/status")]
    [InlineData("""{"title":"t","body":"b","keywords":{"en":[7]}}""", "/keywords/en/0")]
    [InlineData("""{"title":"t","body":"b","extra":1}""", "/extra")]
    public void A_wrong_article_is_refused_at_its_place(string json, string pointer) =>
        Assert.Contains(ArticleReader.Read("a", Helpdesk.Json(json)).Mistakes, mistake => mistake.Pointer == pointer);

    [Theory]
    [InlineData("""{"intents":[{"answer":{"text":"t"}}]}""", "/intents/0/name")]
    [InlineData("""{"intents":[{"name":"a"}]}""", "/intents/0/answer")]
    [InlineData("""{"intents":[{"name":"a","answer":{"text":"t","queue":"q"}}]}""", "/intents/0/answer/article")]
    [InlineData("""{"intents":[{"name":"a","answer":{"form":{"fields":[]}}}]}""", "/intents/0/answer/form/fields")]
    [InlineData("""{"intents":[{"name":"a","answer":{"text":"t"}},{"name":"a","answer":{"text":"t"}}]}""", "/intents/1/name")]
    [InlineData("""{"threshold":2}""", "/threshold")]
    [InlineData("""{"handoverAfter":0}""", "/handoverAfter")]
    public void A_wrong_bot_is_refused_at_its_place(string json, string pointer) =>
        Assert.Contains(BotReader.Read("b", Helpdesk.Json(json)).Mistakes, mistake => mistake.Pointer == pointer);

    [Fact]
    public void What_is_missing_has_its_default()
    {
        Article article = ArticleReader.Read("a", Helpdesk.Json("""{"title":"t","body":"b"}""")).Value!;
        Bot bot = BotReader.Read("b", Helpdesk.Json("{}")).Value!;

        Assert.Equal((ArticleStatus.Draft, true), (article.Status, article.Public));
        Assert.Equal((0.5, 2, null, null), (bot.Threshold, bot.HandoverAfter, bot.Queue, bot.Greeting));
    }

    [Fact]
    public void Longer_lists_than_anybody_writes_are_refused()
    {
        string many = JsonSerializer.Serialize(Enumerable.Range(0, 101).Select(static number => "word" + number));

        Assert.False(ArticleReader.Read("a", Helpdesk.Json($$"""{"title":"t","body":"b","keywords":{{many}}}""")).Accepted);
    }
}
