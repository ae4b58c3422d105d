using System.Text;
using System.Text.Json;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Rules.Binding;

namespace OmniIoT.Devices.Models;

/// <summary>Turns one document into a model, and collects its mistakes on the way.</summary>
internal sealed partial class DeviceModelBuilder(
    ReadOnlyMemory<byte> utf8,
    Func<string, IEnumerable<string>>? textMistakes,
    RuleBudget? budget
)
{
    private static readonly JsonElement EmptyArguments = JsonElement.Parse("{}");

    private readonly List<(string Pointer, string Message)> _mistakes = [];
    private readonly List<Mistake> _ruleMistakes = [];
    private readonly List<KeyValuePair<string, MetricDefinition>> _metrics = [];
    private readonly HashSet<string> _alarmTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommandDefinition> _commands = new(StringComparer.Ordinal);

    public DeviceModelResult Build(JsonElement root, string? id)
    {
        JsonNodeReader document = new(root, "", _mistakes);
        if (IsTooLarge(document))
            return Refused();
        if (!document.IsObject("id", "name", "metrics", "commands", "rules", "maintenance", "verify", "settings"))
            return Refused();
        string? modelId = ReadId(document, id);
        string? name = document.OptionalText("name") ?? modelId;
        ReadMetrics(document);
        ReadCommands(document);
        CheckSettings(document);
        MetricSchema schema = new(_metrics);
        RuleBinder binder = new(schema, [.. _metrics.Select(metric => metric.Value)], budget);
        (List<RuleDefinition>? definitions, Rule[]? rules) = ReadRules(document, schema, binder);
        List<MaintenanceDefinition> maintenance = ReadMaintenance(document);
        TimeSpan healthyFor = ReadHealthyFor(document);
        if (_mistakes.Count + _ruleMistakes.Count > 0)
            return Refused();
        return new(
            new DeviceModel
            {
                Id = modelId!,
                Name = name!,
                Metrics = _metrics,
                Commands = _commands,
                Rules = definitions,
                Maintenance = maintenance,
                HealthyFor = healthyFor,
                Schema = schema,
                RuleSet = new RuleSet(rules, binder, schema),
                Json = utf8.ToArray(),
            },
            []
        );
    }

    private bool IsTooLarge(JsonNodeReader document)
    {
        if (budget is not null)
            ModelBounds.Check(document);
        return _mistakes.Count > 0;
    }

    private static string? ReadId(JsonNodeReader document, string? id)
    {
        if (!document.TryGet("id", out JsonNodeReader found))
        {
            if (id is null)
                document.Fail("'id' is missing");
            return id;
        }
        string? text = found.Text();
        if (text is null)
            return null;
        if (!Identifier.IsValid(text))
            found.Fail($"'{text}' is no id; it must be {Identifier.Allowed}");
        else if (id is not null && text != id)
            found.Fail($"'{text}' is not the id '{id}' under which the model is stored");
        return text;
    }

    private void ReadMetrics(JsonNodeReader document)
    {
        if (!document.TryGet("metrics", out JsonNodeReader metrics))
            return;
        foreach ((string? name, JsonNodeReader value) in metrics.Members("metric"))
        {
            if (Encoding.UTF8.GetByteCount(name) is 0 or > TelemetryBatch.MaxNameBytes)
                value.Fail($"a metric's name has 1 to {TelemetryBatch.MaxNameBytes} bytes");
            _metrics.Add(new(name, ReadMetric(value)));
        }
    }

    private static MetricDefinition ReadMetric(JsonNodeReader metric)
    {
        if (!metric.IsObject("unit", "kind", "values", "interval"))
            return new MetricDefinition();
        string? unit = metric.OptionalText("unit");
        string? kind = metric.OptionalText("kind");
        if (kind is not (null or "gauge" or "counter") && metric.TryGet("kind", out JsonNodeReader wrong))
            wrong.Fail($"'{kind}' is no kind of metric; allowed are: gauge, counter");
        List<string> values = metric.TryGet("values", out JsonNodeReader declared)
            ? declared.Items().Select(item => item.Text() ?? "").ToList()
            : [];
        if (values.Count > 0 && kind == "counter")
            declared.Fail("a counter has no values to choose from");
        return new MetricDefinition
        {
            Unit = unit,
            Kind = kind == "counter" ? MetricKind.Counter : MetricKind.Gauge,
            Values = values,
            Interval = metric.Duration("interval", MetricDefinition.DefaultInterval),
            Type =
                values.Count > 0 ? MetricType.Text
                : unit is not null || kind is not null ? MetricType.Number
                : MetricType.Any,
        };
    }

    private void ReadCommands(JsonNodeReader document)
    {
        if (!document.TryGet("commands", out JsonNodeReader commands))
            return;
        foreach ((string? name, JsonNodeReader value) in commands.Members("command"))
        {
            if (!Identifier.IsValid(name))
                value.Fail($"'{name}' is no name of a command; it must be {Identifier.Allowed}");
            if (!value.IsObject("arguments", "timeoutSeconds", "confirm"))
                continue;
            JsonElement arguments = value.TryGet("arguments", out JsonNodeReader schema) ? schema.Element : EmptyArguments;
            if (arguments.ValueKind != JsonValueKind.Object)
                schema.Fail($"an object is expected, not {schema.Described}");
            _commands.TryAdd(
                name,
                new CommandDefinition
                {
                    Arguments = arguments.GetRawText(),
                    Timeout = value.Seconds("timeoutSeconds", CommandDefinition.DefaultTimeout),
                    Confirm = value.Flag("confirm"),
                }
            );
        }
    }

    /// <summary>Null, and a mistake, where it is missing or nobody could read it.</summary>
    private string? ReadShownText(JsonNodeReader item, string property)
    {
        if (item.RequiredText(property) is not { } text || !item.TryGet(property, out JsonNodeReader at))
            return null;
        if (budget is not null && text.Length > ModelBounds.ShownText)
            at.Fail($"a text that is shown has at most {ModelBounds.ShownText} characters");
        foreach (string mistake in textMistakes?.Invoke(text) ?? [])
            at.Fail(mistake);
        return text;
    }

    private DeviceModelResult Refused()
    {
        Dictionary<string, int> offsets = JsonPlaces.Offsets(utf8.Span);
        IEnumerable<(int Offset, Mistake Mistake)> located = _mistakes
            .Select(static mistake => new Mistake(mistake.Pointer, 0, 0, mistake.Message))
            .Concat(_ruleMistakes)
            .Select(mistake => (offsets.GetValueOrDefault(mistake.Pointer), mistake))
            .OrderBy(static pair => pair.Item1);
        JsonPlaceWalk walk = new(utf8);
        return new(null, [.. located.Select(pair => pair.Mistake.Line > 0 ? pair.Mistake : walk.Place(pair.Mistake, pair.Offset))]);
    }
}
