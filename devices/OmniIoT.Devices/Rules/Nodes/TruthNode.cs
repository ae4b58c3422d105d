namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>
/// A condition. Nodes are immutable and shared by all devices of a model; evaluation allocates nothing. Every node
/// below an operator is evaluated, without short cuts: a duration must see every message.
/// </summary>
internal abstract class TruthNode
{
    public abstract Truth Evaluate(in Evaluation evaluation);

    /// <summary>The condition itself, without how long it must hold: what its negation clears.</summary>
    public virtual TruthNode WithoutDurations() => this;

    protected static Truth From(bool holds) => holds ? Truth.True : Truth.False;
}

internal sealed class ConstantTruth(bool value) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation) => From(value);
}

internal sealed class NotNode(TruthNode operand) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation) => Truth.True - (byte)operand.Evaluate(evaluation);

    public override TruthNode WithoutDurations() => new NotNode(operand.WithoutDurations());
}

internal sealed class AndNode(TruthNode left, TruthNode right) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        Truth first = left.Evaluate(evaluation);
        Truth second = right.Evaluate(evaluation);
        return first < second ? first : second;
    }

    public override TruthNode WithoutDurations() => new AndNode(left.WithoutDurations(), right.WithoutDurations());
}

internal sealed class OrNode(TruthNode left, TruthNode right) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation)
    {
        Truth first = left.Evaluate(evaluation);
        Truth second = right.Evaluate(evaluation);
        return first > second ? first : second;
    }

    public override TruthNode WithoutDurations() => new OrNode(left.WithoutDurations(), right.WithoutDurations());
}

/// <summary>Nothing has been heard for a while; judged between messages only, false while one is judged.</summary>
internal sealed class SilentNode(long milliseconds) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation) => From(evaluation.SilentFor >= milliseconds);
}

/// <summary>The message is an event of this code or type.</summary>
internal sealed class EventNode(byte[] utf8) : TruthNode
{
    public override Truth Evaluate(in Evaluation evaluation) =>
        From(evaluation.EventCode.SequenceEqual(utf8) || evaluation.EventType.SequenceEqual(utf8));
}
