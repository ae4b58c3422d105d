namespace OmniIoT.Devices;

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
internal sealed class WindowNode(WindowFunction function, int index, int slot) : NumberNode
{
    public override double Evaluate(in Evaluation evaluation)
    {
        if (slot >= 0 && !evaluation.Slots[slot].IsReported)
            return double.NaN;
        var window = evaluation.State.Windows[index];
        var sum = window.Sum(evaluation.DeviceTime);
        var result = function switch
        {
            WindowFunction.Count => sum.Count,
            WindowFunction.Sum => sum.Total,
            _ when sum.Numbers == 0 => double.NaN,
            WindowFunction.Average => sum.Mean,
            WindowFunction.Least => sum.Least,
            WindowFunction.Most => sum.Most,
            WindowFunction.Deviation => window.Deviation(evaluation.DeviceTime, sum),
            WindowFunction.Delta => sum.Last - sum.First,
            _ => RatePerSecond(sum),
        };
        return double.IsFinite(result) ? result : double.NaN;
    }

    /// <summary>One reading has no rate: 0/0 is not a number, thus unknown.</summary>
    private static double RatePerSecond(in WindowPane sum) =>
        (sum.Last - sum.First) / ((sum.LastNumberAt - sum.FirstNumberAt) / 1000.0);
}
