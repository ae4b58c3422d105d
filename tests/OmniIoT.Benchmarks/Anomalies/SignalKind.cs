namespace OmniIoT.Benchmarks.Anomalies;

internal enum SignalKind
{
    /// <summary>Drifts about a mean, warmer by day.</summary>
    Temperature,

    /// <summary>Low, with bursts that come every now and then.</summary>
    Utilisation,

    /// <summary>Counts of a day and of a week, with chance in them.</summary>
    Visits,

    /// <summary>On by day, off by night, hardly any noise.</summary>
    Shift,

    /// <summary>Heavy tails: most are small, a few are many times larger.</summary>
    Traffic,

    /// <summary>Rises and falls in cycles of its own, which are no day.</summary>
    Compressor,

    /// <summary>One of a few levels, changing by chance.</summary>
    States,

    /// <summary>Smooth, and never again where it was.</summary>
    Wander,
}
