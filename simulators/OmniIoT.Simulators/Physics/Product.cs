using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Simulators.Physics;

/// <summary>What a product answers to a command.</summary>
/// <param name="Error">Null when it succeeded.</param>
public sealed record CommandOutcome(string? Error)
{
    public static readonly CommandOutcome Succeeded = new((string?)null);
}

/// <summary>An event as a product reports it.</summary>
public sealed record ProductEvent(string Type, string Code, string Message);

/// <summary>
/// A simulated product: its physics moves on by steps and depends on nothing but its own state, the commands it was
/// given and a seeded source of chance. Not safe for concurrent use.
/// </summary>
public abstract class Product
{
    // Thermostats switch within it: a longer one would overshoot.
    private static readonly TimeSpan LargestStep = TimeSpan.FromSeconds(5);

    private readonly Queue<ProductEvent> _events = new();

    protected Product(string model, Random random)
    {
        (Model, Random) = (model, random);
        Reported["firmware"] = "1.2";
        Reported["reportSeconds"] = 10.0;
    }

    /// <summary>Id of the device model.</summary>
    public string Model { get; }

    /// <summary>The twin's reported properties.</summary>
    public JsonObject Reported { get; } = [];

    /// <summary>How often the product reports, 1 s to 1 h; a desired setting.</summary>
    public TimeSpan ReportInterval => TimeSpan.FromSeconds(Setting("reportSeconds"));

    protected Random Random { get; }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan elapsed)
    {
        for (; elapsed > LargestStep; elapsed -= LargestStep)
            Step(LargestStep);
        Step(elapsed);
    }

    /// <summary>Writes the present readings as properties of an open JSON object.</summary>
    public abstract void WriteValues(Utf8JsonWriter values);

    /// <summary>Carries out a command; <c>restart</c> is known to every product.</summary>
    public CommandOutcome Execute(string name, JsonElement arguments)
    {
        if (TryExecute(name, arguments))
            return CommandOutcome.Succeeded;
        if (name != "restart")
            return new CommandOutcome($"'{name}' is not known to {Model}.");
        Restart();
        return CommandOutcome.Succeeded;
    }

    /// <summary>Takes what it understands of the desired properties; true when something changed, to be reported.</summary>
    public bool Apply(JsonObject desired)
    {
        string before = Reported.ToJsonString();
        foreach ((string name, JsonNode? value) in desired)
        {
            if (value?.GetValueKind() != JsonValueKind.Number || Limits(name) is not var (least, most))
                continue;
            Reported[name] = Math.Clamp(value.Deserialize<double>(), least, most);
        }
        return Reported.ToJsonString() != before;
    }

    /// <summary>What happened since the last call; null when nothing more.</summary>
    public ProductEvent? TakeEvent() => _events.TryDequeue(out ProductEvent? happened) ? happened : null;

    protected abstract void Step(TimeSpan elapsed);

    protected abstract bool TryExecute(string name, JsonElement arguments);

    protected abstract void Restart();

    /// <summary>The range of a setting; null for one that the product does not have.</summary>
    protected virtual (double Least, double Most)? Limits(string setting) => setting == "reportSeconds" ? (1, 3600) : null;

    protected double Setting(string name) => (double)Reported[name]!;

    protected void Raise(ProductEvent happened) => _events.Enqueue(happened);

    protected static void Write(Utf8JsonWriter values, string metric, double value, int decimals = 2) =>
        values.WriteNumber(metric, Math.Round(value, decimals));
}
