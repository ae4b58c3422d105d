using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Models;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Rules;

/// <summary>Local rules, compiled: those of a model, and what each does with outputs while its alarm is active.</summary>
internal sealed class RuleBook
{
    /// <summary>The setting, and the desired and reported property.</summary>
    public const string Property = "rules";

    private const string Outputs = "outputs";

    // Of a rule of a model what the platform does with its alarm; whoever copies a rule here need not take it out.
    private static readonly string[] OfThePlatform = ["case", "notify", "remedy"];
    private static readonly string[] OfTheRule = ["type", "severity", "when", "clear"];

    private readonly DeviceModel _model;
    private readonly IReadOnlyDictionary<string, bool>[] _outputs;

    private RuleBook(JsonArray source, DeviceModel model, IReadOnlyDictionary<string, bool>[] outputs) =>
        (Source, _model, _outputs) = (source, model, outputs);

    /// <summary>As they were written.</summary>
    public JsonArray Source { get; }

    public Devices.Rules.RuleSet Rules => _model.RuleSet;

    public MetricSchema Schema => _model.Schema;

    public string Type(int rule) => _model.Rules[rule].Type;

    /// <summary>No rules, with whatever is measured.</summary>
    public static RuleBook None(RuleNames names) => Read(null, names, out _)!;

    /// <summary>What outputs are to be while the rule's alarm is active.</summary>
    public IReadOnlyDictionary<string, bool> OutputsOf(int rule) => _outputs[rule];

    /// <summary>The rules, or everything that is wrong with them by its place, as <c>0</c>, <c>when</c>.</summary>
    /// <param name="node">An array of rules; null: none.</param>
    /// <param name="names">What there is to be looked at and switched.</param>
    public static RuleBook? Read(JsonNode? node, RuleNames names, out IReadOnlyList<(string[] Place, string Message)> mistakes)
    {
        List<(string[] Place, string Message)> found = [];
        mistakes = found;
        if (node is not (null or JsonArray))
            found.Add(([], "is no list of rules"));
        JsonArray source = (JsonArray)(node as JsonArray ?? []).DeepClone();
        JsonArray rules = [];
        List<IReadOnlyDictionary<string, bool>> outputs = [];
        for (int index = 0; index < source.Count; index++)
        {
            rules.Add(Plain(source[index]));
            outputs.Add(ReadOutputs(source[index] as JsonObject, names, index, found));
        }
        DeviceModelResult result = DeviceModelReader.Read(Document(names, rules), budget: RuleBudget.Default);
        foreach (Mistake mistake in result.Mistakes.Where(mistake => mistake.Pointer.StartsWith("/rules", StringComparison.Ordinal)))
            found.Add((mistake.Pointer.Split('/')[2..], Said(mistake)));
        return found.Count > 0 || result.Model is null ? null : new RuleBook(source, result.Model, [.. outputs]);
    }

    private static string Said(Mistake mistake) => mistake.Kind is null ? mistake.Message : $"column {mistake.Column}: {mistake.Message}";

    /// <summary>The rule as a model has it. What is neither of the rule nor of us stays, to be refused.</summary>
    private static JsonNode? Plain(JsonNode? rule)
    {
        if (rule is not JsonObject members)
            return rule?.DeepClone();
        JsonObject plain = new(
            members
                .Where(member => member.Key != Outputs && !OfThePlatform.Contains(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );
        // What it does here is the same whatever its severity.
        plain.TryAdd(OfTheRule[1], "warning");
        return plain;
    }

    private static Dictionary<string, bool> ReadOutputs(
        JsonObject? rule,
        RuleNames names,
        int index,
        List<(string[] Place, string Message)> mistakes
    )
    {
        Dictionary<string, bool> outputs = new(StringComparer.Ordinal);
        string at = index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (rule?[Outputs] is { } other and not JsonObject)
            mistakes.Add(([at, Outputs], $"'{other}' is no object of outputs"));
        foreach ((string id, JsonNode? value) in rule?[Outputs] as JsonObject ?? [])
        {
            if (!names.Outputs.Contains(id))
                mistakes.Add(([at, Outputs, id], "is no output of this agent"));
            else if (value is JsonValue flag && flag.TryGetValue(out bool on))
                outputs[id] = on;
            else
                mistakes.Add(([at, Outputs, id], $"'{value}' is not true or false"));
        }
        return outputs;
    }

    private static byte[] Document(RuleNames names, JsonArray rules)
    {
        JsonObject metrics = [];
        foreach ((string name, TimeSpan every) in names.Metrics)
            metrics[name] = new JsonObject { ["interval"] = LiveSettings.Text(Longer(every, MetricDefinition.DefaultInterval)) };
        return Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["id"] = "local",
                ["metrics"] = metrics,
                [Property] = rules,
            }.ToJsonString()
        );
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
