namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>A metric as it travels (Sparkplug 3.0, section 6.4.6); data may leave out what the birth said.</summary>
public sealed record SparkplugMetric
{
    /// <summary>Null when the alias stands for it.</summary>
    public string? Name { get; init; }

    public ulong? Alias { get; init; }

    /// <summary>Milliseconds since 1970; null: the payload's.</summary>
    public ulong? Timestamp { get; init; }

    public MetricDataType DataType { get; init; }

    /// <summary>Measured while the node was away; not the newest value.</summary>
    public bool IsHistorical { get; init; }

    public bool IsNull { get; init; }

    public WireValue Value { get; init; }

    /// <summary>The engineering unit among its properties, if it has one.</summary>
    public string? Unit { get; init; }
}
