namespace OmniIoT.Devices.Models;

public enum MetricKind : byte
{
    Gauge,
    Counter,
}

/// <summary>What a rule may compare a metric with: decided by its definition, <c>Any</c> when that says nothing.</summary>
public enum MetricType : byte
{
    Any,
    Number,
    Text,
}

/// <summary>A metric of a model.</summary>
public sealed record MetricDefinition
{
    /// <summary>So many intervals without a value end what counts as "held continuously".</summary>
    public const int IntervalsInGap = 3;

    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);

    /// <summary>UCUM code such as <c>Cel</c> or <c>mm/s</c>; null when the model names none.</summary>
    public string? Unit { get; init; }

    public MetricKind Kind { get; init; } = MetricKind.Gauge;

    /// <summary>The texts that the metric takes; empty when the model names none.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>How often the device is expected to report it.</summary>
    public TimeSpan Interval { get; init; } = DefaultInterval;

    /// <summary>Text with declared values, number with a unit or a kind, otherwise any.</summary>
    public MetricType Type { get; init; }
}
