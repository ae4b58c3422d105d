using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Sampling;

/// <summary>Names what one sensor measured and leaves out what changed too little. Safe for concurrent use.</summary>
internal sealed class MetricFilter(IReadOnlyList<MetricSpec> metrics)
{
    /// <summary>
    /// Within its deadband a value is sent that often all the same: a metric that stays away for longer than three times its
    /// interval, a minute by default, counts as a gap in the platform's rules.
    /// </summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (double Value, DateTimeOffset At)> _sent = new(StringComparer.Ordinal);

    /// <summary>Everything that is to be sent of the sensor, under its names.</summary>
    public List<(string Name, Measurement Value)> Name(IReadOnlyList<Measurement> measurements) =>
        [
            .. measurements
                .Select(one => (Spec: Spec(one.Quantity), one))
                .Where(pair => pair.Spec is not null)
                .Select(pair => (pair.Spec!.Name, pair.one)),
        ];

    /// <summary>Of that, what is to be sent now.</summary>
    public List<(string Name, Measurement Value)> Pass(IReadOnlyList<Measurement> measurements, DateTimeOffset at)
    {
        lock (_lock)
            return Name([.. measurements.Where(one => Passes(one, at))]);
    }

    private MetricSpec? Spec(string quantity) =>
        metrics.Count == 0 ? new MetricSpec(quantity, quantity) : metrics.FirstOrDefault(metric => metric.Quantity == quantity);

    private bool Passes(Measurement one, DateTimeOffset at)
    {
        double deadband = Spec(one.Quantity)?.Deadband ?? 0;
        if (
            _sent.TryGetValue(one.Quantity, out (double Value, DateTimeOffset At) sent)
            && Math.Abs(one.Value - sent.Value) < deadband
            // Either way: a clock that was set back must not silence it.
            && (at - sent.At).Duration() < LongestSilence
        )
            return false;
        _sent[one.Quantity] = (one.Value, at);
        return true;
    }
}
