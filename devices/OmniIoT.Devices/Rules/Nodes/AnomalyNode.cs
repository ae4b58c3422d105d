namespace OmniIoT.Devices.Rules.Nodes;

/// <summary><c>anomaly(metric)</c>: how unusual the metric's newest reading is, 0 to 1; unknown until enough are known.</summary>
internal sealed class AnomalyNode(int index) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation) => evaluation.State.Anomalies[index].Score;
}
