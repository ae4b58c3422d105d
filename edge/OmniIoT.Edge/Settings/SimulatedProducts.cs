using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge.Settings;

/// <summary>Products that the agent can play on a machine without sensors: by the id of their model, a course for every metric.</summary>
internal static class SimulatedProducts
{
    private static readonly Dictionary<string, (string Metric, Waveform Wave)[]> All = new(StringComparer.Ordinal)
    {
        ["cold-storage-c4"] = [("temperature", Sine(2, 6, 900)), ("humidity", Sine(60, 80, 1800)), ("compressor", Steps(40, 180, 600))],
        ["edge-a1"] = [("temperature", Sine(18, 24, 3600)), ("humidity", Sine(40, 55, 3600))],
        ["espresso-e1"] = [("boiler", Sine(90, 96, 120)), ("pressure", Steps(1, 9, 60)), ("cups", Waveform.Constant(100))],
        ["press-p7"] = [("temperature", Sine(40, 60, 1800)), ("force", Steps(20, 180, 20)), ("cycles", Waveform.Constant(1000))],
        ["washer-w2"] = [("temperature", Sine(30, 60, 1800)), ("vibration", Noise(1, 4)), ("hours", Waveform.Constant(100))],
    };

    /// <summary>Their names, for who must choose one.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>A simulated sensor for each of its metrics; null for a product that there is not.</summary>
    public static IReadOnlyList<SensorSpec>? Find(string product, TimeSpan every) =>
        All.TryGetValue(product, out (string Metric, Waveform Wave)[]? metrics)
            ?
            [
                .. metrics.Select(metric => new SensorSpec
                {
                    Id = metric.Metric,
                    Type = "simulated",
                    Every = every,
                    Metrics = [new MetricSpec(metric.Metric, metric.Metric)],
                    Wave = metric.Wave,
                }),
            ]
            : null;

    private static Waveform Sine(double low, double high, int seconds) => Wave(WaveShape.Sine, low, high, seconds);

    private static Waveform Steps(double low, double high, int seconds) => Wave(WaveShape.Steps, low, high, seconds);

    private static Waveform Noise(double low, double high) => Wave(WaveShape.Noise, low, high, 60);

    private static Waveform Wave(WaveShape shape, double low, double high, int seconds) =>
        new()
        {
            Shape = shape,
            Low = low,
            High = high,
            Period = TimeSpan.FromSeconds(seconds),
        };
}
