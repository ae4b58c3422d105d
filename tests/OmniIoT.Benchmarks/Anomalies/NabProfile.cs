namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>What a detection is worth, as the Numenta Anomaly Benchmark publishes it.</summary>
/// <param name="Detected">Most that a window earns, at its first reading.</param>
/// <param name="False">Most that a flag outside of all windows costs.</param>
/// <param name="Missed">What a window without a flag costs.</param>
internal sealed record NabProfile(string Name, double Detected, double False, double Missed)
{
    public static IReadOnlyList<NabProfile> All { get; } =
    [new("standard", 1, 0.11, 1), new("reward low FP", 1, 0.22, 1), new("reward low FN", 1, 0.11, 2)];
}
