using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Rules.Nodes;

/// <summary>
/// A window function over (t − d, t], t being the device time that is judged. Of a metric that was never reported it is
/// unknown; over an empty window the sum and the count are 0 and the others unknown.
/// </summary>
/// <param name="index">Of the window in the state.</param>
/// <param name="slot">Of the metric; -1 for events, of which none is an answer, too.</param>
internal sealed class WindowNode(WindowFunction function, int index, int slot) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation)
    {
        if (slot >= 0 && !evaluation.Slots[slot].IsReported)
            return double.NaN;
        double result = evaluation.State.Windows[index].Evaluate(function, evaluation.DeviceTime);
        return double.IsFinite(result) ? result : double.NaN;
    }
}
