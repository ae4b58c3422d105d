using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Rules.Binding;
using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Models;

internal sealed partial class DeviceModelBuilder
{
    private const int MaxRules = 200;

    /// <summary>Characters of what a mistake lists.</summary>
    private const int MostListed = 500;

    // The places where the rules pass their budget; null while they do not.
    private Mistake? _windowsPassedAt;
    private Mistake? _termsPassedAt;

    private (List<RuleDefinition> Definitions, Rule[] Rules) ReadRules(JsonNodeReader document, MetricSchema schema, RuleBinder binder)
    {
        List<RuleDefinition> definitions = new();
        List<Rule> rules = new();
        if (!document.TryGet("rules", out JsonNodeReader array))
            return (definitions, []);
        List<JsonNodeReader> items = array.Items();
        if (items.Count > MaxRules)
            array.Fail($"a model has at most {MaxRules} rules; this one has {items.Count}");
        foreach (JsonNodeReader item in items.Take(MaxRules))
        {
            if (!item.IsObject("type", "severity", "when", "clear", "case", "remedy", "notify"))
                continue;
            RuleDefinition definition = ReadRule(item);
            BoundCondition? when = Bind(item, "when", definition.When, binder);
            BoundCondition? clear = definition.Clear is null ? null : Bind(item, "clear", definition.Clear, binder);
            definitions.Add(definition);
            if (when is not null)
                rules.Add(new Rule(definition, schema, when, clear));
        }
        NotePassedBudget(binder);
        return (definitions, [.. rules]);
    }

    private void NotePassedBudget(RuleBinder binder)
    {
        if (_windowsPassedAt is { } windows)
            _ruleMistakes.Add(Said(windows, binder.WindowsPassed));
        if (_termsPassedAt is { } terms)
            _ruleMistakes.Add(Said(terms, binder.TermsPassed));
    }

    private RuleDefinition ReadRule(JsonNodeReader item) =>
        new()
        {
            Type = ReadAlarmType(item),
            Severity = ReadSeverity(item),
            When = item.RequiredText("when") ?? "",
            Clear = item.OptionalText("clear"),
            Case = item.TryGet("case", out JsonNodeReader template) ? ReadCase(template) : null,
            Remedy = item.TryGet("remedy", out JsonNodeReader remedy) ? ReadRemedy(remedy) : null,
            Notify =
                item.TryGet("notify", out JsonNodeReader notify) && notify.IsObject("text")
                    ? new CustomerNotice(ReadShownText(notify, "text") ?? "")
                    : null,
        };

    /// <summary>An alarm is a device and a type, whether a rule raises it or a maintenance that is due.</summary>
    private string ReadAlarmType(JsonNodeReader item)
    {
        if (item.RequiredText("type") is not { } type || !item.TryGet("type", out JsonNodeReader at))
            return "";
        if (!Identifier.IsValid(type))
            at.Fail($"'{type}' is no type of an alarm; it must be {Identifier.Allowed}");
        else if (!_alarmTypes.Add(type))
            at.Fail($"another rule or maintenance has the type '{type}'");
        return type;
    }

    private static Severity ReadSeverity(JsonNodeReader item)
    {
        string? text = item.RequiredText("severity");
        item.TryGet("severity", out JsonNodeReader at);
        switch (text)
        {
            case "critical":
                return Severity.Critical;
            case "major":
                return Severity.Major;
            case "minor":
                return Severity.Minor;
            case "warning" or null:
                return Severity.Warning;
            default:
                at.Fail($"'{text}' is no severity; allowed are: critical, major, minor, warning");
                return Severity.Warning;
        }
    }

    private CaseTemplate? ReadCase(JsonNodeReader template)
    {
        if (!template.IsObject("title", "priority", "queue", "article"))
            return null;
        return new CaseTemplate
        {
            Title = ReadShownText(template, "title") ?? "",
            Priority = ReadPriority(template),
            Queue = template.OptionalText("queue"),
            Article = template.OptionalText("article"),
        };
    }

    private static string ReadPriority(JsonNodeReader template)
    {
        string priority = template.OptionalText("priority") ?? "normal";
        if (!CaseTemplate.Priorities.Contains(priority) && template.TryGet("priority", out JsonNodeReader at))
            at.Fail($"'{priority}' is no priority; allowed are: {string.Join(", ", CaseTemplate.Priorities)}");
        return priority;
    }

    private Remedy? ReadRemedy(JsonNodeReader remedy)
    {
        if (!remedy.IsObject("command", "waitSeconds"))
            return null;
        string? command = remedy.RequiredText("command");
        if (command is not null && !_commands.ContainsKey(command) && remedy.TryGet("command", out JsonNodeReader at))
            at.Fail($"the model has no command '{command}'; its commands are: {Listed(_commands.Keys)}");
        return new Remedy { Command = command ?? "", Wait = remedy.Seconds("waitSeconds", Remedy.DefaultWait) };
    }

    /// <summary>Null, with its mistakes noted, when the text is no condition; a missing one is a mistake already.</summary>
    private BoundCondition? Bind(JsonNodeReader item, string property, string text, RuleBinder binder)
    {
        if (text.Length == 0)
            return null;
        BoundCondition? bound = binder.Bind(text, out List<RuleMistake>? mistakes);
        foreach (RuleMistake mistake in mistakes)
            _ruleMistakes.Add(Said(Place(mistake.Position), mistake));
        _windowsPassedAt ??= binder.PassedAt.Windows is { } windows ? Place(windows) : null;
        _termsPassedAt ??= binder.PassedAt.Terms is { } terms ? Place(terms) : null;
        return bound;

        Mistake Place(int position)
        {
            (int line, int column) = JsonPlaces.At(text, position);
            return new Mistake($"{item.Pointer}/{property}", line, column, "");
        }
    }

    private static Mistake Said(Mistake place, RuleMistake says) =>
        place with
        {
            Message = says.Message,
            Kind = says.Kind,
            Values = says.Values,
        };

    private static TimeSpan ReadHealthyFor(JsonNodeReader document) =>
        document.TryGet("verify", out JsonNodeReader verify) && verify.IsObject("healthyFor")
            ? verify.Duration("healthyFor", DeviceModel.DefaultHealthyFor)
            : DeviceModel.DefaultHealthyFor;

    private static string Listed(IEnumerable<string> names) =>
        TextCut.Shortened(string.Join(", ", names), MostListed) is { Length: > 0 } list ? list : "none";
}
