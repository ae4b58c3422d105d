using OmniIoT.Devices.Rules.Windows;

namespace OmniIoT.Devices.Rules.Nodes;

internal enum WindowFunction : byte
{
    Average,
    Least,
    Most,
    Sum,
    Count,
    Deviation,
    Delta,
    Rate,
}

/// <summary>
/// A window function over (t − d, t], t being the device time that is judged. Of a metric that was never reported it is
/// unknown; over an empty window the sum and the count are 0 and the others unknown.
/// </summary>
/// <param name="slot">Of the metric; -1 for events, of which none is an answer, too.</param>
/// <param name="isCounter">The metric counts up, and from zero again when the device begins anew: then nothing was taken back.</param>
internal sealed class WindowNode(WindowFunction function, int index, int slot, bool isCounter) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation)
    {
        if (slot >= 0 && !evaluation.Slots[slot].IsReported)
            return double.NaN;
        ReadingWindow window = evaluation.State.Windows[index];
        WindowPane sum = window.Sum(evaluation.DeviceTime);
        double result = function switch
        {
            WindowFunction.Count => sum.Count,
            WindowFunction.Sum => sum.Total.Value,
            _ when sum.Numbers == 0 => double.NaN,
            WindowFunction.Average => sum.Mean,
            WindowFunction.Least => sum.Least,
            WindowFunction.Most => sum.Most,
            WindowFunction.Deviation => window.Deviation(evaluation.DeviceTime, sum),
            WindowFunction.Delta => DeltaOf(sum),
            _ => RatePerSecond(sum),
        };
        return double.IsFinite(result) ? result : double.NaN;
    }

    private double DeltaOf(in WindowPane sum) => isCounter ? sum.Increase : sum.Last - sum.First;

    /// <summary>One reading has no rate: 0/0 is not a number, thus unknown.</summary>
    private double RatePerSecond(in WindowPane sum) => DeltaOf(sum) / ((sum.LastNumberAt - sum.FirstNumberAt) / 1000.0);
}
