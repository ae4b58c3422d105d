using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Conditions;

/// <summary>Tells what the parts of a condition are, and the first of them that may not be there.</summary>
internal sealed class ConditionCheck(IReadOnlyDictionary<string, ConditionType> names)
{
    private const string NoComparison = "only comparisons are asked here, joined by and, or, not";

    /// <summary>Null: nothing is wrong.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Null when it may not be there.</summary>
    public ConditionType? TypeOf(RuleExpression expression) =>
        expression switch
        {
            NumberLiteral => ConditionType.Number,
            TextLiteral => ConditionType.Text,
            BooleanLiteral => ConditionType.Flag,
            NameExpression name => OfName(name.Name),
            UnaryExpression { Operator: "not" } not => OfFlags(not.Operand),
            BinaryExpression { Operator: "and" or "or" } joined => OfFlags(joined.Left, joined.Right),
            BinaryExpression { Operator: "==" or "!=" or "<" or "<=" or ">" or ">=" } compared => OfComparison(compared),
            _ => Fail(NoComparison),
        };

    private ConditionType? OfName(string name) =>
        names.TryGetValue(name, out ConditionType type)
            ? type
            : Fail($"'{name}' is not known; known are {string.Join(' ', names.Keys.Order(StringComparer.Ordinal))}");

    private ConditionType? OfFlags(params ReadOnlySpan<RuleExpression> parts)
    {
        foreach (RuleExpression part in parts)
        {
            if (TypeOf(part) is not { } type)
                return null;
            if (type is not ConditionType.Flag)
                return Fail("and, or and not join comparisons");
        }
        return ConditionType.Flag;
    }

    private ConditionType? OfComparison(BinaryExpression compared)
    {
        if (TypeOf(compared.Left) is not { } left || TypeOf(compared.Right) is not { } right)
            return null;
        if (left != right)
            return Fail($"a {Name(left)} cannot be compared with a {Name(right)}");
        return left is not ConditionType.Number && compared.Operator is not ("==" or "!=")
            ? Fail($"'{compared.Operator}' compares numbers")
            : ConditionType.Flag;
    }

    private ConditionType? Fail(string mistake)
    {
        Mistake ??= mistake;
        return null;
    }

    private static string Name(ConditionType type) => type.ToString().ToLowerInvariant();
}
