namespace OmniIoT.Devices.Rules.Windows;

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

    /// <summary>The delta of a counter: over its beginnings at zero.</summary>
    Increase,

    /// <summary>The rate of a counter.</summary>
    IncreaseRate,
}

/// <summary>What a window keeps; functions that need the same share one.</summary>
internal enum WindowContent : byte
{
    Counts,
    Sums,
    Spreads,
    Extremes,
    Ends,
}
