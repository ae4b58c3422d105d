namespace OmniIoT.Devices.Anomalies;

/// <summary>Why a reading is unusual, in the words that people are told.</summary>
public enum AnomalyReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Higher than it used to be.</summary>
    Higher,

    /// <summary>Lower than it used to be.</summary>
    Lower,

    /// <summary>It leapt from one reading to the next.</summary>
    Step,

    /// <summary>The level has moved.</summary>
    LevelMoved,

    /// <summary>It varies more than it used to.</summary>
    MoreNoise,

    /// <summary>It varies less than it used to.</summary>
    LessNoise,

    /// <summary>High for this hour, as a peak that does not belong here is.</summary>
    ExtraPeak,

    /// <summary>Low for this hour, as where a peak is missing.</summary>
    MissingPeak,

    /// <summary>It has drifted away slowly.</summary>
    Drift,

    /// <summary>It does not move any more.</summary>
    FlatLine,

    /// <summary>A change of level that is seldom seen.</summary>
    RareTransition,
}
