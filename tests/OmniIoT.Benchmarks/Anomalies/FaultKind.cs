namespace OmniIoT.Benchmarks.Anomalies;

internal enum FaultKind
{
    None,
    Spike,
    LevelShift,
    MissingPeak,
    MoreNoise,
    SlowDrift,
    Dip,
    ExtraPeak,
    FlatLine,
    ChangedSeason,
    LessNoise,
    Gap,
    StrangeTransition,
}
