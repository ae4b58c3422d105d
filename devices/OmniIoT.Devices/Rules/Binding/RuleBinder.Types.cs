using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules.Nodes;
using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Binding;

internal enum RuleType : byte
{
    Any,
    Number,
    Text,
    Condition,
}

internal sealed partial class RuleBinder
{
    /// <summary>As mistakes have it.</summary>
    private static string Name(RuleType type) =>
        type switch
        {
            RuleType.Number => "number",
            RuleType.Text => "text",
            RuleType.Condition => "condition",
            _ => "value",
        };

    /// <summary>Null, and a mistake, when a name or function is not known.</summary>
    private RuleType? TypeOf(RuleExpression expression)
    {
        switch (expression)
        {
            case NumberLiteral or UnaryExpression { Operator: "-" }:
                return RuleType.Number;
            case TextLiteral:
                return RuleType.Text;
            case BinaryExpression binary:
                return ArithmeticOf(binary.Operator) is null ? RuleType.Condition : RuleType.Number;
            case NameExpression name:
                return TypeOfName(name);
            case CallExpression call when call.Function is "anomaly" || WindowFunctionOf(call.Function) is not null:
                return RuleType.Number;
            case CallExpression { Function: not "event" } call:
                Fail(call.Position, RuleMistakeKinds.UnknownFunction, ("function", call.Function));
                return null;
            default:
                return RuleType.Condition;
        }
    }

    private RuleType? TypeOfName(NameExpression name)
    {
        if (SlotOf(name.Name) is >= 0 and var slot)
        {
            return metrics[slot].Type switch
            {
                MetricType.Number => RuleType.Number,
                MetricType.Text => RuleType.Text,
                _ => RuleType.Any,
            };
        }
        if (name.Name.StartsWith(ReportedPrefix, StringComparison.Ordinal) && name.Name.Length > ReportedPrefix.Length)
            return RuleType.Any;
        if (metrics.Count == 0)
            Fail(name.Position, RuleMistakeKinds.NoMetrics, ("metric", name.Name));
        else
            Fail(
                name.Position,
                RuleMistakeKinds.UnknownMetric,
                ("metric", name.Name),
                ("known", Texts(Enumerable.Range(0, schema.Count).Select(schema.Name)))
            );
        return null;
    }

    private static Comparison? ComparisonOf(string symbol) =>
        symbol switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            "==" => Comparison.Equal,
            "!=" => Comparison.NotEqual,
            _ => null,
        };

    private static Arithmetic? ArithmeticOf(string symbol) =>
        symbol switch
        {
            "+" => Arithmetic.Add,
            "-" => Arithmetic.Subtract,
            "*" => Arithmetic.Multiply,
            "/" => Arithmetic.Divide,
            _ => null,
        };
}
