using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Articles;
using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.TestKit.Answers;

/// <summary>Asks a bot the questions of <c>questions.json</c> about the articles of <c>knowledge.json</c>.</summary>
public sealed class AnswerMeasure
{
    private const string NotThere = "handover";

    private readonly Knowledge _knowledge;

    public AnswerMeasure()
    {
        using JsonDocument known = JsonDocument.Parse(Resource("knowledge.json"));
        Bot = BotReader.Read("measured", known.RootElement.GetProperty("bot")).Value!;
        _knowledge = Knowledge.Of(
            known.RootElement.GetProperty("articles").EnumerateObject().Select(one => ArticleReader.Read(one.Name, one.Value).Value!),
            [Bot]
        );
        Questions = JsonSerializer.Deserialize<ImmutableArray<AskedQuestion>>(Resource("questions.json"), OmniJson.Options);
    }

    public Bot Bot { get; }

    public IReadOnlyList<AskedQuestion> Questions { get; }

    /// <summary>Whether a question is of the half that nothing was chosen by: it follows from its words.</summary>
    public static bool IsHeldOut(AskedQuestion question) => SHA256.HashData(Encoding.UTF8.GetBytes(question.Text))[0] % 2 == 1;

    /// <summary>What the bot makes of it.</summary>
    public BotVerdict Ask(AskedQuestion question) =>
        BotBrain.Ask(Bot, _knowledge, new BotQuestion(question.Text, question.Locale) { Now = new Instant(0) });

    /// <summary>Whether it is right: the article, the intent, or nothing claimed where nothing is known.</summary>
    public static bool IsRight(AskedQuestion question, BotVerdict verdict) =>
        question.Expected == NotThere
            ? verdict.Outcome is BotOutcome.Handover && verdict.Intent is null
            : question.Expected == (verdict.Article ?? verdict.Intent);

    /// <summary>Whether something was told of which it was not asked.</summary>
    public static bool IsInvented(AskedQuestion question, BotVerdict verdict) =>
        verdict.Outcome is BotOutcome.Answer && question.Expected != (verdict.Article ?? verdict.Intent);

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(AnswerMeasure).Assembly.GetManifestResourceStream(name)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
