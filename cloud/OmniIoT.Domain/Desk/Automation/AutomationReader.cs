using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>Reads canned replies, macros and triggers from JSON; each is accepted, or refused whole with every mistake.</summary>
public static class AutomationReader
{
    private const int MaxName = 200;
    private const int MaxText = 10_000;
    private const int MaxActions = 20;
    private const int MaxConditions = 20;
    private const int MaxOrder = 1_000_000;
    private static readonly string[] Verbs = ["reply", "note", "set", "command", "resolve", "transfer"];

    /// <summary>Reads <c>{"title","text","shortcut"}</c>; the shortcut has no blanks.</summary>
    public static DocumentReading<CannedReply> ReadReply(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "title", "text", "shortcut"],
            fields =>
            {
                string text = fields.RequiredText("text", MaxText) ?? "";
                CheckWords(fields, "text", text);
                string? shortcut = fields.Text("shortcut", MaxName);
                if (shortcut?.Any(char.IsWhiteSpace) is true)
                    fields.Refuse("shortcut", "must have no blanks");
                return new CannedReply(id, fields.RequiredText("title", MaxName) ?? "", text, shortcut);
            }
        );

    /// <summary>Reads <c>{"title","actions":[{"reply"|"note"|"set"|"command"|"resolve"|"transfer":…}]}</c>, 1 to 20 actions.</summary>
    public static DocumentReading<Macro> ReadMacro(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "title", "actions"],
            fields => new Macro(id, fields.RequiredText("title", MaxName) ?? "", ReadActions(fields))
        );

    /// <summary>
    /// Reads <c>{"on","conditions":[{"field","op","value"}],"actions":[…],"order","enabled"}</c>; order 0 and enabled unless said.
    /// </summary>
    public static DocumentReading<Trigger> ReadTrigger(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "title", "on", "conditions", "actions", "order", "enabled"],
            fields =>
            {
                fields.Text("title", MaxName);
                return new Trigger(
                    id,
                    ReadEvent(fields),
                    ReadConditions(fields),
                    ReadActions(fields),
                    (int)(fields.Whole("order", -MaxOrder, MaxOrder) ?? 0),
                    fields.Flag("enabled") ?? true
                );
            }
        );

    /// <summary>How an event is called: <c>conversation.opened</c>.</summary>
    public static string NameOf(TriggerEvent happened)
    {
        string camel = JsonNamingPolicy.CamelCase.ConvertName(happened.ToString());
        int second = camel.AsSpan().IndexOfAnyInRange('A', 'Z');
        return second < 0 ? camel : $"{camel[..second]}.{camel[second..].ToLowerInvariant()}";
    }

    private static TriggerEvent ReadEvent(JsonFields fields)
    {
        TriggerEvent[] all = Enum.GetValues<TriggerEvent>();
        string? name = fields.RequiredText("on", MaxName);
        foreach (TriggerEvent one in all)
        {
            if (NameOf(one) == name)
                return one;
        }
        if (name is not null)
            fields.RefuseAs("on", MistakeKinds.Choice, ("choices", new JsonArray([.. all.Select(one => (JsonNode?)NameOf(one))])));
        return default;
    }

    private static IReadOnlyList<TriggerCondition> ReadConditions(JsonFields fields)
    {
        IReadOnlyList<JsonFields> entries = fields.Objects("conditions");
        if (entries.Count > MaxConditions)
            fields.RefuseAs("conditions", MistakeKinds.TooMany, ("max", MaxConditions));
        return [.. entries.Take(MaxConditions).Select(ReadCondition)];
    }

    private static TriggerCondition ReadCondition(JsonFields entry)
    {
        entry.RefuseOthers("field", "op", "value");
        string field = entry.RequiredText("field", MaxName) ?? "";
        if (field.Length > 0 && !TriggerFacts.Fields.Contains(field))
            entry.RefuseAs(
                "field",
                MistakeKinds.Choice,
                ("choices", new JsonArray([.. TriggerFacts.Fields.Select(one => (JsonNode?)one)]))
            );
        TriggerOperator op = entry.Choice("op", required: true, Enum.GetValues<TriggerOperator>()) ?? default;
        JsonNode? value = entry.Find("value") is { } found ? JsonNode.Parse(found.GetRawText()) : null;
        if (op is TriggerOperator.In ? value is not JsonArray : value is JsonArray or JsonObject)
            entry.Refuse("value", op is TriggerOperator.In ? "must be an array" : "must be a text, a number, true or false");
        if (value is null && op is not TriggerOperator.Exists && !entry.HasMistakes)
            entry.RefuseAs("value", MistakeKinds.Required);
        return new TriggerCondition(field, op, value);
    }

    private static IReadOnlyList<DeskAction> ReadActions(JsonFields fields)
    {
        IReadOnlyList<JsonFields> entries = fields.Objects("actions");
        if (entries.Count is 0 or > MaxActions)
            fields.Refuse("actions", $"must have 1 to {MaxActions} actions");
        return [.. entries.Take(MaxActions).Select(ReadAction)];
    }

    private static DeskAction ReadAction(JsonFields entry)
    {
        entry.RefuseOthers(Verbs);
        if (Verbs.Count(entry.Has) != 1)
            entry.RefuseWhole($"must have exactly one of {string.Join(", ", Verbs)}");
        return new DeskAction
        {
            Reply = ReadWords(entry, "reply"),
            Note = ReadWords(entry, "note"),
            Set = entry.Has("set") ? ReadSet(entry.Object("set")) : null,
            Command = entry.Has("command") ? ReadCommand(entry.Object("command")) : null,
            Resolve = entry.Has("resolve") ? ReadResolve(entry) : null,
            Transfer = entry.Has("transfer") ? ReadTransfer(entry.Object("transfer")) : null,
        };
    }

    private static string? ReadWords(JsonFields entry, string name)
    {
        string? text = entry.Text(name, MaxText);
        CheckWords(entry, name, text);
        return text;
    }

    private static SetFields? ReadSet(JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("status", "priority", "queue", "assignee", "tags");
        IReadOnlyList<string>? tags = fields.Has("tags") ? fields.Texts("tags") : null;
        if (tags?.Any(static tag => tag.Length > MaxName) is true || tags?.Count > MaxActions)
            fields.RefuseAs("tags", MistakeKinds.TooMany, ("max", MaxActions));
        return new SetFields(
            fields.Choice("status", required: false, [CaseStatus.Open, CaseStatus.Pending, CaseStatus.Closed]),
            fields.Choice("priority", required: false, Enum.GetValues<CasePriority>()),
            fields.Text("queue", MaxName),
            // Empty unassigns, which no other text may be.
            fields.Find("assignee")
                is { ValueKind: JsonValueKind.String } one
            && one.ValueEquals("")
                ? ""
                : fields.Text("assignee", MaxName),
            tags
        );
    }

    private static CommandOrder? ReadCommand(JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("name", "arguments");
        fields.Object("arguments");
        JsonObject? arguments = fields.Find("arguments") is { ValueKind: JsonValueKind.Object } given
            ? JsonNode.Parse(given.GetRawText())!.AsObject()
            : null;
        return new CommandOrder(fields.RequiredText("name", MaxName) ?? "", arguments);
    }

    /// <summary><c>true</c>, the resolution's words, or <c>{"resolution"}</c>.</summary>
    private static ResolveOrder? ReadResolve(JsonFields entry)
    {
        switch (entry.Find("resolve")!.Value.ValueKind)
        {
            case JsonValueKind.True:
                return new ResolveOrder();
            case JsonValueKind.String:
                return new ResolveOrder(ReadWords(entry, "resolve"));
            case JsonValueKind.Object:
                JsonFields fields = entry.Object("resolve")!;
                fields.RefuseOthers("resolution");
                return new ResolveOrder(ReadWords(fields, "resolution"));
            default:
                entry.Refuse("resolve", "must be true, a text, or an object with a resolution");
                return null;
        }
    }

    private static TransferOrder? ReadTransfer(JsonFields? fields)
    {
        if (fields is null)
            return null;
        fields.RefuseOthers("queue", "assignee", "note");
        if (fields.Has("queue") == fields.Has("assignee"))
            fields.RefuseWhole("must name either a queue or an assignee");
        return new TransferOrder(fields.Text("queue", MaxName), fields.Text("assignee", MaxName), ReadWords(fields, "note"));
    }

    private static void CheckWords(JsonFields fields, string name, string? text)
    {
        if (text is not null && ReplyNames.Parse(text, fields.PointerTo(name)) is { Accepted: false } refused)
            fields.Refuse(refused.Mistakes);
    }
}
