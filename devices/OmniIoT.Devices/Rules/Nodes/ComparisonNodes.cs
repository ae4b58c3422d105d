using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Nodes;

internal enum Comparison : byte
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

internal static class Comparisons
{
    /// <summary>Unknown when either number is.</summary>
    public static Truth Compare(this Comparison comparison, double left, double right)
    {
        if (double.IsNaN(left) || double.IsNaN(right))
            return Truth.Unknown;
        bool holds = comparison switch
        {
            Comparison.Less => left < right,
            Comparison.LessOrEqual => left <= right,
            Comparison.Greater => left > right,
            Comparison.GreaterOrEqual => left >= right,
            Comparison.Equal => left == right,
            _ => left != right,
        };
        return holds ? Truth.True : Truth.False;
    }
}

/// <summary>The commonest comparison by far, without a call per operand.</summary>
internal sealed class MetricAgainstConstant(int slot, Comparison comparison, double constant) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        ref readonly MetricValue value = ref evaluation.Slots[slot].Newest;
        return value.Kind == MetricValueKind.Number ? comparison.Compare(value.Number, constant) : Truth.Unknown;
    }
}

internal sealed class NumberComparison(NumberNode left, Comparison comparison, NumberNode right) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation) => comparison.Compare(left.Evaluate(evaluation), right.Evaluate(evaluation));
}

/// <summary>Equality of two values; unknown while either is, or while they are of different kinds.</summary>
internal sealed class ValueEquality(ValueNode left, ValueNode right, bool negated) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        ref readonly MetricValue first = ref left.Evaluate(evaluation);
        ref readonly MetricValue second = ref right.Evaluate(evaluation);
        if (first.Kind == MetricValueKind.None || first.Kind != second.Kind)
            return Truth.Unknown;
        return From(first == second != negated);
    }
}

/// <summary>Equality of two conditions; unknown while either is.</summary>
internal sealed class TruthEquality(TruthNode left, TruthNode right, bool negated) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        Truth first = left.Evaluate(evaluation);
        Truth second = right.Evaluate(evaluation);
        if (first == Truth.Unknown || second == Truth.Unknown)
            return Truth.Unknown;
        return From(first == second != negated);
    }

    public override TruthNode WithoutDurations() => new TruthEquality(left.WithoutDurations(), right.WithoutDurations(), negated);
}
