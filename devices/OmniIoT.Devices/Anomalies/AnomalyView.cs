namespace OmniIoT.Devices.Anomalies;

/// <summary>What a series is looked at for; each view has a tail of its own.</summary>
internal enum AnomalyView
{
    /// <summary>From one reading to the next.</summary>
    Step,
    Above,
    Below,

    /// <summary>The mean of the last few.</summary>
    MeanAbove,
    MeanBelow,

    /// <summary>A short mean beside a longer one.</summary>
    Shift,
    MoreNoise,
    LessNoise,
    HourOfDay,
    HoursOfDay,
    HourOfWeek,

    /// <summary>Running sum of what the hours of the day do not explain.</summary>
    Drift,
    FlatLine,
    Transition,
    Count,
}
