using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>A number; NaN is unknown, since no value of a device is NaN.</summary>
internal abstract class NumberNode
{
    public abstract double Evaluate(in Evaluation evaluation);
}

internal sealed class ConstantNumber(double value) : NumberNode
{
    public double Value => value;

    public override double Evaluate(in Evaluation evaluation) => value;
}

internal sealed class NegatedNumber(NumberNode operand) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation) => -operand.Evaluate(evaluation);
}

internal enum Arithmetic : byte
{
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// <summary>What overflows or divides by zero is unknown.</summary>
internal sealed class ArithmeticNode(Arithmetic operation, NumberNode left, NumberNode right) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation)
    {
        double first = left.Evaluate(evaluation);
        double second = right.Evaluate(evaluation);
        double result = operation switch
        {
            Arithmetic.Add => first + second,
            Arithmetic.Subtract => first - second,
            Arithmetic.Multiply => first * second,
            _ => first / second,
        };
        return double.IsFinite(result) ? result : double.NaN;
    }
}

/// <summary>A value as a number; unknown while it is anything else.</summary>
internal sealed class ValueNumber(ValueNode value) : NumberNode
{
    /// <summary>Null when it is not a metric.</summary>
    public MetricNode? Metric => value as MetricNode;

    public override double Evaluate(in Evaluation evaluation)
    {
        ref readonly MetricValue current = ref value.Evaluate(evaluation);
        return current.Kind == MetricValueKind.Number ? current.Number : double.NaN;
    }
}
