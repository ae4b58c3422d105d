using System.Text.Json;

namespace OmniIoT.Devices;

internal sealed partial class DeviceModelBuilder
{
    private const int MaxRules = 200;

    private (List<RuleDefinition> Definitions, Rule[] Rules) ReadRules(JsonNodeReader document, MetricSchema schema, RuleBinder binder)
    {
        var definitions = new List<RuleDefinition>();
        var rules = new List<Rule>();
        var types = new HashSet<string>(StringComparer.Ordinal);
        if (!document.TryGet("rules", out var array)) return (definitions, []);
        var items = array.Items();
        if (items.Count > MaxRules) array.Fail($"a model has at most {MaxRules} rules; this one has {items.Count}");
        foreach (var item in items)
        {
            if (!item.IsObject("type", "severity", "when", "clear", "case", "remedy", "notify")) continue;
            var definition = ReadRule(item, types);
            var when = Bind(item, "when", definition.When, binder);
            var clear = definition.Clear is null ? null : Bind(item, "clear", definition.Clear, binder);
            definitions.Add(definition);
            if (when is not null) rules.Add(new Rule(definition, schema, when, clear));
        }
        return (definitions, [.. rules]);
    }

    private RuleDefinition ReadRule(JsonNodeReader item, HashSet<string> types)
    {
        var type = item.RequiredText("type");
        item.TryGet("type", out var typeAt);
        if (type is not null && !Identifier.IsValid(type)) typeAt.Fail($"'{type}' is no type of a rule; it must be {Identifier.Allowed}");
        else if (type is not null && !types.Add(type)) typeAt.Fail($"another rule has the type '{type}'");
        return new RuleDefinition
        {
            Type = type ?? "",
            Severity = ReadSeverity(item),
            When = item.RequiredText("when") ?? "",
            Clear = item.OptionalText("clear"),
            Case = item.TryGet("case", out var template) ? ReadCase(template) : null,
            Remedy = item.TryGet("remedy", out var remedy) ? ReadRemedy(remedy) : null,
            Notify = item.TryGet("notify", out var notify) && notify.IsObject("text") ? new CustomerNotice(notify.RequiredText("text") ?? "") : null,
        };
    }

    private static Severity ReadSeverity(JsonNodeReader item)
    {
        var text = item.RequiredText("severity");
        item.TryGet("severity", out var at);
        switch (text)
        {
            case "critical": return Severity.Critical;
            case "major": return Severity.Major;
            case "minor": return Severity.Minor;
            case "warning" or null: return Severity.Warning;
            default:
                at.Fail($"'{text}' is no severity; allowed are: critical, major, minor, warning");
                return Severity.Warning;
        }
    }

    private static CaseTemplate? ReadCase(JsonNodeReader template)
    {
        if (!template.IsObject("title", "priority", "queue", "article")) return null;
        return new CaseTemplate
        {
            Title = template.RequiredText("title") ?? "",
            Priority = template.OptionalText("priority") ?? "normal",
            Queue = template.OptionalText("queue"),
            Article = template.OptionalText("article"),
        };
    }

    private Remedy? ReadRemedy(JsonNodeReader remedy)
    {
        if (!remedy.IsObject("command", "waitSeconds")) return null;
        var command = remedy.RequiredText("command");
        if (command is not null && !_commands.ContainsKey(command) && remedy.TryGet("command", out var at))
            at.Fail($"the model has no command '{command}'; its commands are: {Listed(_commands.Keys)}");
        return new Remedy { Command = command ?? "", Wait = remedy.Seconds("waitSeconds", Remedy.DefaultWait) };
    }

    /// <summary>Null, with its mistakes noted, when the text is no condition; a missing one is a mistake already.</summary>
    private BoundCondition? Bind(JsonNodeReader item, string property, string text, RuleBinder binder)
    {
        if (text.Length == 0) return null;
        var bound = binder.Bind(text, out var mistakes);
        foreach (var mistake in mistakes)
        {
            var (line, column) = JsonPlaces.At(text, mistake.Position);
            _ruleMistakes.Add(new Mistake($"{item.Pointer}/{property}", line, column, mistake.Message));
        }
        return bound;
    }

    private List<MaintenanceDefinition> ReadMaintenance(JsonNodeReader document)
    {
        var maintenance = new List<MaintenanceDefinition>();
        if (!document.TryGet("maintenance", out var array)) return maintenance;
        foreach (var item in array.Items())
        {
            if (!item.IsObject("type", "title", "every", "orEvery")) continue;
            var isTimed = item.TryGet("orEvery", out var orEvery);
            var time = isTimed ? orEvery.Duration() : null;
            UsageInterval? usage = null;
            if (!item.TryGet("every", out var every))
            {
                if (!isTimed) item.Fail("'every' or 'orEvery' is missing");
            }
            else if (every.Element.ValueKind == JsonValueKind.String) time = every.Duration();
            else usage = ReadUsage(every);
            var type = item.RequiredText("type") ?? "";
            maintenance.Add(new() { Type = type, Title = item.OptionalText("title") ?? type, Usage = usage, Time = time });
        }
        return maintenance;
    }

    private UsageInterval? ReadUsage(JsonNodeReader every)
    {
        if (!every.IsObject("usage", "amount")) return null;
        var metric = every.RequiredText("usage");
        if (metric is not null && !_metrics.Any(known => known.Key == metric && known.Value.Kind == MetricKind.Counter) && every.TryGet("usage", out var at))
        {
            var counters = _metrics.Where(known => known.Value.Kind == MetricKind.Counter).Select(known => known.Key);
            at.Fail($"'{metric}' is no counter of the model; its counters are: {Listed(counters)}");
        }
        if (!every.TryGet("amount", out var amount)) every.Fail("'amount' is missing");
        else if (amount.Element.ValueKind == JsonValueKind.Number && amount.Element.GetDouble() is > 0 and < double.PositiveInfinity)
            return new UsageInterval(metric ?? "", amount.Element.GetDouble());
        else amount.Fail($"a number above 0 is expected, not {amount.Described}");
        return null;
    }

    private static TimeSpan ReadHealthyFor(JsonNodeReader document) =>
        document.TryGet("verify", out var verify) && verify.IsObject("healthyFor")
            ? verify.Duration("healthyFor", DeviceModel.DefaultHealthyFor)
            : DeviceModel.DefaultHealthyFor;

    private static string Listed(IEnumerable<string> names) =>
        string.Join(", ", names) is { Length: > 0 } list ? list : "none";
}
