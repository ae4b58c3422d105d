namespace OmniIoT.Edge.Hardware;

/// <summary>A value that swings around its mean, for a machine without sensors. Depends on nothing but the clock.</summary>
public sealed class SimulatedSensor(SensorSpec spec, TimeProvider time) : ISensor
{
    public string Metric { get; } = spec.Metric;

    public string Unit => "1";

    public bool TryRead(out double value)
    {
        var turns = time.GetUtcNow().ToUnixTimeMilliseconds() / spec.Period.TotalMilliseconds;
        value = spec.Mean + (spec.Amplitude * Math.Sin(2 * Math.PI * (turns - Math.Floor(turns))));
        return true;
    }
}
