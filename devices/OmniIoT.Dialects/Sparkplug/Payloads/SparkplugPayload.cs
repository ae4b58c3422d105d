namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>A payload as it travels (Sparkplug 3.0, section 6.4.4), already inflated when it was compressed.</summary>
public sealed record SparkplugPayload
{
    /// <summary>Milliseconds since 1970; null when the sender did not say.</summary>
    public ulong? Timestamp { get; init; }

    /// <summary>0 to 255. Null when it is not there, as in every NDEATH, and where an encoder leaves zeros out.</summary>
    public ulong? Sequence { get; init; }

    public IReadOnlyList<SparkplugMetric> Metrics { get; init; } = [];

    /// <summary>What the number of births and deaths of a session is called among a node's metrics.</summary>
    public const string BirthDeathSequenceName = "bdSeq";

    /// <summary>The number that ties an NDEATH to its NBIRTH; null when there is none.</summary>
    public ulong? BirthDeathSequence => Metrics.FirstOrDefault(metric => metric.Name == BirthDeathSequenceName)?.Value.Bits;
}
