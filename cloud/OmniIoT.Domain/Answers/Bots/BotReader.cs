using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Answers.Bots;

/// <summary>
/// Reads <c>{"greeting":{},"intents":[{"name","keywords","examples","answer":{…}}],"threshold":0.5,"handoverAfter":2,"queue"}</c>, where an
/// answer is one of <c>article text deviceStatus form queue product</c>.
/// </summary>
public static class BotReader
{
    public const int MaxIntents = 200;

    private const int MaxExamples = 100;
    private const int MaxPhrase = 300;
    private const int MaxName = 128;
    private const int MaxText = 2_000;
    private const int MaxFields = 10;
    private const int MaxHandoverAfter = 10;

    private static readonly string[] Answers = ["article", "text", "deviceStatus", "form", "queue", "product"];

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Bot> Read(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "greeting", "intents", "threshold", "handoverAfter", "queue"],
            fields => new Bot
            {
                Id = id,
                Greeting = fields.Localized("greeting", MaxText),
                Intents = ReadIntents(fields),
                Threshold = fields.Number("threshold", 0, 1) ?? Bot.DefaultThreshold,
                HandoverAfter = (int)(fields.Whole("handoverAfter", 1, MaxHandoverAfter) ?? Bot.DefaultHandoverAfter),
                Queue = fields.Text("queue", MaxName),
            }
        );

    private static List<BotIntent> ReadIntents(JsonFields fields)
    {
        IReadOnlyList<JsonFields> entries = fields.Objects("intents");
        if (entries.Count > MaxIntents)
            fields.RefuseAs("intents", MistakeKinds.TooMany, ("max", MaxIntents));
        List<BotIntent> intents = [];
        foreach (JsonFields entry in entries.Take(MaxIntents))
        {
            BotIntent intent = ReadIntent(entry);
            if (intents.Exists(other => other.Name == intent.Name && intent.Name.Length > 0))
                entry.Refuse("name", "must be no other intent's");
            intents.Add(intent);
        }
        return intents;
    }

    private static BotIntent ReadIntent(JsonFields entry)
    {
        entry.RefuseOthers("name", "keywords", "examples", "answer");
        return new BotIntent(
            entry.RequiredText("name", MaxName) ?? "",
            entry.Lists("keywords", MaxExamples, MaxPhrase),
            entry.Lists("examples", MaxExamples, MaxPhrase),
            entry.RequiredObject("answer") is { } answer ? ReadAnswer(answer) : new BotAnswer.OfDeviceStatus()
        );
    }

    private static BotAnswer ReadAnswer(JsonFields answer)
    {
        answer.RefuseOthers(Answers);
        string[] said = [.. Answers.Where(answer.Has)];
        if (said.Length != 1)
        {
            answer.RefuseAs(Answers[0], MistakeKinds.Choice, ("choices", new JsonArray([.. Answers.Select(one => (JsonNode?)one)])));
            return new BotAnswer.OfDeviceStatus();
        }
        return said[0] switch
        {
            "article" => new BotAnswer.OfArticle(answer.Text("article", MaxName) ?? ""),
            "text" => new BotAnswer.OfText(answer.Localized("text", MaxText) ?? LocalizedText.Of("")),
            "queue" => new BotAnswer.OfQueue(answer.Text("queue", MaxName) ?? ""),
            "product" => new BotAnswer.OfProduct(answer.Localized("product", MaxText) ?? LocalizedText.Of("")),
            "form" => new BotAnswer.OfForm(ReadForm(answer)),
            _ => ReadDeviceStatus(answer),
        };
    }

    private static BotAnswer.OfDeviceStatus ReadDeviceStatus(JsonFields answer)
    {
        if (answer.Flag("deviceStatus") is false)
            answer.Refuse("deviceStatus", "must be true");
        return new BotAnswer.OfDeviceStatus();
    }

    /// <summary>Fields with how they are asked for: <c>{"fields":[{"name","ask":{"en"}}]}</c>.</summary>
    private static List<BotFormField> ReadForm(JsonFields answer)
    {
        if (answer.Object("form") is not { } form)
            return [];
        form.RefuseOthers("fields");
        IReadOnlyList<JsonFields> entries = form.Objects("fields");
        if (entries.Count == 0)
            form.RefuseAs("fields", MistakeKinds.Required);
        if (entries.Count > MaxFields)
            form.RefuseAs("fields", MistakeKinds.TooMany, ("max", MaxFields));
        return [.. entries.Take(MaxFields).Select(ReadField)];
    }

    private static BotFormField ReadField(JsonFields entry)
    {
        entry.RefuseOthers("name", "ask");
        string name = entry.RequiredText("name", MaxName) ?? "";
        return new BotFormField(name, entry.Localized("ask", MaxText) ?? LocalizedText.Of(name));
    }
}
