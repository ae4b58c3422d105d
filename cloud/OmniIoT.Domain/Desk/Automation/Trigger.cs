using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>Actions that are done by themselves when something happens.</summary>
/// <param name="On">What happens.</param>
/// <param name="Conditions">All have to hold.</param>
/// <param name="Order">Of two the lower goes first; equal ones by id.</param>
public sealed record Trigger(
    string Id,
    TriggerEvent On,
    IReadOnlyList<TriggerCondition> Conditions,
    IReadOnlyList<DeskAction> Actions,
    int Order,
    bool Enabled = true
)
{
    /// <summary>As whom it acts.</summary>
    public string Actor => Prefix + Id;

    private const string Prefix = "trigger:";

    /// <summary>Whether a trigger did it: what triggers do sets off no other, so that they never go in a circle.</summary>
    public static bool IsActor(string actor) => actor.StartsWith(Prefix, StringComparison.Ordinal);

    public bool IsFor(TriggerEvent happened, TriggerFacts facts) =>
        Enabled && On == happened && Conditions.All(condition => condition.Holds(facts));
}

public enum TriggerEvent
{
    ConversationOpened,
    MessageReceived,
    CaseOpened,
    CaseUpdated,
    SlaWarning,
    SlaBreached,

    /// <summary>Looked at every minute, once for each state that something is in.</summary>
    Time,
}

public enum TriggerOperator
{
    /// <summary>The same text, number or truth; without case.</summary>
    Eq,
    Ne,

    /// <summary>One of a list.</summary>
    In,

    /// <summary>A text within a text, or one of tags; without case.</summary>
    Contains,
    Gt,
    Lt,

    /// <summary>Whether there is any: <c>true</c> or <c>false</c>.</summary>
    Exists,
}

/// <param name="Field">One of <see cref="TriggerFacts.Fields"/>.</param>
public sealed record TriggerCondition(string Field, TriggerOperator Op, JsonNode? Value)
{
    public bool Holds(TriggerFacts facts)
    {
        IReadOnlyList<string> found = facts.Of(Field);
        return Op switch
        {
            TriggerOperator.Eq => found.Any(one => IsSame(one, Text(Value))),
            TriggerOperator.Ne => !found.Any(one => IsSame(one, Text(Value))),
            TriggerOperator.In => Value is JsonArray all && found.Any(one => all.Any(other => IsSame(one, Text(other)))),
            TriggerOperator.Contains => Text(Value) is { Length: > 0 } part
                && found.Any(one => one.Contains(part, StringComparison.OrdinalIgnoreCase)),
            TriggerOperator.Gt => found.Any(one => Number(one) > Number(Text(Value))),
            TriggerOperator.Lt => found.Any(one => Number(one) < Number(Text(Value))),
            _ => found.Count > 0 == (Text(Value) != "false"),
        };
    }

    private static bool IsSame(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonNode? value) =>
        value is JsonValue single ? (single.TryGetValue(out string? text) ? text : single.ToJsonString()) : null;

    private static double Number(string? text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
