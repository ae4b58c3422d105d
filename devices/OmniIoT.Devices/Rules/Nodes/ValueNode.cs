using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>A value of any kind; none is unknown.</summary>
internal abstract class ValueNode
{
    public abstract ref readonly MetricValue Evaluate(in Evaluation evaluation);
}

internal sealed class MetricNode(int slot) : ValueNode
{
    public int Slot => slot;

    public override ref readonly MetricValue Evaluate(in Evaluation evaluation) => ref evaluation.Slots[slot].Newest;
}

/// <summary>A property of the twin, as last told by <see cref="RuleSet.SetReported"/>.</summary>
internal sealed class ReportedNode(int index) : ValueNode
{
    public override ref readonly MetricValue Evaluate(in Evaluation evaluation) => ref evaluation.State.Reported[index];
}

internal sealed class ConstantValue(MetricValue value) : ValueNode
{
    private readonly MetricValue _value = value;

    public override ref readonly MetricValue Evaluate(in Evaluation evaluation) => ref _value;
}

/// <summary>A value as a condition; unknown while it is anything but true or false.</summary>
internal sealed class ValueTruth(ValueNode value) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        ref readonly MetricValue current = ref value.Evaluate(evaluation);
        return current.Kind == MetricValueKind.Boolean ? From(current.Boolean) : Truth.Unknown;
    }
}
