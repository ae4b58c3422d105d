using System.Text.Json.Nodes;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Binding;

internal sealed partial class RuleBinder
{
    private static readonly ConstantTruth Refused = new(false);

    private TruthNode BindComparison(BinaryExpression binary, Comparison comparison)
    {
        RuleType? left = TypeOf(binary.Left);
        RuleType? right = TypeOf(binary.Right);
        if (left is null || right is null)
            return Refused;
        if (left != right && left != RuleType.Any && right != RuleType.Any)
            return Fail(binary, RuleMistakeKinds.NotComparable, ("leftType", Name(left.Value)), ("rightType", Name(right.Value)));
        RuleType type = left == RuleType.Any ? right.Value : left.Value;
        bool isEquality = comparison is Comparison.Equal or Comparison.NotEqual;
        if (type == RuleType.Number || (type == RuleType.Any && !isEquality))
            return BindNumbers(binary, comparison);
        if (!isEquality)
            return Fail(binary, RuleMistakeKinds.OnlyEquality, ("operator", binary.Operator), ("ruleType", Name(type)));
        if (type == RuleType.Condition)
            return new TruthEquality(BindTruth(binary.Left), BindTruth(binary.Right), comparison == Comparison.NotEqual);
        CheckDeclaredValue(binary.Left, binary.Right);
        CheckDeclaredValue(binary.Right, binary.Left);
        return new ValueEquality(BindValue(binary.Left)!, BindValue(binary.Right)!, comparison == Comparison.NotEqual);
    }

    private TruthNode BindNumbers(BinaryExpression binary, Comparison comparison)
    {
        NumberNode left = BindNumber(binary.Left);
        NumberNode right = BindNumber(binary.Right);
        return (left, right) switch
        {
            (ValueNumber { Metric: { } metric }, ConstantNumber constant) => Against(metric, comparison, constant.Value),
            (ConstantNumber constant, ValueNumber { Metric: { } metric }) => Against(metric, Mirror(comparison), constant.Value),
            _ => new NumberComparison(left, comparison, right),
        };
    }

    private MetricAgainstConstant Against(MetricNode metric, Comparison comparison, double constant)
    {
        _threshold ??= new RuleThreshold(schema.Name(metric.Slot), Symbol(comparison), constant);
        return new MetricAgainstConstant(metric.Slot, comparison, constant);
    }

    /// <summary>A text that the metric never takes would make a rule that never holds.</summary>
    private void CheckDeclaredValue(RuleExpression name, RuleExpression text)
    {
        if (name is not NameExpression metric || text is not TextLiteral literal || SlotOf(metric.Name) is not (>= 0 and var slot))
            return;
        IReadOnlyList<string> values = metrics[slot].Values;
        if (values.Count > 0 && !values.Contains(literal.Value))
            Fail(
                literal.Position,
                RuleMistakeKinds.NeverValue,
                ("metric", metric.Name),
                ("value", literal.Value),
                ("known", Texts(values))
            );
    }

    private ConstantTruth Fail(BinaryExpression binary, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        Fail(binary.Position, kind, values);
        return Refused;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>The same comparison with its sides exchanged.</summary>
    private static Comparison Mirror(Comparison comparison) =>
        comparison switch
        {
            Comparison.Less => Comparison.Greater,
            Comparison.LessOrEqual => Comparison.GreaterOrEqual,
            Comparison.Greater => Comparison.Less,
            Comparison.GreaterOrEqual => Comparison.LessOrEqual,
            _ => comparison,
        };

    private static string Symbol(Comparison comparison) =>
        comparison switch
        {
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEqual => ">=",
            Comparison.Equal => "==",
            _ => "!=",
        };
}
