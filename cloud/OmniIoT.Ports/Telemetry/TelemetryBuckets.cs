using System.Collections.ObjectModel;

namespace OmniIoT.Ports.Telemetry;

/// <summary>Buckets, oldest first.</summary>
public sealed class TelemetryBuckets(IList<TelemetryBucket> buckets) : ReadOnlyCollection<TelemetryBucket>(buckets)
{
    public static readonly TelemetryBuckets None = new([]);

    /// <summary>Buckets are left out whose readings are stored damaged.</summary>
    public bool IsIncomplete { get; init; }
}
